package org.skinspectra.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.measure.SpectralAngle;
import org.skinspectra.model.Architecture;
import org.skinspectra.model.Device;
import org.skinspectra.model.Models;
import org.skinspectra.model.NetworkReconstructor;
import org.skinspectra.model.Precision;
import org.skinspectra.model.Reconstruction;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.model.TensorFloat32;
import org.skinspectra.model.Weights;
import org.skinspectra.spectra.Wavelengths;

/** Whether a device gives what the CPU and the published models give. */
public final class ParityCheck {

  /** Of float32: other sums in another order. */
  static final double FLOAT32_LIMIT = 1e-5;

  /** Of TF32, whose products are of numbers of 10 bits. */
  static final double TF32_LIMIT = 1e-2;

  /** Of bfloat16, whose numbers have 7 bits; the same as for the golden vectors on the CPU. */
  static final double BFLOAT16_LIMIT = 0.03;

  private final ParityTask task;
  private final ProgressMonitor progress;

  private ParityCheck(ParityTask task, ProgressMonitor progress) {
    this.task = task;
    this.progress = progress;
  }

  /** Compares in this process. */
  public static List<Parity> measure(ParityTask task, ProgressMonitor progress) {
    ParityCheck check = new ParityCheck(task, progress);
    List<Parity> all = new ArrayList<>();
    for (String model : List.of(Models.DEFAULT, BenchmarkModel.CHALLENGE)) {
      all.add(check.againstCpu(model));
    }
    task.golden().ifPresent(folder -> all.addAll(check.againstGolden(folder)));
    return all;
  }

  private Parity againstCpu(String model) {
    Weights weights = BenchmarkModel.weights(model);
    Msi image = TestImages.square(task.side(), Architecture.infer(weights).inputs());
    SpectralCube cpu = reconstruct(weights, image, Device.CPU, Precision.FLOAT32).cube();
    Reconstruction result = reconstruct(weights, image, task.device(), task.precision());
    String subject = "%1$s, %2$dx%2$d".formatted(model, task.side());
    return parity(subject, "CPU float32", result, cpu);
  }

  private List<Parity> againstGolden(Path folder) {
    Map<Weights, List<GoldenFolder.Vectors>> byModel = new LinkedHashMap<>();
    for (GoldenFolder.Vectors vectors : GoldenFolder.read(folder)) {
      byModel.computeIfAbsent(vectors.weights(), weights -> new ArrayList<>()).add(vectors);
    }
    List<Parity> all = new ArrayList<>();
    byModel.forEach(
        (weights, vectors) -> {
          try (Reconstructor reconstructor = open(weights, task.device(), task.precision())) {
            vectors.forEach(each -> all.add(againstGolden(reconstructor, each)));
          }
        });
    return all;
  }

  private Parity againstGolden(Reconstructor reconstructor, GoldenFolder.Vectors vectors) {
    Reconstruction result = reconstructor.reconstruct(vectors.input(), progress);
    SpectralCube cube = result.cube();
    if (vectors.output().length != cube.bands()) {
      throw new SkinSpectraException(
          "%s holds an output of %d bands, but its model makes %d."
              .formatted(vectors.name(), vectors.output().length, cube.bands()));
    }
    SpectralCube golden =
        SpectralCube.ofPlanes(cube.width(), cube.height(), cube.wavelengths(), vectors.output());
    return parity(vectors.name(), "published model", result, golden);
  }

  private Reconstruction reconstruct(
      Weights weights, Msi image, Device device, Precision precision) {
    try (Reconstructor reconstructor = open(weights, device, precision)) {
      return reconstructor.reconstruct(image, progress);
    }
  }

  private static Reconstructor open(Weights weights, Device device, Precision precision) {
    Wavelengths wavelengths = BenchmarkModel.wavelengths(weights, Architecture.infer(weights));
    return NetworkReconstructor.open(weights, wavelengths, device, precision);
  }

  private static Parity parity(
      String subject, String against, Reconstruction result, SpectralCube truth) {
    SpectralCube cube = result.cube();
    double angle =
        SpectralAngle.measure(
                cube, truth, Mask.all(cube.width(), cube.height()), AngleDefinition.CLAMPED)
            .mean();
    return new Parity(
        subject,
        against,
        result.device(),
        relativeError(cube, truth),
        angle,
        limit(result.device(), result.precision()));
  }

  private static double limit(String device, Precision precision) {
    if (precision == Precision.BFLOAT16) {
      return BFLOAT16_LIMIT;
    }
    return TensorFloat32.isAllowed(device, precision, System.getenv(TensorFloat32.SWITCH))
        ? TF32_LIMIT
        : FLOAT32_LIMIT;
  }

  static double relativeError(SpectralCube result, SpectralCube truth) {
    double difference = 0;
    double norm = 0;
    for (int band = 0; band < truth.bands(); band++) {
      float[] a = result.plane(band);
      float[] b = truth.plane(band);
      for (int i = 0; i < b.length; i++) {
        difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        norm += (double) b[i] * b[i];
      }
    }
    return Math.sqrt(difference / norm);
  }
}
