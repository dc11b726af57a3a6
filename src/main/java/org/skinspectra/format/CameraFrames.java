package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes a source of frames that a camera delivered, channel by channel. */
final class CameraFrames {

  /** A frame and the file that it lies in. */
  record Located(Path file, TiffImage image) {}

  private CameraFrames() {}

  /**
   * A source of the frames of one image. Colour frames are three bands; values are the counts.
   *
   * @param file that the user named, for messages
   * @param channels frame by frame
   * @param provenance what is known of the acquisition
   */
  static CubeSource source(
      Path file, Map<String, Located> channels, Map<String, String> provenance, ReadOptions options)
      throws IOException {
    long colour = channels.values().stream().filter(f -> f.image().samples() == 3).count();
    List<TiffBand> bands = new ArrayList<>();
    for (Map.Entry<String, Located> channel : channels.entrySet()) {
      TiffImage image = channel.getValue().image();
      Path path = channel.getValue().file();
      if (image.samples() == 1) {
        bands.add(new TiffBand(path, image, 0, channel.getKey(), OptionalDouble.empty()));
      } else if (image.samples() == 3) {
        for (int sample = 0; sample < 3; sample++) {
          String primary = "RGB".substring(sample, sample + 1);
          String name = colour == 1 ? primary : channel.getKey() + " " + primary;
          bands.add(new TiffBand(path, image, sample, name, OptionalDouble.empty()));
        }
      } else {
        throw new IOException(
            "channel %s has %d samples a pixel".formatted(channel.getKey(), image.samples()));
      }
    }
    List<TiffBand> chosen = ChannelNames.chosen(file, bands, options);
    Map<String, String> said = new LinkedHashMap<>(provenance);
    said.put(
        "values",
        "counts of a camera, %s, not reflectance"
            .formatted(chosen.get(0).image().kind().text().strip()));
    TiffSource source =
        TiffSource.of(file, chosen, TiffSource.Scale.NONE, said)
            .with(ChannelNames.wavelengths(chosen));
    return ChannelNames.areChosen(bands, options) ? source : source.ofNamedChannels();
  }
}
