package org.skinspectra.commands;

import org.scijava.task.Task;
import org.scijava.task.TaskService;
import org.skinspectra.ProgressMonitor;

/**
 * Progress and cancelling by a SciJava task, which ImageJ's task bar shows until this is closed.
 */
final class TaskProgress implements ProgressMonitor, AutoCloseable {

  private final Task task;

  TaskProgress(TaskService tasks, String name) {
    task = tasks.createTask(name);
    task.start();
  }

  @Override
  public void report(String step, long done, long total) {
    task.setStatusMessage(step);
    task.setProgressMaximum(total);
    task.setProgressValue(done);
  }

  @Override
  public boolean isCanceled() {
    return task.isCanceled();
  }

  @Override
  public void close() {
    task.finish();
  }
}
