package org.skinspectra.model.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.cube.Msi;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.MemoryCheck;
import org.skinspectra.model.NetworkProfile;
import org.skinspectra.model.NetworkProfile.Pass;
import org.skinspectra.model.NetworkProfile.Share;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Weights;
import org.skinspectra.model.engine.TilePass.Slot;
import org.skinspectra.model.engine.TilePass.Source;
import org.tensorflow.DeviceSpec;

/** Measures where the time of one reconstruction on the CPU goes. */
final class NetworkProfiler {

  private final Weights weights;
  private final Architecture architecture;
  private final Precision precision;
  private final Msi msi;
  private final PaddedImage image;
  private final ProgressMonitor progress;

  private NetworkProfiler(
      Weights weights,
      Architecture architecture,
      Precision precision,
      Msi msi,
      ProgressMonitor progress) {
    this.weights = weights;
    this.architecture = architecture;
    this.precision = precision;
    this.msi = msi;
    this.progress = progress;
    image = PaddedImage.of(msi, NetworkGraph.sideMultiple(architecture));
  }

  static NetworkProfile profile(
      Weights weights,
      Architecture architecture,
      Precision precision,
      Msi msi,
      ProgressMonitor progress) {
    NetworkProfiler profiler = new NetworkProfiler(weights, architecture, precision, msi, progress);
    PassClock clock = new PassClock();
    List<Pass> passes;
    double seconds;
    int cores = Runtime.getRuntime().availableProcessors();
    try (TiledNetwork network = profiler.open(cores, clock)) {
      profiler.run(network);
      clock.reset();
      long start = System.nanoTime();
      profiler.run(network);
      seconds = (System.nanoTime() - start) * 1e-9;
      passes = profiler.passes(network, clock);
    }
    OperationTrace trace = new OperationTrace();
    // One at a time: TensorFlow refuses to trace two runs at once.
    try (TiledNetwork network = profiler.open(1, trace)) {
      profiler.run(network);
      trace.reset();
      profiler.run(network);
    }
    List<Share> shares = trace.shares();
    return new NetworkProfile(passes, shares, seconds, PeakProducts.measure(precision));
  }

  private TiledNetwork open(int threads, TileRun look) {
    DeviceSpec cpu = TensorFlowDevices.spec(DeviceSpec.DeviceType.CPU, 0);
    return TiledNetwork.open(weights, architecture, cpu, precision, Tiles.DEFAULT, threads, look);
  }

  private void run(TiledNetwork network) {
    try {
      network.prepare(image, MemoryCheck.OF_THIS_PROCESS).on(msi, progress);
    } catch (RuntimeException e) {
      throw TensorFlowDevices.explained(network.device(), e);
    }
  }

  private List<Pass> passes(TiledNetwork network, PassClock clock) {
    Map<String, Pass> byName = new LinkedHashMap<>();
    for (TilePass pass : network.passes()) {
      byName.merge(pass.label() + pass.level(), pass(pass, clock), Pass::plus);
    }
    return new ArrayList<>(byName.values());
  }

  private Pass pass(TilePass pass, PassClock clock) {
    double bytes = 0;
    for (Source source : pass.sources()) {
      bytes += bytes(source.slot(), source.slot().isImage());
    }
    bytes +=
        pass.target()
            .map(slot -> bytes(slot, false))
            .orElse((double) image.pixels() * architecture.outputs() * Float.BYTES);
    return new Pass(
        pass.label(),
        pass.level(),
        clock.tiles(pass),
        clock.seconds(pass),
        pass.products() * (image.pixels() >> 2 * pass.level()),
        bytes);
  }

  private double bytes(Slot slot, boolean alwaysFloat32) {
    int elementBytes = alwaysFloat32 ? Float.BYTES : precision.bytes();
    return (double) (image.pixels() >> 2 * slot.level()) * slot.channels() * elementBytes;
  }
}
