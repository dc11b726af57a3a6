package org.skinspectra.format;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.Msi;

/** A picture of which nobody said what its colours mean, so that only a grey one can be read. */
final class PictureSource implements CubeSource {

  private final Path file;
  private final Pictures.Header header;
  private float[] grey;

  PictureSource(Path file, Pictures.Header header) {
    this.file = file;
    this.header = header;
  }

  @Override
  public int width() {
    return header.width();
  }

  @Override
  public int height() {
    return header.height();
  }

  @Override
  public int bands() {
    return header.colour() ? 3 : 1;
  }

  @Override
  public List<String> bandNames() {
    return header.colour() ? Msi.CHANNEL_NAMES.subList(0, 3) : CubeSource.super.bandNames();
  }

  @Override
  public Optional<String> storage() {
    return Optional.of(
        (header.colour() ? "colours" : "grey") + (header.integers() ? "" : ", floating point"));
  }

  @Override
  public void readBands(int first, float[][] planes) throws IOException {
    if (header.colour()) {
      throw ColourFiles.encodingNeeded(file);
    }
    if (grey == null) {
      ImagePlus picture = Pictures.read(file);
      if (picture.getBitDepth() == 24 || picture.getStackSize() != 1) {
        throw new SkinSpectraIOException(file + " was replaced while it was read.");
      }
      grey = values(picture.getProcessor());
    }
    for (float[] plane : planes) {
      System.arraycopy(grey, 0, plane, 0, plane.length);
    }
  }

  private static float[] values(ImageProcessor picture) {
    double white = picture.getBitDepth() == 32 ? 1 : (1 << picture.getBitDepth()) - 1;
    float[] values = new float[picture.getPixelCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (picture.getf(i) / white);
    }
    return values;
  }
}
