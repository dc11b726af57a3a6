package org.skinspectra.spark;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.rdd.RDD;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.batch.BatchJob;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.BatchTask;
import org.skinspectra.batch.JobExecutor;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction0;
import scala.runtime.AbstractFunction1;
import scala.runtime.AbstractFunction2;
import scala.runtime.BoxedUnit;

/**
 * The executors of a Spark application. Every picture is a Spark job of one task, so that one that
 * no executor survives fails alone, and a lost executor costs the pictures it was at.
 */
final class SparkExecutors implements JobExecutor {

  private static final long POLL_MS = 50;
  private static final long CANCEL_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** Jobs that are known to Spark at a time, for each place that it has for one. */
  private static final int JOBS_PER_CORE = 4;

  private static final int LEAST_JOBS = 32;

  private final JavaSparkContext spark;
  private final String master;
  private final UnaryOperator<URI> locations;
  private final Broadcast<PictureTask> pictures;

  /**
   * @param master for messages
   * @param locations of the pictures for the executors, by those for the driver
   */
  SparkExecutors(
      JavaSparkContext spark, String master, PictureTask picture, UnaryOperator<URI> locations) {
    this.spark = spark;
    this.master = master;
    this.locations = locations;
    pictures = spark.broadcast(picture);
  }

  @Override
  public void run(
      List<BatchTask> tasks, BiConsumer<Integer, BatchResult> done, ProgressMonitor progress) {
    if (!tasks.isEmpty()) {
      new Run(tasks, done, progress).run();
    }
  }

  /** What runs on an executor. */
  private static final class RunPicture extends AbstractFunction1<Iterator<BatchTask>, BatchResult>
      implements Serializable {

    private static final long serialVersionUID = 1L;

    private final Broadcast<PictureTask> pictures;

    RunPicture(Broadcast<PictureTask> pictures) {
      this.pictures = pictures;
    }

    @Override
    public BatchResult apply(Iterator<BatchTask> tasks) {
      TaskContext context = TaskContext.get();
      try {
        return pictures.value().run(tasks.next(), context.attemptNumber(), context::isInterrupted);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private record Done(int index, BatchResult result) {}

  private final class Run {

    private final List<BatchTask> tasks;
    private final BiConsumer<Integer, BatchResult> done;
    private final ProgressMonitor progress;
    private final RDD<BatchTask> pieces;
    private final int most;
    private final BlockingQueue<Done> results = new LinkedBlockingQueue<>();
    private final Map<Integer, SimpleFutureAction<Boolean>> running = new HashMap<>();
    private int next;

    Run(List<BatchTask> tasks, BiConsumer<Integer, BatchResult> done, ProgressMonitor progress) {
      this.tasks = tasks;
      this.done = done;
      this.progress = progress;
      List<BatchTask> sent = tasks.stream().map(SparkExecutors.this::forExecutors).toList();
      pieces = spark.parallelize(sent, sent.size()).rdd();
      most = Math.max(LEAST_JOBS, JOBS_PER_CORE * spark.defaultParallelism());
    }

    void run() {
      boolean ended = false;
      try {
        while (next < tasks.size() || !running.isEmpty()) {
          while (running.size() < most && next < tasks.size()) {
            running.put(next, submit(next));
            next++;
          }
          pass(results.poll(POLL_MS, TimeUnit.MILLISECONDS));
          progress.checkCanceled("The batch");
          failures();
        }
        ended = true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CanceledException("The batch", "cubes that are done stay");
      } catch (IllegalStateException e) {
        throw gone(e);
      } finally {
        if (!ended) {
          cancel();
        }
      }
    }

    private SimpleFutureAction<Boolean> submit(int index) {
      Seq<Object> partition = CollectionConverters.asScala(List.<Object>of(index)).toSeq();
      return spark
          .sc()
          .submitJob(
              pieces,
              new RunPicture(pictures),
              partition,
              new AbstractFunction2<Object, BatchResult, BoxedUnit>() {
                @Override
                public BoxedUnit apply(Object unused, BatchResult result) {
                  results.add(new Done(index, result));
                  return BoxedUnit.UNIT;
                }
              },
              new AbstractFunction0<Boolean>() {
                @Override
                public Boolean apply() {
                  return true;
                }
              });
    }

    private void pass(Done one) {
      if (one != null && running.remove(one.index()) != null) {
        int finished = next - running.size();
        done.accept(one.index(), one.result());
        progress.report(
            "%d of %d done, %s".formatted(finished, tasks.size(), one.result().input()),
            Math.min(finished, tasks.size() - 1),
            tasks.size());
      }
    }

    /** Pictures that Spark has given up. */
    private void failures() {
      for (int index : List.copyOf(running.keySet())) {
        var ended = running.get(index).value();
        if (ended.isDefined() && ended.get().isFailure()) {
          Throwable reason = ended.get().failed().get();
          SparkContext context = spark.sc();
          progress.checkCanceled("The batch");
          if (context.isStopped()) {
            throw gone(reason);
          }
          BatchJob job = tasks.get(index).job();
          String words = String.valueOf(reason.getMessage()).lines().findFirst().orElse("");
          pass(new Done(index, BatchResult.failed(job, "Spark gave the picture up: " + words)));
        }
      }
    }

    private SkinSpectraException gone(Throwable e) {
      progress.checkCanceled("The batch");
      return new SkinSpectraException(
          "The Spark application on %s has ended before the batch: %s. The cubes that are done stay; look into Spark's own log, and run the batch again."
              .formatted(master, e.getMessage()),
          e);
    }

    /** Until no executor writes any more, or too long for that. */
    private void cancel() {
      List<SimpleFutureAction<Boolean>> left = new ArrayList<>(running.values());
      left.forEach(SimpleFutureAction::cancel);
      long start = System.nanoTime();
      while (!spark.sc().isStopped() && busy() && System.nanoTime() - start < CANCEL_NANOS) {
        try {
          TimeUnit.MILLISECONDS.sleep(POLL_MS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }

    private boolean busy() {
      for (var executor : spark.sc().statusTracker().getExecutorInfos()) {
        if (executor.numRunningTasks() > 0) {
          return true;
        }
      }
      return false;
    }
  }

  /** With the picture's location as the executors know it. */
  private BatchTask forExecutors(BatchTask task) {
    BatchJob job = task.job();
    return new BatchTask(
        new BatchJob(
            job.input(),
            locations.apply(job.location()),
            job.timePoint(),
            job.output(),
            job.named(),
            job.options()),
        task.earlier());
  }
}
