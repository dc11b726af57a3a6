package org.skinspectra.format;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.skinspectra.JsonFields;
import org.skinspectra.SkinSpectraIOException;

/**
 * One image of an OME-Zarr at full resolution.
 *
 * @param array folder of its values
 * @param layout of them
 * @param axes which of its axes are which
 * @param start index along each axis at which the image begins: the time point, the focal plane
 * @param labels of the channels, as many as somebody wrote
 * @param about what we wrote ourselves, if we did
 * @param name that tells it from the other images
 */
record OmeZarrImage(
    ZarrFolder array,
    ZarrArray.Layout layout,
    ZarrArray.Axes axes,
    int[] start,
    List<String> labels,
    Optional<JsonFields> about,
    String name) {

  private static final int MOST_SERIES = 1000;
  private static final int MOST_IMAGES = 100_000;
  private static final int MOST_TEXT = 200;
  private static final String LAYOUT = "bioformats2raw.layout";

  /** Axes of versions that do not name them. */
  private static final List<String> UNNAMED = List.of("t", "c", "z", "y", "x");

  /** Whether a folder is an image and not a collection of many. */
  static boolean isOne(ZarrFolder folder) throws IOException {
    return ZarrMetadata.isZarr(folder) && ome(folder).has("multiscales");
  }

  /**
   * The images in a folder.
   *
   * @throws SkinSpectraIOException if there is none, or it says wrongly what it holds
   */
  static List<OmeZarrImage> allOf(ZarrFolder root) throws IOException {
    JsonObject ome = ome(root);
    List<OmeZarrImage> images = new ArrayList<>();
    if (ome.has("multiscales")) {
      addImages(root, "", images);
      return images;
    }
    if (ome.has("plate") || ome.has("well")) {
      throw new SkinSpectraIOException(
          root.path() + " is a plate of many images; give the folder of one field in it.");
    }
    if (!ome.has(LAYOUT)) {
      throw new SkinSpectraIOException(
          "%s is a Zarr that does not say which axis is which (it has no 'multiscales'). Write it as OME-Zarr."
              .formatted(root.path()));
    }
    for (int series = 0; series < MOST_SERIES; series++) {
      if (!Files.isDirectory(root.path().resolve(Integer.toString(series)))) {
        break;
      }
      addImages(root.child(Integer.toString(series)), "series " + (series + 1), images);
    }
    return images;
  }

  /** Version 0.5 has an object for what older ones state among the other attributes. */
  private static JsonObject ome(ZarrFolder folder) throws IOException {
    JsonObject attributes = ZarrMetadata.attributes(folder);
    return attributes.get("ome") instanceof JsonObject inner ? inner : attributes;
  }

  private static void addImages(ZarrFolder group, String series, List<OmeZarrImage> images)
      throws IOException {
    String source = group.path().toString();
    JsonFields ome = JsonFields.ofForeign(ome(group), source);
    JsonFields attributes = JsonFields.ofForeign(ZarrMetadata.attributes(group), source);
    List<JsonFields> multiscales = ome.foreignObjects("multiscales");
    if (multiscales.isEmpty()) {
      throw ome.refused("multiscales", "is empty, so there is no image");
    }
    // Others are the same image, made smaller in another way.
    JsonFields first = multiscales.get(0);
    List<JsonFields> datasets = first.foreignObjects("datasets");
    if (datasets.isEmpty()) {
      throw first.refused("datasets", "is empty, so there is no image");
    }
    ZarrFolder array = group.child(datasets.get(0).text("path", MOST_TEXT));
    ZarrArray.Layout layout = ZarrMetadata.array(array);
    List<String> names = axisNames(first, layout.shape().length);
    ZarrArray.Axes axes =
        new ZarrArray.Axes(names.indexOf("c"), names.indexOf("y"), names.indexOf("x"));
    int[] counts = new int[names.size()];
    Arrays.fill(counts, 1);
    double total = images.size();
    for (int d = 0; d < counts.length; d++) {
      if (d != axes.band() && d != axes.y() && d != axes.x()) {
        counts[d] = layout.shape()[d];
      }
    }
    total += Arrays.stream(counts).asDoubleStream().reduce(1, (a, b) -> a * b);
    if (total > MOST_IMAGES) {
      throw first.refused(
          "axes", "hold %.0f images; at most %d are read".formatted(total, MOST_IMAGES));
    }
    Optional<JsonFields> about =
        attributes.isObject(OmeZarrAttributes.KEY)
            ? Optional.of(attributes.foreignObject(OmeZarrAttributes.KEY))
            : Optional.empty();
    List<String> labels = labels(ome);
    int[] start = new int[counts.length];
    int d = counts.length;
    while (d >= 0) {
      images.add(
          new OmeZarrImage(
              array,
              layout,
              axes,
              start.clone(),
              labels,
              about,
              name(series, names, counts, start)));
      for (d = counts.length - 1; d >= 0 && ++start[d] == counts[d]; d--) {
        start[d] = 0;
      }
    }
  }

  private static String name(String series, List<String> axes, int[] counts, int[] start) {
    List<String> parts = new ArrayList<>();
    if (!series.isEmpty()) {
      parts.add(series);
    }
    for (int d = 0; d < counts.length; d++) {
      if (counts[d] > 1) {
        String axis =
            switch (axes.get(d)) {
              case "t" -> "time";
              case "z" -> "focal plane";
              default -> axes.get(d);
            };
        parts.add(axis + " " + (start[d] + 1));
      }
    }
    return parts.isEmpty() ? "image" : String.join(", ", parts);
  }

  /** Names in lower case, the channel's always {@code c}. */
  private static List<String> axisNames(JsonFields multiscale, int rank) {
    List<String> names = new ArrayList<>();
    if (multiscale.isNull("axes")) {
      names.addAll(UNNAMED);
    } else if (multiscale.isListOfTexts("axes")) {
      names.addAll(multiscale.texts("axes", MOST_TEXT));
    } else {
      for (JsonFields axis : multiscale.foreignObjects("axes")) {
        boolean channel = axis.plainText("type", MOST_TEXT).equals(Optional.of("channel"));
        names.add(channel ? "c" : axis.text("name", MOST_TEXT).toLowerCase(Locale.ROOT));
      }
    }
    if (names.size() != rank
        || !names.containsAll(List.of("y", "x"))
        || names.stream().distinct().count() != rank) {
      throw multiscale.refused(
          "axes",
          "name %s, but the array has %d axes, of which one has to be y and one x"
              .formatted(names, rank));
    }
    return names;
  }

  private static List<String> labels(JsonFields ome) {
    if (!ome.isObject("omero") || !ome.foreignObject("omero").isList("channels")) {
      return List.of();
    }
    return ome.foreignObject("omero").foreignObjects("channels").stream()
        .map(channel -> channel.plainText("label", MOST_TEXT).orElse(""))
        .toList();
  }
}
