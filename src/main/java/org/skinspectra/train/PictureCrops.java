package org.skinspectra.train;

import java.util.List;
import org.apache.commons.math3.random.RandomGenerator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.cube.Msi;
import org.skinspectra.skin.CaptureSampler;
import org.skinspectra.skin.Seeds;
import org.skinspectra.skin.SimulatedCamera;

/**
 * Crops of pictures: another place, orientation and brightness for every crop. A picture without an
 * input of its own is photographed anew each time, with another camera, exposure and noise.
 */
final class PictureCrops implements CropSource {

  /** Pixels around a crop that its blurred, shifted photograph may need. */
  private static final int MARGIN = 4;

  /** Darkest and brightest a picture may become, as a factor. */
  private static final double DARKEST = 0.25;

  private static final double BRIGHTEST = 1.3;

  private final PicturePool pool;
  private final Cameras cameras;
  private final TrainingConfiguration configuration;
  private final long seed;

  /**
   * What photographs a picture.
   *
   * @param first the camera to be learned for, which takes most crops
   * @param others one of which takes each of the other crops
   * @param othersShare share of the crops that the others take, 0 to 1
   */
  record Cameras(
      SimulatedCamera first,
      List<SimulatedCamera> others,
      double othersShare,
      CaptureSampler conditions) {

    private SimulatedCamera draw(RandomGenerator random) {
      boolean other = random.nextDouble() < othersShare && !others.isEmpty();
      return other ? others.get(random.nextInt(others.size())) : first;
    }
  }

  /** A square of a picture, and how it is laid. */
  private record Window(int left, int top, int side, Orientation orientation, float level) {}

  PictureCrops(
      PictureSource pictures, Cameras cameras, TrainingConfiguration configuration, long seed) {
    pool = new PicturePool(pictures, configuration.cropsPerScene());
    this.cameras = cameras;
    this.configuration = configuration;
    this.seed = seed;
  }

  @Override
  public Crop crop(long number) {
    RandomGenerator random = Seeds.generator(seed, number);
    Picture picture = pool.forCrop(number);
    int side = configuration.cropSide();
    int margin = picture.input().isPresent() ? 0 : MARGIN;
    int left = margin + random.nextInt(picture.width() - side - 2 * margin + 1);
    int top = margin + random.nextInt(picture.height() - side - 2 * margin + 1);
    Orientation orientation = Orientation.of(random.nextInt(Orientation.COUNT));
    double level = DARKEST * FastMath.pow(BRIGHTEST / DARKEST, FastMath.sqrt(random.nextDouble()));
    Window window = new Window(left, top, side, orientation, (float) level);
    boolean[] skin = skin(picture, window);
    Crop crop =
        new Crop(
            side,
            new float[side * side * channels(picture)],
            truth(picture, window),
            weight(skin),
            skin);
    if (picture.input().isPresent()) {
      lay(picture.input().get(), window, crop.input());
    } else {
      photograph(picture, window, random, crop.input());
    }
    return crop;
  }

  private static int channels(Picture picture) {
    return picture.input().map(Msi::channels).orElse(Msi.CHANNEL_NAMES.size());
  }

  private static float[] truth(Picture picture, Window window) {
    float[][] planes = picture.truth().planes();
    int side = window.side();
    float[] truth = new float[side * side * planes.length];
    for (int pixel = 0; pixel < side * side; pixel++) {
      int from = source(window, pixel, picture.width());
      for (int band = 0; band < planes.length; band++) {
        truth[pixel * planes.length + band] = window.level() * planes[band][from];
      }
    }
    return truth;
  }

  private static boolean[] skin(Picture picture, Window window) {
    boolean[] skin = new boolean[window.side() * window.side()];
    for (int pixel = 0; pixel < skin.length; pixel++) {
      skin[pixel] = picture.skin().contains(source(window, pixel, picture.width()));
    }
    return skin;
  }

  private float[] weight(boolean[] skin) {
    float[] weight = new float[skin.length];
    for (int pixel = 0; pixel < weight.length; pixel++) {
      weight[pixel] = skin[pixel] ? 1 : (float) configuration.backgroundWeight();
    }
    return weight;
  }

  private static void lay(Msi input, Window window, float[] into) {
    int channels = input.channels();
    for (int pixel = 0; pixel * channels < into.length; pixel++) {
      int from = source(window, pixel, input.width());
      for (int channel = 0; channel < channels; channel++) {
        into[pixel * channels + channel] =
            window.level() * input.pixels()[from * channels + channel];
      }
    }
  }

  private void photograph(Picture picture, Window window, RandomGenerator random, float[] into) {
    int side = window.side();
    int around = side + 2 * MARGIN;
    float[][] planes = picture.truth().planes();
    float[][] piece = new float[planes.length][around * around];
    for (int band = 0; band < planes.length; band++) {
      for (int y = 0; y < around; y++) {
        int from = (window.top() - MARGIN + y) * picture.width() + window.left() - MARGIN;
        for (int x = 0; x < around; x++) {
          piece[band][y * around + x] = window.level() * planes[band][from + x];
        }
      }
    }
    SimulatedCamera camera = cameras.draw(random);
    Msi msi =
        camera.capture(piece, around, around, cameras.conditions().draw(random), random.nextLong());
    int channels = msi.channels();
    for (int pixel = 0; pixel < side * side; pixel++) {
      int source = window.orientation().source(pixel / side, pixel % side, side);
      int from = (MARGIN + source / side) * around + MARGIN + source % side;
      System.arraycopy(msi.pixels(), from * channels, into, pixel * channels, channels);
    }
  }

  /** Index in the picture of a pixel of the crop. */
  private static int source(Window window, int pixel, int width) {
    int side = window.side();
    int source = window.orientation().source(pixel / side, pixel % side, side);
    return (window.top() + source / side) * width + window.left() + source % side;
  }
}
