package org.skinspectra.model.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Weights;
import org.skinspectra.model.engine.TilePass.Crop;
import org.skinspectra.model.engine.TilePass.Mixing;
import org.skinspectra.model.engine.TilePass.Slot;
import org.skinspectra.model.engine.TilePass.Source;
import org.tensorflow.DeviceSpec;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TType;

/**
 * A network on the CPU, pass by pass and tile by tile; see {@link TiledGraph}. Progress is that of
 * the tiles, and a cancel works within one tile.
 */
final class TiledNetwork implements ImageNetwork {

  private final Architecture architecture;
  private final Class<? extends TType> type;
  private final int elementBytes;
  private final Tiles tiles;
  private final TiledGraph graph;
  private final Session session;
  private final TileThreads threads;
  private final TileRun tileRun;
  private final String device;

  private TiledNetwork(
      TiledGraph graph,
      Weights weights,
      Architecture architecture,
      DeviceSpec spec,
      Precision precision,
      Tiles tiles,
      int threadCount,
      TileRun tileRun) {
    this.graph = graph;
    this.architecture = architecture;
    this.tiles = tiles;
    type = NetworkGraph.type(precision);
    elementBytes = precision.bytes();
    session = new Session(graph.graph(), TensorFlowDevices.sessionConfig());
    threads = new TileThreads(threadCount);
    this.tileRun = tileRun;
    try {
      graph.weights().assign(session, name -> FoldedWeights.values(weights, name));
      device = provenDevice(spec);
    } catch (RuntimeException e) {
      threads.close();
      session.close();
      throw e;
    }
  }

  static TiledNetwork open(
      Weights weights,
      Architecture architecture,
      DeviceSpec spec,
      Precision precision,
      Tiles tiles) {
    int cores = Runtime.getRuntime().availableProcessors();
    return open(weights, architecture, spec, precision, tiles, cores, TileRun.PLAIN);
  }

  /**
   * As {@link #open(Weights, Architecture, DeviceSpec, Precision, Tiles)}.
   *
   * @param threadCount tiles that are computed at once
   * @param tileRun looks on as they run
   */
  static TiledNetwork open(
      Weights weights,
      Architecture architecture,
      DeviceSpec spec,
      Precision precision,
      Tiles tiles,
      int threadCount,
      TileRun tileRun) {
    TiledGraph graph = TiledGraph.build(architecture, precision, spec);
    try {
      return new TiledNetwork(
          graph, weights, architecture, spec, precision, tiles, threadCount, tileRun);
    } catch (RuntimeException e) {
      graph.graph().close();
      throw e;
    }
  }

  @Override
  public String device() {
    return device;
  }

  /** What it does for an image, in order. */
  List<TilePass> passes() {
    return graph.passes();
  }

  @Override
  public Run prepare(PaddedImage image, MemoryCheck memory) {
    long forTiles = tiles.bytes(architecture) * threads.count();
    MapPlan plan =
        MapPlan.of(graph.passes(), image, elementBytes, memory.freeNativeBytes() - forTiles);
    memory.check(
        image.width(),
        image.height(),
        plan.memoryBytes() + forTiles,
        MemoryCheck.heapNeed(architecture.outputs(), (long) image.width() * image.height()));
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    plan.requireDisk(folder, image);
    return (msi, progress) -> run(msi, image, plan, folder, progress);
  }

  private float[][] run(
      Msi msi, PaddedImage image, MapPlan plan, Path folder, ProgressMonitor progress) {
    List<TilePass> passes = graph.passes();
    PassProgress done = new PassProgress(passes, image.pixels(), progress);
    TFloat32 pixels = image.toTensor(msi, architecture.inputs());
    try (TileMaps maps = new TileMaps(image, pixels, type, elementBytes, plan.onDisk(), folder)) {
      for (int i = 0; i < passes.size() - 1; i++) {
        TilePass pass = passes.get(i);
        Slot slot = pass.target().orElseThrow();
        Optional<GramSum> gram = run(pass, maps, maps.target(pass, slot), done);
        maps.finish(slot, gram);
        maps.keepOnly(MapPlan.neededAfter(passes, i));
      }
      // Not before they are needed: these planes are as large as a map of full resolution.
      PlanarTarget planes = new PlanarTarget(image.width(), image.height(), architecture.outputs());
      run(passes.get(passes.size() - 1), maps, planes, done);
      done.finishAll();
      return planes.planes();
    }
  }

  /** Computes all tiles of a pass; the Gram matrix of what it made, where that is needed. */
  private Optional<GramSum> run(
      TilePass pass, TileMaps maps, TileTarget target, PassProgress progress) {
    List<Window> windows = tiles.of(maps.height(pass.level()), maps.width(pass.level()));
    Optional<GramSum> gram =
        pass.gram().map(g -> new GramSum(pass.target().orElseThrow().channels(), windows.size()));
    progress.within(pass, 0, windows.size());
    try (TFloat32 mixing = mixing(pass, maps)) {
      threads.forEach(
          windows.size(),
          tile -> runTile(pass, tile, windows.get(tile), maps, mixing, target, gram),
          count -> progress.within(pass, count, windows.size()));
    }
    progress.finish(pass);
    return gram;
  }

  /** The matrix M of the pass, which its caller closes; null where it needs none. */
  private TFloat32 mixing(TilePass pass, TileMaps maps) {
    if (pass.mixing().isEmpty()) {
      return null;
    }
    Mixing mixing = pass.mixing().get();
    try (Feeds feeds = new Feeds(session)) {
      feeds.give(mixing.gram(), maps.gram(mixing.slot()).tensor());
      // Not closed as a whole: its one tensor lives on.
      return (TFloat32) feeds.runner().fetch(mixing.matrix()).run().get(0);
    }
  }

  private void runTile(
      TilePass pass,
      int tile,
      Window window,
      TileMaps maps,
      TFloat32 mixing,
      TileTarget target,
      Optional<GramSum> gram) {
    try (Feeds feeds = new Feeds(session)) {
      for (Source source : pass.sources()) {
        feeds.give(source.input(), maps.read(source, pass.level(), window));
      }
      for (Crop crop : pass.crops()) {
        Window outer = maps.grown(window, crop.from(), pass.level());
        give(feeds, crop, maps.grown(window, crop.to(), pass.level()), outer.y(), outer.x());
      }
      pass.mixing().ifPresent(m -> feeds.lend(m.input(), mixing));
      Session.Runner runner = feeds.runner().fetch(pass.output());
      pass.gram().ifPresent(runner::fetch);
      try (var result = tileRun.of(pass, runner)) {
        target.write(window, (TType) result.get(0));
        gram.ifPresent(sum -> sum.put(tile, (TFloat32) result.get(1)));
      }
    }
  }

  private static void give(Feeds feeds, Crop crop, Window kept, int top, int left) {
    feeds.give(crop.begin(), TInt32.vectorOf(0, kept.y() - top, kept.x() - left, 0));
    feeds.give(crop.size(), TInt32.vectorOf(-1, kept.height(), kept.width(), -1));
  }

  /** Runs the first pass on a tiny image and reads from the trace where it ran. */
  private String provenDevice(DeviceSpec spec) {
    TilePass first = graph.passes().get(0);
    int side = NetworkGraph.sideMultiple(architecture);
    try (Feeds feeds = new Feeds(session)) {
      feeds.give(
          first.sources().get(0).input(),
          TFloat32.tensorOf(Shape.of(1, side, side, architecture.inputs())));
      first.crops().forEach(crop -> give(feeds, crop, new Window(0, 0, side, side), 0, 0));
      return TensorFlowDevices.proven(spec, feeds.runner().fetch(first.output()));
    }
  }

  @Override
  public void close() {
    threads.close();
    session.close();
    graph.graph().close();
  }
}
