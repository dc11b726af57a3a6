package org.skinspectra.train;

import ij.process.ByteProcessor;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.skin.CanonicalCamera;
import org.skinspectra.spectra.Wavelengths;

/** A data set of small random images in the folders of Hyper-Skin, to be spoilt at will. */
public final class TinyDataset {

  private final Path root;

  public TinyDataset(Path root) {
    this.root = root;
  }

  public Path root() {
    return root;
  }

  public Path msi(String split, String name) {
    return root.resolve("Hyper-Skin(MSI, NIR)/" + split + "/MSI_CIE/" + name + ".mat");
  }

  public Path nir(String split, String name) {
    return root.resolve("Hyper-Skin(MSI, NIR)/" + split + "/NIR/" + name + ".mat");
  }

  public Path vis(String split, String name) {
    return root.resolve("Hyper-Skin(RGB, VIS)/" + split + "/VIS/" + name + ".mat");
  }

  public Path mask(String split, String name) {
    return root.resolve("Hyper-Skin(MSI, NIR)/mask/" + split + "/" + name + ".png");
  }

  /** Writes an image whose left half is skin. */
  public TinyDataset with(String split, String name, int width, int height) {
    Random random = new Random(name.hashCode());
    SpectralCube truth = SpectralCube.zeros(width, height, Wavelengths.VIS_NIR);
    for (int pixel = 0; pixel < width * height; pixel++) {
      double level = 0.2 + 0.3 * random.nextDouble();
      for (int band = 0; band < truth.bands(); band++) {
        truth.plane(band)[pixel] = (float) (level * (1 + band / 61.0));
      }
    }
    int last = Wavelengths.VIS.size() - 1;
    Msi msi = new CanonicalCamera(Wavelengths.VIS_NIR).capture(truth);
    float[][] channels = new float[msi.channels()][width * height];
    for (int i = 0; i < msi.pixels().length; i++) {
      channels[i % channels.length][i / channels.length] = msi.pixels()[i];
    }
    write(msi(split, name), width, height, channels);
    write(vis(split, name), width, height, planes(truth, 0, last));
    write(nir(split, name), width, height, planes(truth, last, truth.bands() - 1));
    writeMask(mask(split, name), width, height, width / 2);
    return this;
  }

  private static float[][] planes(SpectralCube cube, int first, int last) {
    float[][] planes = new float[last - first + 1][];
    for (int band = first; band <= last; band++) {
      planes[band - first] = cube.plane(band);
    }
    return planes;
  }

  /** A cube in which every pixel of every band has one value. */
  public static void writeConstant(Path file, int bands, int width, int height, double value) {
    float[][] planes = new float[bands][width * height];
    for (float[] plane : planes) {
      Arrays.fill(plane, (float) value);
    }
    write(file, width, height, planes);
  }

  private static void write(Path file, int width, int height, float[][] planes) {
    double[][][] cube = new double[planes.length][width][height];
    for (int band = 0; band < planes.length; band++) {
      for (int x = 0; x < width; x++) {
        for (int y = 0; y < height; y++) {
          cube[band][x][y] = planes[band][y * width + x];
        }
      }
    }
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putDataset("cube", cube);
    }
  }

  /** A mask of which the columns up to one are skin. */
  public static void writeMask(Path file, int width, int height, int skinColumns) {
    ByteProcessor pixels = new ByteProcessor(width, height);
    for (int i = 0; i < width * height; i++) {
      pixels.set(i, i % width < skinColumns ? 255 : 0);
    }
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(pixels.getBufferedImage(), "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
