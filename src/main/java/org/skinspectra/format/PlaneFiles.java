package org.skinspectra.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/** Maps of one value per pixel on disk. */
public final class PlaneFiles {

  private PlaneFiles() {}

  /**
   * Makes sure, before long work, that a map can be written.
   *
   * @throws org.skinspectra.SkinSpectraException if the name does not end in {@code .tif} or {@code
   *     .tiff}, or nothing can be written there
   */
  public static void requireWritable(Path file) {
    if (!file.toString().toLowerCase(Locale.ROOT).matches(".*\\.tiff?")) {
      throw new SkinSpectraIOException(
          "A map is written as a 32-bit TIFF; let " + file + " end in .tif.");
    }
    WholeFile.requireWritable(file);
  }

  /**
   * Writes a map as a 32-bit TIFF that ImageJ shows with its name and unit.
   *
   * @param plane values {@code [y][x]}; NaN where there is none
   * @param name what the values are, such as {@code spectral angle}
   * @param unit unit of the values, such as {@code rad}
   * @throws org.skinspectra.SkinSpectraException if the file cannot be written; nothing is left
   *     then
   */
  public static void write(
      float[] plane, int width, int height, String name, String unit, Path file) {
    if ((long) width * height != plane.length) {
      throw new IllegalArgumentException(
          "A map of " + width + "x" + height + " does not fit " + plane.length + " values.");
    }
    ImageJTiff.write(
        new PlanesInMemory(
            width,
            height,
            new float[][] {plane},
            Optional.empty(),
            List.of(name + " (" + unit + ")"),
            Map.of()),
        unit,
        file);
  }
}
