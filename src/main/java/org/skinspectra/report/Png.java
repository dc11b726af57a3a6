package org.skinspectra.report;

import ij.process.ImageProcessor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;

/** Images as PNG files, written whole or not at all. */
public final class Png {

  private Png() {}

  /**
   * Writes an image as people see it.
   *
   * @throws SkinSpectraIOException if the file cannot be written
   */
  public static void write(Path file, ImageProcessor image) {
    write(file, image.getBufferedImage());
  }

  static void write(Path file, BufferedImage image) {
    WholeFile.write(
        file,
        temporary -> {
          try (OutputStream out = Files.newOutputStream(temporary)) {
            if (!ImageIO.write(image, "png", out)) {
              throw new IOException("this Java has no PNG writer");
            }
          }
        });
  }
}
