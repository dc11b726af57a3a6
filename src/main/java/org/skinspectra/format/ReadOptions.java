package org.skinspectra.format;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a user says about a file that it does not say itself.
 *
 * @param variable which variable to read from a file that holds several
 * @param wavelengths the wavelengths of the bands, in place of those the file states
 * @param image which image to read from a file that holds several, from 1 in the order of the file.
 *     Channels are the bands of one image; series, positions, time points and focal planes are
 *     images of their own.
 * @param encoding what red, green and blue mean; pictures of whole numbers need it, others are
 *     linear without it
 * @param infrared the image of 960 nm of a picture that has red, green and blue only
 */
public record ReadOptions(
    Optional<String> variable,
    Optional<Wavelengths> wavelengths,
    OptionalInt image,
    Optional<ColourEncoding> encoding,
    Optional<Path> infrared) {

  private static final int MOST_NAMED = 10;

  /** Nothing said: the file decides. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());

  public ReadOptions withVariable(String name) {
    return new ReadOptions(Optional.ofNullable(name), wavelengths, image, encoding, infrared);
  }

  public ReadOptions withWavelengths(Wavelengths given) {
    return new ReadOptions(variable, Optional.ofNullable(given), image, encoding, infrared);
  }

  /**
   * @param number from 1, or null for the only one
   */
  public ReadOptions withImage(Integer number) {
    return new ReadOptions(
        variable,
        wavelengths,
        number == null ? OptionalInt.empty() : OptionalInt.of(number),
        encoding,
        infrared);
  }

  public ReadOptions withEncoding(ColourEncoding meaning) {
    return new ReadOptions(variable, wavelengths, image, Optional.ofNullable(meaning), infrared);
  }

  public ReadOptions withInfrared(Path file) {
    return new ReadOptions(variable, wavelengths, image, encoding, Optional.ofNullable(file));
  }

  /** Whether the file is to become a multispectral image of colours. */
  boolean isColour() {
    return encoding.isPresent() || infrared.isPresent();
  }

  /**
   * Which of a file's images is meant: the one asked for, else the only one.
   *
   * @param images what people call them, such as {@code position 2, time 5}; what a file says may
   *     be in them
   * @return its index, from 0
   * @throws SeveralImagesException if there are several and none was asked for
   * @throws SkinSpectraIOException if there is no such image
   */
  public int chooseImage(Path file, List<String> images) {
    if (image.isEmpty() && images.size() == 1) {
      return 0;
    }
    if (image.isPresent() && image.getAsInt() >= 1 && image.getAsInt() <= images.size()) {
      return image.getAsInt() - 1;
    }
    if (image.isPresent()) {
      throw new SkinSpectraIOException(
          "There is no image %d in %s. It holds %s."
              .formatted(image.getAsInt(), file, listed(images)));
    }
    if (images.isEmpty()) {
      throw new SkinSpectraIOException(file + " holds no image.");
    }
    throw new SeveralImagesException(
        "%s holds %s. Choose one with --image N on the command line; for Fiji save it alone in a file."
            .formatted(file, listed(images)),
        images);
  }

  private static String listed(List<String> images) {
    String named =
        IntStream.range(0, Math.min(MOST_NAMED, images.size()))
            .mapToObj(i -> "%d (%s)".formatted(i + 1, JsonText.printable(images.get(i))))
            .collect(Collectors.joining(", "));
    return switch (images.size()) {
      case 0 -> "none";
      case 1 -> "only 1 image";
      default ->
          "%d images: %s%s"
              .formatted(
                  images.size(),
                  named,
                  images.size() > MOST_NAMED
                      ? " and " + (images.size() - MOST_NAMED) + " more"
                      : "");
    };
  }
}
