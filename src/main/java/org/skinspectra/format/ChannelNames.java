package org.skinspectra.format;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.cube.CubeInfo;
import org.skinspectra.spectra.Wavelengths;

/** What the channels of a microscopy file are by their names, and which of them the user wants. */
final class ChannelNames {

  private static final int MOST_NAMED = 12;

  /** Names that tell red, green, blue and 960 nm, in this order. */
  private static final List<Pattern> CANONICAL =
      List.of(
          Pattern.compile("(?i)r|red|rot|rouge"),
          Pattern.compile("(?i)g|green|gr\u00fcn|vert"),
          Pattern.compile("(?i)b|blue|blau|bleu"),
          Pattern.compile("(?i)nir|n960|(?:nir|ir|n)?[ _-]*960(?:[ _-]*nm)?(?:[ _-]*(?:nir|ir))?"));

  private ChannelNames() {}

  /**
   * Which channels are red, green, blue and, if there is one, 960 nm.
   *
   * @throws SkinSpectraIOException if the names do not tell, with what is there and how to choose
   */
  static int[] msiBands(Path file, List<String> names) {
    List<Integer> found = new ArrayList<>();
    for (Pattern pattern : CANONICAL) {
      int[] fitting =
          IntStream.range(0, names.size())
              .filter(i -> pattern.matcher(names.get(i).strip()).matches())
              .toArray();
      if (fitting.length == 1) {
        found.add(fitting[0]);
      } else if (fitting.length > 1 || found.size() < 3) {
        throw new SkinSpectraIOException(
            "%s has the channels %s, and their names do not tell which are red, green, blue and 960 nm. Say so with --variable on the command line: the names of these channels in this order, with commas between them."
                .formatted(file, listed(names)));
      }
    }
    return found.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * The bands that the user wants: those whose names {@link ReadOptions#variable} lists, in its
   * order; else all, in the order of their wavelengths where every one has another.
   *
   * @throws SkinSpectraIOException if there is no band of a name, or several
   */
  static List<TiffBand> chosen(Path file, List<TiffBand> bands, ReadOptions options) {
    if (areChosen(bands, options)) {
      return wanted(options).stream().map(name -> named(file, bands, name)).toList();
    }
    return wavelengths(sorted(bands)).isPresent() ? sorted(bands) : bands;
  }

  /**
   * Whether the user lists channels. What names none of them is meant for another file where the
   * bands are known by their wavelengths anyhow: {@code sam} has one variable for two files.
   */
  static boolean areChosen(List<TiffBand> bands, ReadOptions options) {
    return options.variable().isPresent()
        && (wavelengths(sorted(bands)).isEmpty()
            || wanted(options).stream()
                .anyMatch(name -> bands.stream().anyMatch(band -> isNamed(band, name))));
  }

  private static List<String> wanted(ReadOptions options) {
    return Arrays.stream(options.variable().orElse("").split(",")).map(String::strip).toList();
  }

  private static boolean isNamed(TiffBand band, String name) {
    return band.name().strip().equalsIgnoreCase(name);
  }

  private static TiffBand named(Path file, List<TiffBand> bands, String name) {
    List<TiffBand> fitting = bands.stream().filter(band -> isNamed(band, name)).toList();
    if (fitting.size() != 1) {
      throw new SkinSpectraIOException(
          "%s has %s channel '%s'. It has %s."
              .formatted(
                  file,
                  fitting.isEmpty() ? "no" : "more than one",
                  JsonText.printable(name),
                  listed(bands.stream().map(TiffBand::name).toList())));
    }
    return fitting.get(0);
  }

  private static List<TiffBand> sorted(List<TiffBand> bands) {
    return bands.stream()
        .sorted((a, b) -> Double.compare(nm(a).orElse(0), nm(b).orElse(0)))
        .toList();
  }

  private static OptionalDouble nm(TiffBand band) {
    if (band.nm().isPresent()) {
      return band.nm();
    }
    try {
      Optional<Wavelengths> named = CubeInfo.wavelengths(List.of(band.name()));
      return named.isPresent() ? OptionalDouble.of(named.get().first()) : OptionalDouble.empty();
    } catch (SkinSpectraException e) {
      // Such as 0 nm, which is none.
      return OptionalDouble.empty();
    }
  }

  /** The wavelengths of the bands, if each has one and they increase. */
  static Optional<Wavelengths> wavelengths(List<TiffBand> bands) {
    double[] nm = bands.stream().mapToDouble(band -> nm(band).orElse(Double.NaN)).toArray();
    for (int i = 0; i < nm.length; i++) {
      if (!(nm[i] > 0) || i > 0 && !(nm[i] > nm[i - 1])) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(Wavelengths.of(nm));
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraException("The channels' wavelengths are no grid: " + e.getMessage(), e);
    }
  }

  private static String listed(List<String> names) {
    String first =
        names.stream().limit(MOST_NAMED).map(JsonText::printable).collect(Collectors.joining(", "));
    return names.size() > MOST_NAMED
        ? first + " and " + (names.size() - MOST_NAMED) + " more"
        : first;
  }
}
