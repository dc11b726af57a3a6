package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.WholeFolder;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Reads and writes cubes and multispectral images in every {@link CubeFormat} there is. */
public final class CubeFiles {

  /** What an open source is of, for messages. */
  static final String WHAT = "spectral cube";

  /** Of one image in a folder. */
  private static final int MOST_FILES = 10_000_000;

  private static final CubeFormats FORMATS = CubeFormats.discover();

  private CubeFiles() {}

  /** The formats there are, in the order in which they are asked whether a file is theirs. */
  public static List<CubeFormat> formats() {
    return FORMATS.all();
  }

  /**
   * The format of an existing file or folder, by its content.
   *
   * @throws SkinSpectraException if it cannot be read or no format recognizes it
   */
  public static CubeFormat formatOf(Path file) {
    return FileErrors.readingFileOrFolder(file, WHAT, () -> FORMATS.of(file));
  }

  /**
   * Opens a cube or a multispectral image, to be read a part at a time and closed by the caller.
   * Its wavelengths are those given, else those in the file, else, for 61 bands, {@link
   * Wavelengths#VIS_NIR}; there may be none.
   *
   * @throws SkinSpectraException if the file cannot be read or holds several candidates; likewise
   *     whatever goes wrong while the source is read
   */
  public static CubeSource open(Path file, ReadOptions options) {
    return FileErrors.readingFileOrFolder(file, WHAT, () -> opened(file, options));
  }

  /** {@link #readCube(Path, ReadOptions)}, all left to the file. */
  public static SpectralCube readCube(Path file) {
    return readCube(file, ReadOptions.DEFAULT);
  }

  /**
   * Reads a reflectance cube. Its wavelengths are those given, else those in the file, else, for 61
   * bands, {@link Wavelengths#VIS_NIR} as in the files of Hyper-Skin.
   *
   * @throws SkinSpectraException if the file cannot be read, holds several candidates, or does not
   *     say the wavelengths
   */
  public static SpectralCube readCube(Path file, ReadOptions options) {
    return FileErrors.readingFileOrFolder(
        file,
        WHAT,
        () -> {
          try (CubeSource source = opened(file, options)) {
            Wavelengths wavelengths = wavelengths(file, source);
            return SpectralCube.ofPlanes(
                    source.width(), source.height(), wavelengths, planes(file, source))
                .withProvenance(source.provenance());
          }
        });
  }

  /** {@link #readMsi(Path, ReadOptions)}, all left to the file. */
  public static Msi readMsi(Path file) {
    return readMsi(file, ReadOptions.DEFAULT);
  }

  /**
   * Reads a multispectral image: 3 bands are R, G, B; a fourth is 960 nm. Where channels have
   * names, as in the files of microscopes, the names tell which they are.
   *
   * @throws SkinSpectraException if the file cannot be read or has another number of bands
   */
  public static Msi readMsi(Path file, ReadOptions options) {
    return FileErrors.readingFileOrFolder(
        file,
        "multispectral image",
        () -> {
          try (CubeSource source = opened(file, options)) {
            Optional<int[]> named = source.msiBands();
            int channels = named.map(bands -> bands.length).orElse(source.bands());
            if (channels != 3 && channels != 4) {
              throw new SkinSpectraIOException(
                  "%s has %d bands; a multispectral image has 3 (R, G, B) or 4 (R, G, B, 960 nm).%s"
                      .formatted(
                          file,
                          source.bands(),
                          source.bands() > 4 ? " It seems to be a spectral cube." : ""));
            }
            // The planes, and the same pixels once more with the channels together.
            FileErrors.requireMemory(file, source.width(), source.height(), 2L * channels);
            float[][] planes =
                named.isPresent() ? planes(source, named.get()) : planes(file, source);
            return MsiImages.ofPlanes(source.width(), source.height(), planes);
          }
        });
  }

  /**
   * The size of a cube or a multispectral image; none of its pixels is read.
   *
   * @throws SkinSpectraException if the file cannot be read
   */
  public static ImageSize size(Path file) {
    return FileErrors.readingFileOrFolder(
        file,
        "image",
        () -> {
          try (CubeSource source = opened(file, ReadOptions.DEFAULT)) {
            return new ImageSize(source.width(), source.height());
          }
        });
  }

  /**
   * The number of bands of a cube or a multispectral image; none of its pixels is read.
   *
   * @throws SkinSpectraException if the file cannot be read
   */
  public static int bands(Path file) {
    return FileErrors.readingFileOrFolder(
        file,
        "image",
        () -> {
          try (CubeSource source = opened(file, ReadOptions.DEFAULT)) {
            return source.bands();
          }
        });
  }

  /**
   * All files that an image consists of, such as header and data, or those in its folder.
   *
   * @param file one of them, or the folder
   * @throws SkinSpectraException if the file cannot be read
   */
  public static List<Path> files(Path file) {
    return FileErrors.readingFileOrFolder(
        file,
        "image",
        () -> {
          if (!Files.isDirectory(file)) {
            return FORMATS.of(file).files(file);
          }
          try (Stream<Path> all = Files.walk(file)) {
            return all.filter(Files::isRegularFile).limit(MOST_FILES).sorted().toList();
          }
        });
  }

  /**
   * Names of files beside a file that may belong to the same image, whether they are there or not;
   * so that an image can be fetched from where it cannot be looked into.
   */
  public static Set<String> companions(String name) {
    return FORMATS.companions(name);
  }

  /** Whether a folder is an image, sound or not, by what lies in it and by its ending. */
  public static boolean isImageFolder(Path folder) {
    return FORMATS.isFolder(folder);
  }

  /** Endings by which images are looked for in folders, in lower case with the dot. */
  public static Set<String> endings() {
    return FORMATS.endings();
  }

  /**
   * What made a cube, key by key; none of its pixels is read.
   *
   * @throws SkinSpectraException if the file cannot be read
   */
  public static Map<String, String> provenance(Path file) {
    return FileErrors.readingFileOrFolder(
        file,
        WHAT,
        () -> {
          try (CubeSource source = opened(file, ReadOptions.DEFAULT)) {
            return source.provenance();
          }
        });
  }

  private static CubeSource opened(Path file, ReadOptions options) throws IOException {
    CubeSource source =
        options.isColour() ? ColourFiles.open(file, options) : FORMATS.of(file).open(file, options);
    if ((long) source.width() * source.height() > Integer.MAX_VALUE - 8) {
      source.close();
      FileErrors.requireMemory(file, source.width(), source.height(), source.bands());
    }
    return new OpenSource(file, source, options);
  }

  private static float[][] planes(CubeSource source, int[] bands) throws IOException {
    float[][] planes = new float[bands.length][source.width() * source.height()];
    for (int i = 0; i < bands.length; i++) {
      source.readBands(bands[i], new float[][] {planes[i]});
    }
    return planes;
  }

  private static float[][] planes(Path file, CubeSource source) throws IOException {
    FileErrors.requireMemory(file, source.width(), source.height(), source.bands());
    float[][] planes = new float[source.bands()][source.width() * source.height()];
    source.readBands(0, planes);
    return planes;
  }

  private static Wavelengths wavelengths(Path file, CubeSource source) {
    return source
        .wavelengths()
        .orElseThrow(
            () ->
                new SkinSpectraIOException(
                    "%s has %d bands and does not say their wavelengths. Give them with --wavelengths on the command line, such as --wavelengths 400:10:700.%s"
                        .formatted(
                            file,
                            source.bands(),
                            source.bands() == 3 || source.bands() == 4
                                ? " It seems to be a multispectral image, not a cube."
                                : "")));
  }

  /** {@link #requireWritable(Path, WriteOptions)}, written as usual. */
  public static void requireWritable(Path file) {
    requireWritable(file, WriteOptions.DEFAULT);
  }

  /**
   * Makes sure, before long work, that its result can be written to a file of this name.
   *
   * @throws SkinSpectraException if the ending is that of no format, the format does not write so,
   *     or nothing can be written there
   */
  public static void requireWritable(Path file, WriteOptions options) {
    CubeFormat format = writer(file, options);
    if (format.isFolder()) {
      WholeFolder.requireWritable(file, format::recognizesFolder);
    } else {
      WholeFile.requireWritable(file);
    }
  }

  /**
   * The files that {@link #write} makes of a cube of this name.
   *
   * @throws SkinSpectraException if the ending is that of no format
   */
  public static List<Path> written(Path file) {
    return FORMATS.forWriting(file, WriteOptions.DEFAULT).written(file);
  }

  /**
   * Whether {@link #write} makes a folder of a cube of this name.
   *
   * @throws SkinSpectraException if the ending is that of no format
   */
  public static boolean isWrittenAsFolder(Path file) {
    return FORMATS.forWriting(file, WriteOptions.DEFAULT).isFolder();
  }

  /**
   * Writes a cube in the format of the file's ending, such as {@code .hdr} (ENVI, with an {@code
   * .img} beside it), {@code .ome.tif} (OME-TIFF) or {@code .tif} (ImageJ).
   *
   * @throws SkinSpectraException if the ending is another or the file cannot be written; nothing is
   *     left then
   */
  public static void write(SpectralCube cube, Path file) {
    write(CubeSource.of(cube), file, WriteOptions.DEFAULT);
  }

  /**
   * Writes a multispectral image in the format of the file's ending, as {@link #write(SpectralCube,
   * Path)}.
   */
  public static void write(Msi msi, Path file) {
    write(CubeSource.of(msi), file, WriteOptions.DEFAULT);
  }

  /**
   * Writes a source, such as another file that is {@link #open}, of which no more than some planes
   * are held at a time.
   *
   * @return how many values were clipped, which only {@link WriteOptions#clip} allows
   * @throws SkinSpectraException if the format is unknown, does not write so, a value does not fit
   *     the samples or the file cannot be written; nothing is left then
   */
  public static long write(CubeSource source, Path file, WriteOptions options) {
    CubeFormat format = writer(file, options);
    try {
      return format.write(source, file, options);
    } catch (OutOfMemoryError e) {
      throw new SkinSpectraIOException(
          "Cannot write %s: a plane of %dx%d pixels needs more memory than Java may use. Raise the limit with -Xmx. Nothing was written there."
              .formatted(file, source.width(), source.height()),
          e);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write " + file + ": " + FileErrors.reason(e) + ". Nothing was written there.", e);
    }
  }

  /** Every file or folder that writing a target makes or replaces. */
  static List<Path> written(Path target, WriteOptions options) {
    return writer(target, options).written(target);
  }

  static CubeFormat writer(Path file, WriteOptions options) {
    CubeFormat format = FORMATS.forWriting(file, options);
    format.writing().orElseThrow().require(options, format.name(), file);
    return format;
  }
}
