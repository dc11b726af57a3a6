package org.skinspectra.cli;

import java.nio.file.Path;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.format.ReadOptions;
import picocli.CommandLine.Option;

/** What a picture of red, green and blue means, and where its image of 960 nm is. */
final class ColourOptions {

  @Option(
      names = "--nir",
      paramLabel = "FILE",
      description =
          "Image of 960 nm beside a picture of red, green and blue: grey, of the same size, linear,"
              + " white 255, 65535 or 1.0.")
  private Path infrared;

  @Option(
      names = "--encoding",
      paramLabel = "linear|srgb",
      description = {
        "What red, green and blue are; PNG, JPEG, BMP and colour TIFF need it.",
        "linear: reflectance of the canonical channels times 255 or 65535 (values of 32 bits: as"
            + " they are); srgb: a photograph to look at, whose gamma and colours are undone."
      })
  private ColourEncoding encoding;

  ReadOptions in(ReadOptions options) {
    return options.withEncoding(encoding).withInfrared(infrared);
  }

  boolean hasInfrared() {
    return infrared != null;
  }

  /** What was said, behind the name of the file; empty where nothing was. */
  String description() {
    return (encoding == null ? "" : " (" + encoding.key() + ")")
        + (infrared == null ? "" : ", 960 nm of " + infrared.getFileName());
  }
}
