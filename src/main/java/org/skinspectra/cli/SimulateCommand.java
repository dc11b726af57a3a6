package org.skinspectra.cli;

import ij.process.ByteProcessor;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.cube.Mask;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.report.Png;
import org.skinspectra.skin.InstrumentArtefacts;
import org.skinspectra.skin.Scene;
import org.skinspectra.skin.SceneRenderer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code simulate}: a rendered portrait with its ground truth, to try things on. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = {
      "Renders a portrait from the optics of skin.",
      "Writes the multispectral image that a canonical camera would deliver (45 dB), the true "
          + "cube (400 to 1000 nm) and the mask of the skin."
    })
final class SimulateCommand implements Callable<Integer> {

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Folder for msi.tif, truth.hdr with truth.img, and mask.png.")
  private Path folder;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "The person and the noise (default: ${DEFAULT-VALUE}).")
  private long seed = 10;

  @Option(
      names = "--size",
      paramLabel = "N",
      description = "Side in pixels, 32 to 4096 (default: ${DEFAULT-VALUE}).")
  private int size = 128;

  @Option(
      names = "--artefacts",
      description =
          "With the column stripes, offsets below 430 nm and zig-zag in the near infrared of a"
              + " push-broom instrument, in truth and image.")
  private boolean artefacts;

  @Mixin private ReportOptions report;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (size < SceneRenderer.MIN_SIDE || size > SceneRenderer.MAX_SIDE) {
      throw new ParameterException(
          spec.commandLine(),
          "--size is %d to %d pixels, it cannot be %d."
              .formatted(SceneRenderer.MIN_SIDE, SceneRenderer.MAX_SIDE, size));
    }
    Scene ideal = SceneRenderer.render(seed, size, size);
    Scene scene = artefacts ? ideal.with(InstrumentArtefacts.typical(), seed) : ideal;
    TestImage image = TestImage.in(folder);
    CubeFiles.write(scene.msi(), image.msi());
    CubeFiles.write(scene.truth(), image.truth());
    Png.write(image.mask(), bytes(scene.skin()));
    report.out().println(image.msi() + ", " + image.truth() + " (with truth.img), " + image.mask());
    report.finish(
        Map.of("seed", seed, "size", size, "artefacts", artefacts, "output", folder.toString()));
    return 0;
  }

  private static ByteProcessor bytes(Mask mask) {
    ByteProcessor bytes = new ByteProcessor(mask.width(), mask.height());
    for (int i = 0; i < mask.weights().length; i++) {
      bytes.set(i, Math.round(255 * mask.weights()[i]));
    }
    return bytes;
  }
}
