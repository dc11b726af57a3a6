package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.scijava.plugin.Plugin;
import org.skinspectra.SkinSpectraIOException;

/**
 * Whatever Bio-Formats reads, where it is on the class path and no other format recognizes the
 * file. Channels are bands; series, focal planes and time points are images of their own. Numbers
 * are those in the file: counts stay counts.
 */
@Plugin(type = CubeFormat.class, priority = -10_000)
public final class BioFormatsFormat implements CubeFormat {

  private static final int MOST_IMAGES = 100_000;

  @Override
  public String name() {
    return "Bio-Formats";
  }

  @Override
  public List<String> endings() {
    return List.of("any it knows");
  }

  @Override
  public boolean recognizes(Path file, byte[] head) throws IOException {
    return BioFormats.recognizes(file);
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    BioFormats reader = BioFormats.open(file);
    try {
      List<BioFormatsSource.Image> images = images(file, reader);
      int chosen =
          options.chooseImage(file, images.stream().map(BioFormatsSource.Image::name).toList());
      return new BioFormatsSource(file, reader, images.get(chosen));
    } catch (IOException | RuntimeException | Error e) {
      reader.closeAfter(e);
      throw e;
    }
  }

  private static List<BioFormatsSource.Image> images(Path file, BioFormats reader)
      throws IOException {
    List<BioFormatsSource.Image> images = new ArrayList<>();
    int seriesCount = reader.seriesCount();
    for (int series = 0; series < seriesCount; series++) {
      reader.setSeries(series);
      long inSeries = (long) reader.timePoints() * reader.focalPlanes();
      if (inSeries < 1 || images.size() + inSeries > MOST_IMAGES) {
        throw new SkinSpectraIOException(
            "%s announces %d time points of %d focal planes; at most %d images are read."
                .formatted(file, reader.timePoints(), reader.focalPlanes(), MOST_IMAGES));
      }
      for (int time = 0; time < reader.timePoints(); time++) {
        for (int plane = 0; plane < reader.focalPlanes(); plane++) {
          List<String> name = new ArrayList<>();
          if (seriesCount > 1) {
            name.add("series " + (series + 1));
          }
          if (reader.timePoints() > 1) {
            name.add("time " + (time + 1));
          }
          if (reader.focalPlanes() > 1) {
            name.add("focal plane " + (plane + 1));
          }
          images.add(
              new BioFormatsSource.Image(
                  series, time, plane, name.isEmpty() ? "image" : String.join(", ", name)));
        }
      }
    }
    return images;
  }
}
