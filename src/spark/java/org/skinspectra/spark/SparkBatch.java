package org.skinspectra.spark;

import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.batch.BatchCluster;
import org.skinspectra.batch.BatchManifest;
import org.skinspectra.batch.BatchResult;
import org.skinspectra.batch.ReconstructionBatch;
import org.skinspectra.format.FileErrors;
import scala.util.Properties;

/**
 * Batches on Apache Spark. The driver looks for pictures, keeps the list of what was done, and gets
 * a small row of each picture; pixels move between the files and the executors only.
 */
public final class SparkBatch implements BatchCluster {

  private static final Pattern REMOTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");
  private static final String FILE = "file:";
  private static final String LOCK = ".batch.lock";
  private static final long STORE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Of the driver's environment, what makes the network fast and quiet. */
  private static final List<String> ENVIRONMENT =
      List.of("TF_CPP_MIN_LOG_LEVEL", "GLIBC_TUNABLES", "LC_ALL");

  /** Settings that a batch has unless they are given. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.app.name", "Skin Spectra batch",
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          "spark.task.maxFailures", "8");

  @Override
  public List<BatchResult> run(
      Work work, Consumer<BatchResult> listener, ProgressMonitor progress) {
    requireOpenModules();
    ClusterModel model = ClusterModel.of(work.options());
    boolean local = work.inputs().stream().allMatch(SparkBatch::isLocal) && isLocal(work.out());
    if (local) {
      // Before a cluster is started for nothing.
      ReconstructionBatch.of(
              work.inputs().stream().map(SparkBatch::path).toList(),
              path(work.out()),
              work.options())
          .check(false);
    }
    try (JavaSparkContext spark = open(work)) {
      HadoopFiles files = new HadoopFiles(spark.hadoopConfiguration());
      return local
          ? runLocal(work, spark, files, model, listener, progress)
          : runRemote(work, spark, files, model, listener, progress);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "The files of the batch cannot be read or written: %s.".formatted(FileErrors.reason(e)),
          e);
    }
  }

  private static boolean isLocal(String path) {
    return path.startsWith(FILE) || !REMOTE.matcher(path).matches();
  }

  private static Path path(String text) {
    return (text.startsWith(FILE) ? Path.of(URI.create(text).getPath()) : Path.of(text))
        .toAbsolutePath()
        .normalize();
  }

  private static URI uri(String text) {
    return isLocal(text)
        ? path(text).toUri()
        : new org.apache.hadoop.fs.Path(text).toUri().normalize();
  }

  // -- Spark --

  /** Spark fails with what nobody understands where Java keeps its own packages closed. */
  private static void requireOpenModules() {
    try {
      java.nio.ByteBuffer.allocateDirect(1)
          .getClass()
          .getDeclaredMethod("cleaner")
          .setAccessible(true);
    } catch (InaccessibleObjectException e) {
      throw new SkinSpectraException(
          "Java must open some of its packages to Spark: start it with @src/spark/java.options, as scripts/skin-spectra does with SKIN_SPECTRA_SPARK=1.",
          e);
    } catch (NoSuchMethodException e) {
      // Another Java than those that Spark knows; it will say so itself.
      return;
    }
  }

  private static JavaSparkContext open(Work work) {
    SparkConf settings = new SparkConf().setMaster(work.master());
    DEFAULTS.forEach(settings::setIfMissing);
    // Executors find our classes and libraries where this computer has them, as on a shared folder.
    settings.setIfMissing("spark.executor.extraClassPath", classPath());
    if (work.master().startsWith("local-cluster")) {
      // A worker on this computer looks for it in folders that only Spark's own source has.
      settings.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", scalaVersion());
    }
    ENVIRONMENT.stream()
        .filter(name -> System.getenv(name) != null)
        .forEach(name -> settings.setIfMissing("spark.executorEnv." + name, System.getenv(name)));
    work.settings().forEach(settings::set);
    // What is sent are our own records, which other serializers do not know.
    settings.set("spark.serializer", "org.apache.spark.serializer.JavaSerializer");
    try {
      return new JavaSparkContext(settings);
    } catch (Exception e) {
      // Spark throws checked ones without saying so.
      throw new SkinSpectraException(
          "Spark cannot be used on '%s': %s. A master is local[N], spark://HOST:PORT, yarn or k8s://..."
              .formatted(work.master(), e.getMessage()),
          e);
    }
  }

  /** Such as 2.13. */
  private static String scalaVersion() {
    return Properties.versionNumberString().replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static String classPath() {
    String separator = System.getProperty("path.separator");
    return Pattern.compile(Pattern.quote(separator))
        .splitAsStream(System.getProperty("java.class.path"))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(separator));
  }

  // -- Files that the driver has too --

  private static List<BatchResult> runLocal(
      Work work,
      JavaSparkContext spark,
      HadoopFiles files,
      ClusterModel model,
      Consumer<BatchResult> listener,
      ProgressMonitor progress) {
    Path out = path(work.out());
    List<Path> inputs = work.inputs().stream().map(SparkBatch::path).toList();
    PictureTask picture = new PictureTask(files, out.toUri(), model);
    return ReconstructionBatch.of(inputs, out, work.options())
        .withListener(listener)
        .run(new SparkExecutors(spark, work.master(), picture, UnaryOperator.identity()), progress);
  }

  // -- Files that only the cluster has --

  private static List<BatchResult> runRemote(
      Work work,
      JavaSparkContext spark,
      HadoopFiles files,
      ClusterModel model,
      Consumer<BatchResult> listener,
      ProgressMonitor progress)
      throws IOException {
    URI out = uri(work.out());
    Path folder = Files.createTempDirectory("skin-spectra-batch-");
    try {
      RemoteTree tree = new RemoteTree(files, folder.resolve("in"), out);
      List<Path> inputs = new ArrayList<>();
      for (String input : work.inputs()) {
        inputs.add(tree.add(uri(input)));
      }
      PictureTask picture = new PictureTask(files, out, model);
      SparkExecutors executors = new SparkExecutors(spark, work.master(), picture, tree::remote);
      try (RemoteManifest manifest = RemoteManifest.open(files, out, folder.resolve("out"))) {
        return ReconstructionBatch.of(inputs, folder.resolve("out"), work.options())
            .withListener(
                result -> {
                  manifest.storeSometimes();
                  listener.accept(result);
                })
            .run(executors, progress);
      }
    } finally {
      PictureFiles.deleteAll(folder);
    }
  }

  /** The manifest beside the cubes, of which the driver has a copy that it adds to. */
  private static final class RemoteManifest implements AutoCloseable {

    private final HadoopFiles files;
    private final URI out;
    private final Path copy;
    private long stored = System.nanoTime();

    private RemoteManifest(HadoopFiles files, URI out, Path copy) {
      this.files = files;
      this.out = out;
      this.copy = copy;
    }

    static RemoteManifest open(HadoopFiles files, URI out, Path folder) throws IOException {
      URI lock = HadoopFiles.below(out, LOCK);
      if (!files.make(lock)) {
        throw new SkinSpectraException(
            "Another batch writes to %s at this moment; wait until it has ended, or choose another folder. If its driver has failed, remove %s."
                .formatted(out, lock));
      }
      RemoteManifest manifest = new RemoteManifest(files, out, folder.resolve(BatchManifest.FILE));
      URI there = HadoopFiles.below(out, BatchManifest.FILE);
      Files.createDirectories(folder);
      if (files.exists(there)) {
        files.fetch(there, manifest.copy);
      }
      return manifest;
    }

    void storeSometimes() {
      if (System.nanoTime() - stored > STORE_NANOS) {
        store();
        stored = System.nanoTime();
      }
    }

    private void store() {
      try {
        if (Files.exists(copy)) {
          files.replace(copy, HadoopFiles.below(out, BatchManifest.FILE));
        }
      } catch (IOException e) {
        throw new SkinSpectraIOException(
            "The list of the batch cannot be stored in %s: %s. The cubes that are done stay, and are found by the next run."
                .formatted(out, FileErrors.reason(e)),
            e);
      }
    }

    @Override
    public void close() throws IOException {
      try {
        store();
      } finally {
        files.delete(HadoopFiles.below(out, LOCK));
      }
    }
  }
}
