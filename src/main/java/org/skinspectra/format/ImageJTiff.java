package org.skinspectra.format;

import ij.Prefs;
import ij.VirtualStack;
import ij.io.FileInfo;
import ij.io.TiffEncoder;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.DisplayRange;

/** Writes 32-bit TIFF stacks as ImageJ itself writes them, plane by plane. */
final class ImageJTiff {

  private static final long LONGEST = 0xffffffffL;
  private static final long METADATA_BYTES = 1 << 20;

  /** Bands looked at to find a display range. */
  private static final int SAMPLED_BANDS = 5;

  private ImageJTiff() {}

  /**
   * Writes all planes with their names as slice labels.
   *
   * @param valueUnit unit of the pixel values, or null
   */
  static void write(CubeSource source, String valueUnit, Path target) {
    int bands = source.bands();
    double bytes = (double) source.width() * source.height() * bands * Float.BYTES;
    if (bytes + METADATA_BYTES > LONGEST) {
      throw new SkinSpectraIOException(
          "Cannot write %s: %dx%d pixels in %d bands need more than the 4 GB of a TIFF. Write OME-TIFF (.ome.tif) or ENVI (.hdr) instead."
              .formatted(target, source.width(), source.height(), bands));
    }
    WholeFile.write(target, temporary -> writeTo(temporary, source, valueUnit));
  }

  private static void writeTo(Path file, CubeSource source, String valueUnit) throws IOException {
    FileInfo info = new FileInfo();
    info.fileType = FileInfo.GRAY32_FLOAT;
    info.width = source.width();
    info.height = source.height();
    info.nImages = source.bands();
    info.sliceLabels = source.bandNames().toArray(String[]::new);
    info.description = description(source, valueUnit);
    info.info = ImageJInfo.text(source);
    if (source.bands() == 1) {
      info.pixels = sampled(source, 0);
    } else {
      info.virtualStack = new Planes(source);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      encoder(info).write(out);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /**
   * An encoder that writes little-endian. It can be told so by a preference only, which it reads
   * when it is made; the user's own would make equal images differ in their bytes.
   */
  private static synchronized TiffEncoder encoder(FileInfo info) {
    boolean preferred = Prefs.intelByteOrder;
    Prefs.intelByteOrder = true;
    try {
      return new TiffEncoder(info);
    } finally {
      Prefs.intelByteOrder = preferred;
    }
  }

  /** What ImageJ's FileSaver says of a stack of channels. */
  private static String description(CubeSource source, String valueUnit) throws IOException {
    int bands = source.bands();
    StringBuilder text = new StringBuilder("ImageJ=1.54p\n");
    if (bands > 1) {
      // Without 'hyperstack=true': ImageJ would show the first bands in red, green, blue and so on.
      text.append("images=%d\nchannels=%d\n".formatted(bands, bands));
    }
    if (valueUnit != null) {
      text.append("vunit=").append(valueUnit).append('\n');
    }
    if (bands > 1) {
      text.append("loop=false\n");
    }
    DisplayRange range = DisplayRange.of(sample(source));
    return text.append("min=%s\nmax=%s\n".formatted(range.min(), range.max())).toString();
  }

  private static float[][] sample(CubeSource source) throws IOException {
    int count = Math.min(SAMPLED_BANDS, source.bands());
    float[][] planes = new float[count][];
    for (int i = 0; i < count; i++) {
      planes[i] = sampled(source, (int) ((long) i * (source.bands() - 1) / Math.max(1, count - 1)));
    }
    return planes;
  }

  private static float[] sampled(CubeSource source, int band) throws IOException {
    float[][] plane = new float[1][source.width() * source.height()];
    source.readBands(band, plane);
    return plane[0];
  }

  /** Gives the encoder one plane after the other. */
  private static final class Planes extends VirtualStack {

    private final CubeSource source;
    private final BandReader reader;

    Planes(CubeSource source) {
      super(source.width(), source.height());
      this.source = source;
      this.reader = new BandReader(source);
    }

    @Override
    public int getSize() {
      return source.bands();
    }

    @Override
    public ImageProcessor getProcessor(int slice) {
      try {
        return new FloatProcessor(source.width(), source.height(), reader.plane(slice - 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
