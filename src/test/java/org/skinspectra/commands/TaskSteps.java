package org.skinspectra.commands;

import java.util.function.BiConsumer;
import org.scijava.event.EventService;
import org.scijava.event.EventSubscriber;
import org.scijava.task.Task;
import org.scijava.task.event.TaskEvent;

/** Watches what commands say of their progress, on the thread that says it. */
final class TaskSteps {

  private TaskSteps() {}

  /**
   * Tells every event of a task that has begun a step. The watcher lives as long as the context.
   */
  static void onEach(CommandRunner fiji, BiConsumer<Task, String> watcher) {
    EventSubscriber<TaskEvent> subscriber =
        new EventSubscriber<>() {
          @Override
          public void onEvent(TaskEvent event) {
            String step = event.getTask().getStatusMessage();
            if (step != null && !event.getTask().isDone()) {
              watcher.accept(event.getTask(), step);
            }
          }

          @Override
          public Class<TaskEvent> getEventClass() {
            return TaskEvent.class;
          }
        };
    fiji.context().service(EventService.class).subscribe(subscriber);
    fiji.keep(subscriber);
  }
}
