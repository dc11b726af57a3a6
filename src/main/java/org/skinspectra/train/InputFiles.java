package org.skinspectra.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.MsiImages;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.ImageSize;
import org.skinspectra.format.ReadOptions;
import org.skinspectra.spectra.Wavelengths;

/**
 * The files that the input of an image comes from: one with all channels, or one of red, green and
 * blue with the image of 960 nm beside it.
 *
 * @param colours four channels, or three
 * @param infrared the image of 960 nm; without, {@code colours} has all there is
 * @param stretch of red, green and blue; 960 nm is never stretched
 */
public record InputFiles(Path colours, Optional<Path> infrared, RgbStretch stretch) {

  private static final Wavelengths NM_960 = Wavelengths.of(960);

  /** A file with all channels, as it is. */
  public static InputFiles ofMsi(Path file) {
    return new InputFiles(file, Optional.empty(), RgbStretch.NONE);
  }

  /** The files, that of the colours first. */
  List<Path> files() {
    List<Path> files = new ArrayList<>(List.of(colours));
    infrared.ifPresent(files::add);
    return files;
  }

  /** The size of the image; only the beginning of a file is read. */
  ImageSize size() {
    return StoredPicture.isOne(colours) ? StoredPicture.size(colours) : CubeFiles.size(colours);
  }

  /**
   * Reads the input.
   *
   * @return three channels or four
   * @throws SkinSpectraException if a file cannot be read, or both do not fit together
   */
  public Msi read() {
    if (infrared.isEmpty() && stretch == RgbStretch.NONE && !StoredPicture.isOne(colours)) {
      return CubeFiles.readMsi(colours);
    }
    StoredPicture picture = picture();
    if (picture.samples().length != Msi.CHANNEL_NAMES.size() - 1) {
      throw new SkinSpectraException(
          "%s has %d channels, but is taken as red, green and blue%s. Choose another --camera-folder."
              .formatted(
                  colours,
                  picture.samples().length,
                  infrared.isPresent() ? " beside " + infrared.get() : ""));
    }
    ImageSize size = picture.size();
    float[][] planes = stretch.apply(colours.toString(), picture.samples(), picture.white());
    if (infrared.isPresent()) {
      planes = with(planes, size);
    }
    return MsiImages.ofPlanes(size.width(), size.height(), planes);
  }

  /** The colours as they are stored; those of a cube's file are reflectance already. */
  private StoredPicture picture() {
    if (StoredPicture.isOne(colours)) {
      return StoredPicture.read(colours);
    }
    Msi msi = CubeFiles.readMsi(colours);
    double[][] samples = new double[msi.channels()][msi.width() * msi.height()];
    for (int i = 0; i < msi.pixels().length; i++) {
      samples[i % samples.length][i / samples.length] = msi.pixels()[i];
    }
    return new StoredPicture(new ImageSize(msi.width(), msi.height()), samples, 1);
  }

  private float[][] with(float[][] rgb, ImageSize size) {
    Path file = infrared.orElseThrow();
    float[] plane;
    ImageSize own;
    if (StoredPicture.isOne(file)) {
      StoredPicture grey = StoredPicture.read(file);
      own = grey.size();
      // A grey picture may be stored with its value three times.
      plane =
          RgbStretch.NONE
              .apply(file.toString(), new double[][] {grey.samples()[0]}, grey.white())[0];
    } else {
      SpectralCube cube = CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(NM_960));
      own = new ImageSize(cube.width(), cube.height());
      plane = cube.plane(0);
    }
    if (!own.equals(size)) {
      throw new SkinSpectraException(
          "%s is %s pixels, but %s is %s; they are not of one image."
              .formatted(colours, size, file, own));
    }
    return new float[][] {rgb[0], rgb[1], rgb[2], plane};
  }
}
