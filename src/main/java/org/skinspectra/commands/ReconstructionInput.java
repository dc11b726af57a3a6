package org.skinspectra.commands;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.ChannelSaturation;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.cube.ColourImages;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Msi;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.model.Reconstructor;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.SessionImages;

/**
 * What is to be reconstructed, copied, so that a user may change or close an image meanwhile.
 *
 * @param name short, for a title
 * @param description what it is, for the cube's provenance
 * @param msi the pixels
 * @param saturation of the channels of an 8- or 16-bit image; none for files, whose reflectance has
 *     no end
 * @param decorations calibration, overlay, ROI and Info of the image; empty for files
 */
record ReconstructionInput(
    String name,
    String description,
    Msi msi,
    List<ChannelSaturation> saturation,
    Optional<ImagePlus> decorations) {

  /** An open image. */
  static ReconstructionInput of(
      ImagePlus image, Optional<ImagePlus> infrared, ColourEncoding encoding) {
    Msi msi = ColourImages.toMsi(image, infrared, encoding);
    ImagePlus decorations =
        new ImagePlus("", new ByteProcessor(image.getWidth(), image.getHeight()));
    CubeImages.copyDecorations(image, decorations);
    String description =
        "image '%s' (%s)%s"
            .formatted(
                image.getTitle(),
                encoding.key(),
                infrared.map(i -> ", 960 nm of '" + i.getTitle() + "'").orElse(""));
    return new ReconstructionInput(
        image.getTitle(),
        description,
        msi,
        ChannelSaturation.of(image, infrared),
        Optional.of(decorations));
  }

  /**
   * A picture of a session, or an image in any format that is read, some of which are folders.
   *
   * @param timePoint of a session's picture, -1 for the last
   */
  static ReconstructionInput of(Path path, int timePoint, ProgressMonitor progress) {
    String name = String.valueOf(path.getFileName());
    if (!Files.isDirectory(path)
        || !CaptureSession.remainsIn(path) && CubeFiles.isImageFolder(path)) {
      return new ReconstructionInput(
          name, name, CubeFiles.readMsi(path), List.of(), Optional.empty());
    }
    SessionImages pictures = SessionImages.of(CaptureSession.open(path));
    List<Integer> times = pictures.timePoints();
    if (times.isEmpty()) {
      throw new SkinSpectraException("The session %s has no pictures yet.".formatted(path));
    }
    int time = timePoint < 0 ? times.get(times.size() - 1) : timePoint;
    return new ReconstructionInput(
        "%s t%03d".formatted(name, time),
        pictures.origin(time),
        pictures.msi(time, progress),
        List.of(),
        Optional.empty());
  }

  /**
   * Makes sure that a model has the channels it needs.
   *
   * @throws SkinSpectraException if it has not, saying where 960 nm could come from
   */
  void requireChannels(Reconstructor reconstructor) {
    if (msi.channels() < reconstructor.inputChannels()) {
      throw new SkinSpectraException(
          "%s has %d channels %s, but the model %s needs %d. Give the image of 960 nm too, or a stack that holds it."
              .formatted(
                  name,
                  msi.channels(),
                  msi.channelNames(),
                  reconstructor.model().name(),
                  reconstructor.inputChannels()));
    }
  }

  /** What the user should know of pixels that cannot be right, a line each. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    int negative = negativePixels();
    if (negative > 0) {
      warnings.add(
          "%d of %d pixels of '%s' are below zero in some channel, which no reflectance is; check the dark reference."
              .formatted(negative, msi.width() * msi.height(), name));
    }
    List<ChannelSaturation> full = saturation.stream().filter(c -> c.saturated() > 0).toList();
    if (!full.isEmpty()) {
      warnings.add(
          "'%s' is saturated, and its spectra are wrong there (%s). Expose shorter."
              .formatted(
                  name,
                  full.stream()
                      .map(ChannelSaturation::toString)
                      .collect(Collectors.joining("; "))));
    }
    return warnings;
  }

  /** How many pixels are below zero in some channel, which no reflectance is. */
  int negativePixels() {
    float[] values = msi.pixels();
    int negative = 0;
    for (int pixel = 0; pixel < msi.width() * msi.height(); pixel++) {
      boolean below = false;
      for (int i = pixel * msi.channels(); i < (pixel + 1) * msi.channels(); i++) {
        below |= values[i] < 0;
      }
      negative += below ? 1 : 0;
    }
    return negative;
  }

  /** Gives a cube what the user had set on the image. */
  void decorate(ImagePlus cube) {
    decorations.ifPresent(from -> CubeImages.copyDecorations(from, cube));
  }
}
