package org.skinspectra.camera;

import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.PixelType;

/**
 * How a frame of the demo camera is read.
 *
 * @param bits 0 for {@link PixelType#GRAY32}, whose counts have the scale of 16 bits and are
 *     neither rounded nor clipped
 * @param mosaic channel of the pixels (0, 0), (1, 0), (0, 1), (1, 1), or of all where it has one
 */
record DemoReadout(PixelType type, int bits, int[] mosaic, SensorRegion region, int binning) {

  /**
   * What a step asks for.
   *
   * @param settings that are in force
   * @param sensorWidth pixels
   * @param sensorHeight pixels
   * @throws SkinSpectraException if the sensor has no such region, or it cannot be binned so
   */
  static DemoReadout of(DemoSettings settings, RigStep step, int sensorWidth, int sensorHeight) {
    String camera = step.camera();
    String mosaic = settings.mosaic(camera);
    int binning = step.binning();
    int width = sensorWidth / binning;
    int height = sensorHeight / binning;
    if (binning > 1 && !mosaic.isEmpty()) {
      throw new SkinSpectraException(
          "Step %s bins %d pixels of the mosaic of camera %s, which would mix its colours. Set binning to 1."
              .formatted(step.channel(), binning, camera));
    }
    if (width < 1 || height < 1) {
      throw new SkinSpectraException(
          "Step %s bins %d pixels of camera %s, which has %dx%d. Set a smaller binning."
              .formatted(step.channel(), binning, camera, sensorWidth, sensorHeight));
    }
    SensorRegion region = step.region().orElse(new SensorRegion(0, 0, width, height));
    if (region.x() + region.width() > width || region.y() + region.height() > height) {
      throw new SkinSpectraException(
          "Step %s reads the region %dx%d at (%d, %d), but camera %s has %dx%d pixels after binning. Correct the region."
              .formatted(
                  step.channel(),
                  region.width(),
                  region.height(),
                  region.x(),
                  region.y(),
                  camera,
                  width,
                  height));
    }
    if (!mosaic.isEmpty() && (region.x() % 2 != 0 || region.y() % 2 != 0)) {
      throw new SkinSpectraException(
          "Step %s reads a mosaic from (%d, %d), which would shift its pattern. Begin at even pixels."
              .formatted(step.channel(), region.x(), region.y()));
    }
    int[] pattern = mosaic.isEmpty() ? new int[] {0} : mosaic.chars().map("RGB"::indexOf).toArray();
    return new DemoReadout(
        settings.pixelType(camera), settings.bits(camera), pattern, region, binning);
  }

  /** Of the upper half of the rows. */
  DemoReadout halved() {
    SensorRegion half =
        new SensorRegion(region.x(), region.y(), region.width(), Math.max(1, region.height() / 2));
    return new DemoReadout(type, bits, mosaic, half, binning);
  }

  /** The highest count. */
  double scale() {
    return (1 << (bits == 0 ? 16 : bits)) - 1;
  }

  int channel(int x, int y) {
    return mosaic.length == 1 ? mosaic[0] : mosaic[(y & 1) * 2 + (x & 1)];
  }
}
