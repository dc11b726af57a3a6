package org.skinspectra.batch;

import java.util.List;
import java.util.function.BiConsumer;
import org.skinspectra.ProgressMonitor;

/** Where jobs are done: threads of this program, or other computers. */
public interface JobExecutor {

  /**
   * Does all jobs, several at a time and in any order.
   *
   * @param done is told of every job, by its place in the list, as soon as it is done; by one
   *     thread at a time
   * @throws org.skinspectra.CanceledException if the monitor asks to stop, once nothing runs any
   *     more
   */
  void run(List<BatchTask> tasks, BiConsumer<Integer, BatchResult> done, ProgressMonitor progress);
}
