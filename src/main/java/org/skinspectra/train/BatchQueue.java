package org.skinspectra.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.skinspectra.model.TrainingBatch;

/**
 * Prepares the crops of the coming steps on threads of its own while the network learns from the
 * present one. What is delivered does not depend on how many threads there are.
 */
final class BatchQueue implements AutoCloseable {

  private final CropSource source;
  private final int batch;
  private final int group;
  private final ExecutorService workers;
  private final int ahead;
  private final Deque<Future<Crop>> coming = new ArrayDeque<>();
  private long next;

  /**
   * @param first number of the first crop
   * @param batch crops in a step
   * @param group crops that the network takes at once; several groups make a batch
   */
  BatchQueue(CropSource source, long first, int batch, int group, int threads) {
    this.source = source;
    this.batch = batch;
    this.group = group;
    next = first;
    ahead = Math.max(2 * batch, 4 * threads);
    workers =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "crops");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** The groups of crops of the next step. */
  List<TrainingBatch> take() {
    while (coming.size() < batch + ahead) {
      long number = next++;
      coming.add(workers.submit(() -> source.crop(number)));
    }
    List<TrainingBatch> groups = new ArrayList<>();
    for (int done = 0; done < batch; done += group) {
      List<Crop> crops = new ArrayList<>();
      for (int i = 0; i < group; i++) {
        crops.add(await(coming.remove()));
      }
      groups.add(stacked(crops));
    }
    return groups;
  }

  private static Crop await(Future<Crop> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while crops were prepared.", e);
    }
  }

  static TrainingBatch stacked(List<Crop> crops) {
    int side = crops.get(0).side();
    float[] input = new float[crops.size() * crops.get(0).input().length];
    float[] truth = new float[crops.size() * crops.get(0).truth().length];
    float[] weight = new float[crops.size() * crops.get(0).weight().length];
    for (int i = 0; i < crops.size(); i++) {
      copy(crops.get(i).input(), input, i);
      copy(crops.get(i).truth(), truth, i);
      copy(crops.get(i).weight(), weight, i);
    }
    return new TrainingBatch(crops.size(), side, side, input, truth, weight);
  }

  private static void copy(float[] from, float[] to, int place) {
    System.arraycopy(from, 0, to, place * from.length, from.length);
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
