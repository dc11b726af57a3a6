package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.spectra.JcampDx;
import org.skinspectra.spectra.LongCsv;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;

/**
 * Reads and writes tables of spectra: CSV with a column for each ({@link SpectralCsv}) or with a
 * row for each value ({@link LongCsv}), ENVI spectral libraries, JCAMP-DX ({@link JcampDx}).
 */
public final class SpectraFiles {

  private static final String WHAT = "table of spectra";
  private static final int HEAD_BYTES = 4096;
  private static final List<String> TEXT = List.of(".csv", ".tsv");

  /** How tables are written, by the ending of their names, the longest first. */
  private enum Kind {
    LONG_CSV("CSV, a row for each value", ".long.csv") {
      @Override
      void write(SpectralTable table, Path file) {
        LongCsv.write(file, table);
      }
    },
    CSV("CSV, a column for each spectrum", ".csv") {
      @Override
      void write(SpectralTable table, Path file) {
        SpectralCsv.write(file, table);
      }
    },
    ENVI_LIBRARY("ENVI spectral library", EnviFiles.LIBRARY, EnviFiles.HEADER) {
      @Override
      void write(SpectralTable table, Path file) {
        EnviLibrary.write(table, file);
      }
    },
    JCAMP_DX("JCAMP-DX", ".jdx", ".dx") {
      @Override
      void write(SpectralTable table, Path file) {
        JcampDx.write(file, table);
      }
    };

    private final String title;
    private final List<String> endings;

    Kind(String title, String... endings) {
      this.title = title;
      this.endings = List.of(endings);
    }

    abstract void write(SpectralTable table, Path file);

    static Optional<Kind> of(Path file) {
      String name = lowerName(file);
      return Arrays.stream(values())
          .filter(kind -> kind.endings.stream().anyMatch(name::endsWith))
          .findFirst();
    }
  }

  private SpectraFiles() {}

  /** What can be written, with endings, for people. */
  public static String kinds() {
    return Arrays.stream(Kind.values())
        .map(kind -> kind.title + " (" + String.join(", ", kind.endings) + ")")
        .collect(Collectors.joining("; "));
  }

  /**
   * Whether an existing file is to be read as spectra: JCAMP-DX and ENVI libraries by their
   * content, CSV by its ending.
   *
   * @throws SkinSpectraException if it cannot be read
   */
  public static boolean recognizes(Path file) {
    return FileErrors.reading(
        file, WHAT, () -> isJcampDx(file) || isText(file) || EnviLibrary.recognizes(file));
  }

  /**
   * Reads every spectrum of a file, with its unit and provenance.
   *
   * @throws SkinSpectraException if it is damaged, of another kind or its spectra make no table
   */
  public static SpectralTable read(Path file) {
    return FileErrors.reading(
        file,
        WHAT,
        () -> {
          if (isJcampDx(file)) {
            return JcampDx.read(file);
          }
          if (isText(file)) {
            return LongCsv.isLong(file) ? LongCsv.read(file) : SpectralCsv.readWithGaps(file);
          }
          if (EnviLibrary.recognizes(file)) {
            return EnviLibrary.read(file);
          }
          throw new SkinSpectraIOException(
              file + " is no table of spectra. These can be read from " + kinds() + ".");
        });
  }

  private static boolean isJcampDx(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return JcampDx.startsOne(in.readNBytes(HEAD_BYTES));
    }
  }

  private static boolean isText(Path file) {
    return TEXT.stream().anyMatch(lowerName(file)::endsWith);
  }

  private static String lowerName(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** Whether a name has an ending in which tables are written. */
  public static boolean isWritable(Path file) {
    return Kind.of(file).isPresent();
  }

  /** Every file that writing a table to one makes or replaces. */
  static List<Path> written(Path target) {
    if (Kind.of(target).filter(kind -> kind == Kind.ENVI_LIBRARY).isEmpty()) {
      return List.of(target);
    }
    EnviFiles files = EnviFiles.toWrite(target, EnviFiles.LIBRARY);
    return List.of(files.header(), files.data());
  }

  /**
   * Makes sure, before long work, that a table can be written to a file of this name.
   *
   * @throws SkinSpectraException if the ending is that of no kind, or nothing can be written there
   */
  public static void requireWritable(Path file) {
    kind(file);
    WholeFile.requireWritable(file);
  }

  /**
   * Writes a table, whole or not at all, as its file's ending says.
   *
   * @throws SkinSpectraException if the ending is that of no kind, a name or unit cannot stand in
   *     it, or the file cannot be written
   */
  public static void write(SpectralTable table, Path file) {
    try {
      kind(file).write(table, file);
    } catch (IllegalArgumentException e) {
      throw new SkinSpectraIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static Kind kind(Path file) {
    return Kind.of(file)
        .orElseThrow(
            () ->
                new SkinSpectraIOException(
                    "Cannot tell how to write the spectra in %s. Give it one of these endings: %s."
                        .formatted(file, kinds())));
  }
}
