package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.WholeFile;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Reads and writes cubes and multispectral images in every {@link CubeFormat} there is. */
public final class CubeFiles {

  private static final CubeFormats FORMATS = CubeFormats.discover();

  private CubeFiles() {}

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
    return FileErrors.reading(
        file,
        "spectral cube",
        () -> {
          try (CubeSource source = open(file, options)) {
            Wavelengths wavelengths = wavelengths(file, source, options);
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
   * Reads a multispectral image: 3 bands are R, G, B; a fourth is 960 nm.
   *
   * @throws SkinSpectraException if the file cannot be read or has another number of bands
   */
  public static Msi readMsi(Path file, ReadOptions options) {
    return FileErrors.reading(
        file,
        "multispectral image",
        () -> {
          try (CubeSource source = open(file, options)) {
            if (source.bands() != 3 && source.bands() != 4) {
              throw new SkinSpectraIOException(
                  "%s has %d bands; a multispectral image has 3 (R, G, B) or 4 (R, G, B, 960 nm).%s"
                      .formatted(
                          file,
                          source.bands(),
                          source.bands() > 4 ? " It seems to be a spectral cube." : ""));
            }
            // The planes, and the same pixels once more with the channels together.
            FileErrors.requireMemory(file, source.width(), source.height(), 2L * source.bands());
            return MsiImages.ofPlanes(source.width(), source.height(), planes(file, source));
          }
        });
  }

  /**
   * The size of a cube or a multispectral image; none of its pixels is read.
   *
   * @throws SkinSpectraException if the file cannot be read
   */
  public static ImageSize size(Path file) {
    return FileErrors.reading(
        file,
        "image",
        () -> {
          try (CubeSource source = open(file, ReadOptions.DEFAULT)) {
            return new ImageSize(source.width(), source.height());
          }
        });
  }

  /**
   * What made a cube, key by key; none of its pixels is read.
   *
   * @throws SkinSpectraException if the file cannot be read
   */
  public static Map<String, String> provenance(Path file) {
    return FileErrors.reading(
        file,
        "spectral cube",
        () -> {
          try (CubeSource source = open(file, ReadOptions.DEFAULT)) {
            return source.provenance();
          }
        });
  }

  private static CubeSource open(Path file, ReadOptions options) throws IOException {
    return FORMATS.of(file).open(file, options);
  }

  private static float[][] planes(Path file, CubeSource source) throws IOException {
    FileErrors.requireMemory(file, source.width(), source.height(), source.bands());
    float[][] planes = new float[source.bands()][source.width() * source.height()];
    source.readBands(0, planes);
    return planes;
  }

  private static Wavelengths wavelengths(Path file, CubeSource source, ReadOptions options) {
    Wavelengths wavelengths =
        options
            .wavelengths()
            .or(source::wavelengths)
            .orElseGet(
                () -> {
                  if (source.bands() == Wavelengths.VIS_NIR.size()) {
                    return Wavelengths.VIS_NIR;
                  }
                  throw new SkinSpectraIOException(
                      "%s has %d bands and does not say their wavelengths. Give them with --wavelengths on the command line, such as --wavelengths 400:10:700.%s"
                          .formatted(
                              file,
                              source.bands(),
                              source.bands() == 3 || source.bands() == 4
                                  ? " It seems to be a multispectral image, not a cube."
                                  : ""));
                });
    if (wavelengths.size() != source.bands()) {
      throw new SkinSpectraIOException(
          "%s has %d bands, but there are %d wavelengths (%s); give one for each band."
              .formatted(file, source.bands(), wavelengths.size(), wavelengths));
    }
    return wavelengths;
  }

  /**
   * Makes sure, before long work, that its result can be written to a file of this name.
   *
   * @throws SkinSpectraException if the ending is that of no format, or nothing can be written
   *     there
   */
  public static void requireWritable(Path file) {
    FORMATS.forWriting(file);
    WholeFile.requireWritable(file);
  }

  /**
   * Writes a cube in the format of the file's ending: {@code .hdr} (ENVI, with an {@code .img}
   * beside it) or {@code .tif} (ImageJ).
   *
   * @throws SkinSpectraException if the ending is another or the file cannot be written; nothing is
   *     left then
   */
  public static void write(SpectralCube cube, Path file) {
    write(CubeSource.of(cube), file);
  }

  /** Writes a multispectral image in the format of the file's ending, as {@link #write} does. */
  public static void write(Msi msi, Path file) {
    write(CubeSource.of(msi), file);
  }

  private static void write(CubeSource source, Path file) {
    CubeFormat format = FORMATS.forWriting(file);
    try {
      format.write(source, file);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot write " + file + ": " + e.getMessage() + ". Nothing was written there.", e);
    }
  }
}
