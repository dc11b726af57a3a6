package org.skinspectra.format;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * One image of an OME-XML as it describes itself: planes of focal planes (Z), channels (C) and
 * times (T), and which TIFF directory each is.
 *
 * @param order in which planes follow one another, such as {@code XYCZT}
 */
record OmeImage(
    String name,
    int width,
    int height,
    int slices,
    int times,
    String order,
    List<Channel> channels,
    List<Data> data) {

  private static final int MOST_CHANNELS = 65_535;
  private static final int MOST_COLOUR_CHANNELS = 64;
  private static final long MOST_PLANES = 10_000_000;

  /** A channel; three samples are red, green and blue. */
  record Channel(String name, int samples, OptionalDouble nm) {}

  /**
   * Planes that are consecutive directories of a file.
   *
   * @param first number of the first plane, in the order of the image
   * @param planes how many
   * @param directory number of the first plane's
   * @param file name of the file; blank for the one that the text is in
   * @param uuid of the file; blank where there is none
   */
  record Data(long first, long planes, long directory, String file, String uuid) {}

  /** The images of a document. */
  static List<OmeImage> all(Element root) throws IOException {
    List<OmeImage> images = new ArrayList<>();
    for (Element image : children(root, "Image")) {
      for (Element pixels : children(image, "Pixels")) {
        images.add(of(image, pixels));
      }
    }
    if (images.isEmpty()) {
      throw new IOException("its OME-XML describes no image");
    }
    return images;
  }

  private static OmeImage of(Element image, Element pixels) throws IOException {
    int samples = whole(pixels, "SizeC", 1, MOST_CHANNELS);
    List<Channel> channels = channels(pixels, samples);
    int slices = whole(pixels, "SizeZ", 1, Integer.MAX_VALUE);
    int times = whole(pixels, "SizeT", 1, Integer.MAX_VALUE);
    double planes = (double) slices * times * channels.size();
    if (planes > MOST_PLANES) {
      throw new IOException("its OME-XML announces %.0f planes".formatted(planes));
    }
    String order = pixels.getAttribute("DimensionOrder");
    if (!order.matches("XY(ZCT|ZTC|CZT|CTZ|TZC|TCZ)")) {
      throw new IOException(
          "its OME-XML has the dimension order '%s'".formatted(JsonText.printable(order)));
    }
    OmeImage described =
        new OmeImage(
            name(image),
            whole(pixels, "SizeX", 1, Integer.MAX_VALUE),
            whole(pixels, "SizeY", 1, Integer.MAX_VALUE),
            slices,
            times,
            order,
            channels,
            List.of());
    return described.withData(pixels);
  }

  private static String name(Element image) {
    String name = AsciiXml.unescaped(image.getAttribute("Name")).strip();
    return name.isBlank() ? image.getAttribute("ID") : name;
  }

  private static List<Channel> channels(Element pixels, int samples) throws IOException {
    List<Element> elements = children(pixels, "Channel");
    if (elements.isEmpty()) {
      List<Channel> channels = new ArrayList<>();
      for (int i = 0; i < samples; i++) {
        channels.add(new Channel("", 1, OptionalDouble.empty()));
      }
      return channels;
    }
    if (samples % elements.size() != 0 && elements.stream().noneMatch(OmeImage::hasSamples)) {
      throw new IOException(
          "its OME-XML has %d channels for %d samples".formatted(elements.size(), samples));
    }
    List<Channel> channels = new ArrayList<>();
    int total = 0;
    for (Element element : elements) {
      int own =
          hasSamples(element)
              ? whole(element, "SamplesPerPixel", 1, MOST_CHANNELS)
              : Math.max(1, samples / elements.size());
      channels.add(
          new Channel(
              AsciiXml.unescaped(element.getAttribute("Name")).strip(), own, emission(element)));
      total += own;
    }
    if (total != samples) {
      throw new IOException(
          "its OME-XML has channels of %d samples, but says %d".formatted(total, samples));
    }
    return channels;
  }

  private static boolean hasSamples(Element channel) {
    return channel.hasAttribute("SamplesPerPixel");
  }

  /** The emission wavelength in nm; that is the unit where none is named. */
  private static OptionalDouble emission(Element channel) throws IOException {
    String text = channel.getAttribute("EmissionWavelength").strip();
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    double value = number(text, "EmissionWavelength") * nanometres(channel);
    if (!(value > 0 && value <= 1e6)) {
      throw new IOException("its OME-XML has the emission wavelength " + value + " nm");
    }
    return OptionalDouble.of(value);
  }

  private static double nanometres(Element channel) {
    String unit = channel.getAttribute("EmissionWavelengthUnit").strip();
    return switch (unit) {
      case "", "nm" -> 1;
      // The micro sign and the Greek letter.
      case "\u00b5m", "\u03bcm", "um" -> 1e3;
      case "\u00c5", "\u212b" -> 0.1;
      case "pm" -> 1e-3;
      case "mm" -> 1e6;
      case "cm" -> 1e7;
      case "m" -> 1e9;
      default ->
          throw new SkinSpectraIOException(
              "The OME-XML gives emission wavelengths in '%s', which is not converted to nm; give the wavelengths with --wavelengths, or mend the file."
                  .formatted(JsonText.printable(unit)));
    };
  }

  // -- Planes --

  /** How many planes there are; those of one colour channel are one. */
  private long planes() {
    return (long) slices * times * channels.size();
  }

  /** Number of a plane in the order of the image. */
  long plane(long slice, long channel, long time) {
    long number = 0;
    long stride = 1;
    for (char dimension : order.substring(2).toCharArray()) {
      switch (dimension) {
        case 'Z' -> {
          number += stride * slice;
          stride *= slices;
        }
        case 'C' -> {
          number += stride * channel;
          stride *= channels.size();
        }
        default -> {
          number += stride * time;
          stride *= times;
        }
      }
    }
    return number;
  }

  /** As the OME-TIFF specification says it: what is not given is 0, or all that is left. */
  private OmeImage withData(Element pixels) throws IOException {
    List<Data> described = new ArrayList<>();
    for (Element element : children(pixels, "TiffData")) {
      int channelOfSample = whole(element, "FirstC", 0, MOST_CHANNELS, 0);
      long first =
          plane(
              whole(element, "FirstZ", 0, slices - 1, 0),
              channelNumber(channelOfSample),
              whole(element, "FirstT", 0, times - 1, 0));
      int left = (int) (planes() - first);
      int count = whole(element, "PlaneCount", 0, left, element.hasAttribute("IFD") ? 1 : left);
      List<Element> uuid = children(element, "UUID");
      described.add(
          new Data(
              first,
              count,
              whole(element, "IFD", 0, Integer.MAX_VALUE, 0),
              uuid.isEmpty() ? "" : uuid.get(0).getAttribute("FileName"),
              uuid.isEmpty() ? "" : uuid.get(0).getTextContent().strip()));
    }
    if (described.isEmpty()) {
      described.add(new Data(0, planes(), 0, "", ""));
    }
    return new OmeImage(name, width, height, slices, times, order, channels, described);
  }

  /** FirstC counts samples in some files and channels in others; with one sample it is the same. */
  private int channelNumber(int first) throws IOException {
    if (first >= channels.size() && channels.size() <= MOST_COLOUR_CHANNELS) {
      int sample = 0;
      for (int channel = 0; channel < channels.size(); channel++) {
        if (sample == first) {
          return channel;
        }
        sample += channels.get(channel).samples();
      }
    }
    if (first >= channels.size()) {
      throw new IOException("its OME-XML places a channel %d, which there is not".formatted(first));
    }
    return first;
  }

  /**
   * Where the channels of a focal plane at a time lie, each as the last that is said of it.
   *
   * @throws IOException if one lies nowhere
   */
  List<Data> where(int slice, int time) throws IOException {
    TreeMap<Long, Integer> wanted = new TreeMap<>();
    for (int channel = 0; channel < channels.size(); channel++) {
      wanted.put(plane(slice, channel, time), channel);
    }
    Data[] found = new Data[channels.size()];
    for (int i = data.size() - 1; i >= 0 && !wanted.isEmpty(); i--) {
      Data some = data.get(i);
      Map<Long, Integer> here = wanted.subMap(some.first(), some.first() + some.planes());
      here.forEach(
          (plane, channel) ->
              found[channel] =
                  new Data(
                      plane, 1, some.directory() + plane - some.first(), some.file(), some.uuid()));
      here.clear();
    }
    if (!wanted.isEmpty()) {
      throw new IOException(
          "its OME-XML does not say where channel %d of image %s lies"
              .formatted(wanted.firstEntry().getValue() + 1, JsonText.printable(name)));
    }
    return List.of(found);
  }

  // -- XML --

  static List<Element> children(Element parent, String name) {
    List<Element> children = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getLocalName().equals(name)) {
        children.add(element);
      }
    }
    return children;
  }

  private static int whole(Element element, String attribute, int min, int max, int usual)
      throws IOException {
    return element.hasAttribute(attribute) ? whole(element, attribute, min, max) : usual;
  }

  private static int whole(Element element, String attribute, int min, int max) throws IOException {
    double value = number(element.getAttribute(attribute).strip(), attribute);
    if (!(value >= min && value <= max) || value != Math.rint(value)) {
      throw new IOException(
          "its OME-XML has %s %s, not a whole number from %d to %d"
              .formatted(attribute, JsonText.printable(value), min, max));
    }
    return (int) value;
  }

  private static double number(String text, String attribute) throws IOException {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IOException(
          "its OME-XML has %s '%s', which is no number"
              .formatted(attribute, JsonText.printable(text)),
          e);
    }
  }
}
