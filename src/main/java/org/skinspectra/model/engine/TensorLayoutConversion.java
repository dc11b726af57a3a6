package org.skinspectra.model.engine;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.skinspectra.model.EngineMeasurements;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Channel-last tensors of zeros and the way from them to planes, without a network. */
final class TensorLayoutConversion implements EngineMeasurements.LayoutConversion {

  private final PaddedImage image;
  private final int bands;
  private final TileThreads threads;
  private final List<Window> windows;

  /** One tensor for all tiles of the same size. */
  private final Map<Shape, TFloat32> tiles = new HashMap<>();

  private final TFloat32 whole;

  TensorLayoutConversion(int width, int height, int bands) {
    TensorFlowRuntime.load();
    image = new PaddedImage(width, height, width, height);
    this.bands = bands;
    threads = new TileThreads(Runtime.getRuntime().availableProcessors());
    windows = Tiles.DEFAULT.of(height, width);
    windows.forEach(window -> tiles.computeIfAbsent(shape(window), TFloat32::tensorOf));
    whole = TFloat32.tensorOf(Shape.of(1, height, width, bands));
  }

  private Shape shape(Window window) {
    return Shape.of(1, window.height(), window.width(), bands);
  }

  @Override
  public float[][] planesFromTiles() {
    PlanarTarget target = new PlanarTarget(image.width(), image.height(), bands);
    threads.forEach(
        windows.size(),
        tile -> target.write(windows.get(tile), tiles.get(shape(windows.get(tile)))),
        count -> {});
    return target.planes();
  }

  @Override
  public float[][] planesFromWhole() {
    return image.planes(whole, bands);
  }

  @Override
  public void close() {
    threads.close();
    tiles.values().forEach(TFloat32::close);
    whole.close();
  }
}
