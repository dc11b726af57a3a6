package org.skinspectra.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.MaskFiles;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.spectra.Wavelengths;

/**
 * One image of a Hyper-Skin data set: its files, read when asked.
 *
 * @param name file name without ending, such as {@code p001_neutral_front}
 * @param split {@code train}, {@code valid} or {@code test}
 */
public record HyperSkinImage(
    String name, String split, InputFiles input, Path visFile, Path nirFile, Path maskFile) {

  /** An image whose input is one file with all channels. */
  public HyperSkinImage(
      String name, String split, Path msiFile, Path visFile, Path nirFile, Path maskFile) {
    this(name, split, InputFiles.ofMsi(msiFile), visFile, nirFile, maskFile);
  }

  /** The subject, the part of the name before the first underscore. */
  public String subject() {
    return subject(name);
  }

  static String subject(String name) {
    int end = name.indexOf('_');
    return end < 0 ? name : name.substring(0, end);
  }

  /** The same image in another split. */
  HyperSkinImage withSplit(String other) {
    return new HyperSkinImage(name, other, input, visFile, nirFile, maskFile);
  }

  /** The file of the input, or that of its colours where 960 nm has a file of its own. */
  public Path msiFile() {
    return input.colours();
  }

  /** All files, those of the pixels first. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(input.files());
    files.addAll(List.of(visFile, nirFile, maskFile));
    return files;
  }

  /** The file that holds a band of the truth. */
  Path truthFile(int band) {
    return band < Wavelengths.VIS.size() ? visFile : nirFile;
  }

  /** The input: four channels, or three where a data set has no image of 960 nm. */
  public Msi msi() {
    return input.read();
  }

  /**
   * The truth at 400 to 1000 nm: all of VIS and NIR without its first band, which repeats 700 nm.
   *
   * @throws SkinSpectraException if the halves do not fit together
   */
  public SpectralCube truth() {
    SpectralCube vis =
        CubeFiles.readCube(visFile, ReadOptions.DEFAULT.withWavelengths(Wavelengths.VIS));
    SpectralCube nir =
        CubeFiles.readCube(nirFile, ReadOptions.DEFAULT.withWavelengths(Wavelengths.NIR));
    if (vis.width() != nir.width() || vis.height() != nir.height()) {
      throw new SkinSpectraException(
          "%s is %dx%d pixels, but %s is %dx%d; they are not of one image."
              .formatted(visFile, vis.width(), vis.height(), nirFile, nir.width(), nir.height()));
    }
    float[][] planes = new float[Wavelengths.VIS_NIR.size()][];
    for (int band = 0; band < planes.length; band++) {
      planes[band] = band < vis.bands() ? vis.plane(band) : nir.plane(band - vis.bands() + 1);
    }
    return SpectralCube.ofPlanes(vis.width(), vis.height(), Wavelengths.VIS_NIR, planes);
  }

  /**
   * The mask of the face.
   *
   * @throws SkinSpectraException if it has another size than the image
   */
  public Mask mask(int width, int height) {
    Mask mask = MaskFiles.read(maskFile);
    if (mask.width() != width || mask.height() != height) {
      throw new SkinSpectraException(
          "Mask %s is %dx%d pixels, but its image is %dx%d; a mask is as large as its image."
              .formatted(maskFile, mask.width(), mask.height(), width, height));
    }
    return mask;
  }
}
