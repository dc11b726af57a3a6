package org.skinspectra.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skinspectra.cube.DisplayRange;
import org.skinspectra.spectra.Srgb;
import org.skinspectra.spectra.StandardObserver;
import org.skinspectra.spectra.Wavelengths;

/**
 * What an OME-Zarr says of its image: {@code multiscales} and {@code omero} by the rules of
 * OME-NGFF 0.4, and under one key of our own what these have no place for.
 */
final class OmeZarrAttributes {

  /** The key of what is ours. */
  static final String KEY = "org.skinspectra";

  private static final String VERSION = "0.4";
  private static final String WHITE = "FFFFFF";
  private static final double[] SHOWN_NM = {650, 550, 450};

  private final CubeSource source;
  private final double scale;

  OmeZarrAttributes(CubeSource source, double scale) {
    this.source = source;
    this.scale = scale;
  }

  /**
   * @param levels how many resolutions there are, each half of the one before
   * @param lowest value of each band
   * @param highest value of each band
   * @param shown from black to white, the same for all bands so that they can be compared
   */
  JsonObject json(int levels, float[] lowest, float[] highest, DisplayRange shown) {
    JsonObject json = new JsonObject();
    JsonArray multiscales = new JsonArray();
    multiscales.add(multiscale(levels));
    json.add("multiscales", multiscales);
    json.add("omero", omero(lowest, highest, shown));
    json.add(KEY, ours());
    return json;
  }

  private static JsonObject multiscale(int levels) {
    JsonObject multiscale = new JsonObject();
    multiscale.addProperty("version", VERSION);
    multiscale.addProperty("name", "cube");
    JsonArray axes = new JsonArray();
    axes.add(axis("c", "channel"));
    axes.add(axis("y", "space"));
    axes.add(axis("x", "space"));
    multiscale.add("axes", axes);
    JsonArray datasets = new JsonArray();
    for (int level = 0; level < levels; level++) {
      JsonObject dataset = new JsonObject();
      dataset.addProperty("path", Integer.toString(level));
      double size = Math.scalb(1.0, level);
      JsonArray transformations = new JsonArray();
      transformations.add(transformation("scale", 1, size));
      if (level > 0) {
        // Of the first pixel's centre, which is that of the pixels it is the mean of.
        transformations.add(transformation("translation", 0, (size - 1) / 2));
      }
      dataset.add("coordinateTransformations", transformations);
      datasets.add(dataset);
    }
    multiscale.add("datasets", datasets);
    multiscale.addProperty("type", "mean");
    JsonObject method = new JsonObject();
    method.addProperty("description", "each pixel is the mean of up to 2x2 of the level before");
    multiscale.add("metadata", method);
    return multiscale;
  }

  private static JsonObject axis(String name, String type) {
    JsonObject axis = new JsonObject();
    axis.addProperty("name", name);
    axis.addProperty("type", type);
    return axis;
  }

  private static JsonObject transformation(String type, double channel, double space) {
    JsonObject transformation = new JsonObject();
    transformation.addProperty("type", type);
    transformation.add(type, numbers(channel, space, space));
    return transformation;
  }

  private JsonObject omero(float[] lowest, float[] highest, DisplayRange shown) {
    List<String> names = source.bandNames();
    JsonArray channels = new JsonArray();
    for (int band = 0; band < source.bands(); band++) {
      JsonObject window = new JsonObject();
      // Viewers make sliders of these, which need some length.
      double most = highest[band] > lowest[band] ? highest[band] : lowest[band] + 1;
      window.addProperty("min", scale * lowest[band]);
      window.addProperty("max", scale * most);
      window.addProperty("start", scale * shown.min());
      window.addProperty("end", scale * shown.max());
      JsonObject channel = new JsonObject();
      channel.addProperty("label", names.get(band));
      channel.addProperty("color", color(band));
      channel.addProperty("active", isShown(band));
      channel.addProperty("coefficient", 1);
      channel.addProperty("family", "linear");
      channel.addProperty("inverted", false);
      channel.add("window", window);
      channels.add(channel);
    }
    JsonObject rendering = new JsonObject();
    rendering.addProperty("model", "color");
    rendering.addProperty("defaultT", 0);
    rendering.addProperty("defaultZ", 0);
    JsonObject omero = new JsonObject();
    omero.add("channels", channels);
    omero.add("rdefs", rendering);
    return omero;
  }

  /** Red, green and blue first, as the other bands would cover them. */
  private boolean isShown(int band) {
    Optional<Wavelengths> wavelengths = source.wavelengths();
    if (wavelengths.isEmpty()) {
      return band < SHOWN_NM.length;
    }
    for (double nm : SHOWN_NM) {
      if (wavelengths.get().nearestIndex(nm) == band) {
        return true;
      }
    }
    return false;
  }

  private String color(int band) {
    if (source.wavelengths().isPresent()) {
      return color(source.wavelengths().get().get(band));
    }
    return switch (source.bandNames().get(band)) {
      case "R" -> "FF0000";
      case "G" -> "00FF00";
      case "B" -> "0000FF";
      default -> WHITE;
    };
  }

  /** The colour of light of one wavelength, as bright as the display can; white where unseen. */
  static String color(double nm) {
    double[][] xyz = StandardObserver.on(Wavelengths.of(nm));
    double[] linear = new double[3];
    double most = 0;
    double[][] toLinear = Srgb.fromEqualEnergy();
    for (int c = 0; c < linear.length; c++) {
      for (int f = 0; f < xyz.length; f++) {
        linear[c] += toLinear[c][f] * xyz[f][0];
      }
      most = Math.max(most, linear[c]);
    }
    // The observer's tails are a few parts in a million, and their ratio is no colour.
    if (most < 1e-3) {
      return WHITE;
    }
    return String.format(
        Locale.ROOT,
        "%02X%02X%02X",
        Srgb.encode(linear[0] / most),
        Srgb.encode(linear[1] / most),
        Srgb.encode(linear[2] / most));
  }

  private JsonObject ours() {
    JsonObject ours = new JsonObject();
    ours.addProperty("scale", scale);
    ours.addProperty("every_chunk_written", true);
    source.wavelengths().ifPresent(w -> ours.add("wavelengths_nm", numbers(w.toArray())));
    source.fwhm().ifPresent(widths -> ours.add("fwhm_nm", numbers(widths)));
    source
        .badBands()
        .ifPresent(
            bad -> {
              double[] marks = new double[bad.length];
              for (int i = 0; i < marks.length; i++) {
                marks[i] = bad[i] ? 1 : 0;
              }
              ours.add("bad_bands", numbers(marks));
            });
    JsonObject provenance = new JsonObject();
    source.provenance().forEach(provenance::addProperty);
    ours.add("provenance", provenance);
    return ours;
  }

  private static JsonArray numbers(double... values) {
    JsonArray numbers = new JsonArray();
    for (double value : values) {
      numbers.add(value);
    }
    return numbers;
  }
}
