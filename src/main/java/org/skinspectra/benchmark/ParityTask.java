package org.skinspectra.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skinspectra.benchmark.ReconstructionTask.Tf32;
import org.skinspectra.model.Device;
import org.skinspectra.model.Precision;

/**
 * Results of a device to be held against those of the CPU in float32, and against golden vectors.
 *
 * @param golden folder of vectors of the published models, where there is one; see {@link
 *     GoldenFolder}
 * @param side of the image for the CPU, pixels
 */
public record ParityTask(
    Device device, Precision precision, Tf32 tf32, int side, Optional<Path> golden) {

  public ParityTask {
    ReconstructionTask.requireSide(side);
  }

  /** Arguments of the verb {@code measure} that does this. */
  public List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    arguments.add("parity");
    arguments.add("--device=" + device.name().toLowerCase(Locale.ROOT));
    arguments.add("--precision=" + precision.key());
    arguments.add("--side=" + side);
    golden.ifPresent(folder -> arguments.add("--golden=" + folder.toAbsolutePath()));
    return arguments;
  }
}
