package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.Wavelengths;
import org.w3c.dom.Element;

/** Opens one image of an OME-TIFF: one series, one focal plane, one time; all its channels. */
final class OmeTiffSource {

  private static final int LONGEST_TEXT = 32 << 20;
  private static final int MOST_IMAGES = 1_000_000;

  /** A raw frame of a session; see {@code org.skinspectra.session}. */
  private static final String FRAME = "skinspectra.org/frame";

  /** One focal plane at one time of one image. */
  private record Choice(OmeImage image, int slice, int time) {

    String name() {
      String name = image.name();
      if (image.slices() > 1) {
        name += ", slice " + (slice + 1);
      }
      return image.times() > 1 ? name + ", time " + (time + 1) : name;
    }
  }

  private OmeTiffSource() {}

  /** The description of the first image; empty where it has none. */
  static Optional<String> text(TiffFile file) throws IOException {
    return file.text(file.first().description(), LONGEST_TEXT);
  }

  static CubeSource open(Path file, ReadOptions options) throws IOException {
    Element own = document(file);
    Element root = described(file, own);
    refuseFrames(file, root);
    List<Choice> choices = choices(OmeImage.all(root));
    Choice choice =
        choices.get(options.chooseImage(file, choices.stream().map(Choice::name).toList()));
    List<TiffBand> all = bands(file, own.getAttribute("UUID"), choice);
    List<TiffBand> bands = ChannelNames.chosen(file, all, options);
    TiffImage.Kind kind = bands.get(0).image().kind();
    Optional<Double> scale = scale(root);
    Map<String, String> provenance =
        new TreeMap<>(OmeMaps.values(root, OmeCubeXml.PROVENANCE).orElse(Map.of()));
    if (!kind.isFloat() && scale.isEmpty()) {
      provenance.put("values", "numbers as stored, " + kind.text().strip() + ", without a scale");
    }
    TiffSource source =
        TiffSource.of(file, bands, scale(scale), provenance).with(ChannelNames.wavelengths(bands));
    if (bands.equals(all)) {
      Map<String, String> marks = OmeMaps.values(root, OmeCubeXml.BANDS).orElse(Map.of());
      source = source.withMarks(fwhm(marks), badBands(marks));
    }
    boolean named = bands.stream().anyMatch(band -> !band.name().isBlank());
    return named && !ChannelNames.areChosen(all, options) ? source.ofNamedChannels() : source;
  }

  private static Element document(Path file) throws IOException {
    try (TiffFile tiff = TiffFile.open(file)) {
      return AsciiXml.read(text(tiff).orElse("")).getDocumentElement();
    }
  }

  /** The text that describes the images, which a set of several files may keep in another. */
  private static Element described(Path file, Element own) throws IOException {
    List<Element> elsewhere = OmeImage.children(own, "BinaryOnly");
    if (elsewhere.isEmpty()) {
      return own;
    }
    Path companion = sibling(file, elsewhere.get(0).getAttribute("MetadataFile"));
    byte[] head;
    try (InputStream in = Files.newInputStream(companion)) {
      head = in.readNBytes(8);
    }
    if (TiffBounds.startsOne(head)) {
      return document(companion);
    }
    if (Files.size(companion) > LONGEST_TEXT) {
      throw new IOException(
          "%s is larger than the %d bytes that are read"
              .formatted(companion.getFileName(), LONGEST_TEXT));
    }
    return AsciiXml.read(Files.readString(companion)).getDocumentElement();
  }

  private static void refuseFrames(Path file, Element root) {
    if (OmeMaps.values(root, FRAME).isPresent()) {
      throw new SkinSpectraIOException(
          file
              + " is a raw frame of a session: counts of a camera, not reflectance. Calibrate its session and take the picture that comes of it.");
    }
  }

  private static List<Choice> choices(List<OmeImage> images) throws IOException {
    List<Choice> choices = new ArrayList<>();
    for (OmeImage image : images) {
      if ((long) image.slices() * image.times() > MOST_IMAGES - choices.size()) {
        throw new IOException("it holds more than " + MOST_IMAGES + " images");
      }
      for (int time = 0; time < image.times(); time++) {
        for (int slice = 0; slice < image.slices(); slice++) {
          choices.add(new Choice(image, slice, time));
        }
      }
    }
    return choices;
  }

  // -- Planes --

  private static List<TiffBand> bands(Path file, String uuid, Choice choice) throws IOException {
    OmeImage image = choice.image();
    boolean onlyColour = image.channels().stream().filter(c -> c.samples() > 1).count() == 1;
    Map<Path, List<TiffImage>> directories = new HashMap<>();
    List<TiffBand> bands = new ArrayList<>();
    List<OmeImage.Data> places = image.where(choice.slice(), choice.time());
    for (int number = 0; number < image.channels().size(); number++) {
      OmeImage.Data data = places.get(number);
      Path path = fileOf(file, uuid, data);
      if (!directories.containsKey(path)) {
        try (TiffFile tiff = TiffFile.open(path)) {
          directories.put(path, tiff.images());
        }
      }
      List<TiffImage> planes = directories.get(path);
      if (data.directory() >= planes.size()) {
        throw new IOException(
            "its OME-XML places channel %d in image %d of %s, which has %d"
                .formatted(number + 1, data.directory() + 1, path.getFileName(), planes.size()));
      }
      TiffImage plane = planes.get((int) data.directory());
      requireLike(image, image.channels().get(number), plane);
      add(bands, path, image.channels().get(number), plane, onlyColour);
    }
    return bands;
  }

  private static void requireLike(OmeImage image, OmeImage.Channel channel, TiffImage plane)
      throws IOException {
    if (plane.width() != image.width()
        || plane.height() != image.height()
        || plane.samples() != channel.samples()) {
      throw new IOException(
          "its OME-XML states %dx%d pixels of %d samples, but a plane has %dx%d of %d"
              .formatted(
                  image.width(),
                  image.height(),
                  channel.samples(),
                  plane.width(),
                  plane.height(),
                  plane.samples()));
    }
  }

  private static void add(
      List<TiffBand> bands,
      Path file,
      OmeImage.Channel channel,
      TiffImage plane,
      boolean onlyColour) {
    if (channel.samples() == 1) {
      bands.add(new TiffBand(file, plane, 0, name(channel), channel.nm()));
      return;
    }
    for (int sample = 0; sample < channel.samples(); sample++) {
      String name = plane.isRgb() ? "RGB".substring(sample, sample + 1) : "" + (sample + 1);
      bands.add(
          new TiffBand(
              file,
              plane,
              sample,
              plane.isRgb() && onlyColour ? name : (channel.name() + " " + name).strip(),
              OptionalDouble.empty()));
    }
  }

  /** The wavelength names a channel that has no other name. */
  private static String name(OmeImage.Channel channel) {
    return channel.name().isBlank() && channel.nm().isPresent()
        ? Wavelengths.of(channel.nm().getAsDouble()).label(0)
        : channel.name();
  }

  /** The file of a plane: this one, whatever its name is now, or one beside it. */
  private static Path fileOf(Path file, String uuid, OmeImage.Data data) {
    if (data.file().isEmpty()
        || data.file().equals(String.valueOf(file.getFileName()))
        || !uuid.isEmpty() && uuid.equals(data.uuid())) {
      return file;
    }
    return sibling(file, data.file());
  }

  private static Path sibling(Path file, String name) {
    if (!FolderEntry.isPlain(name)) {
      throw new SkinSpectraIOException(
          "%s names '%s' as a file of its set, which is no name of a file beside it."
              .formatted(file, JsonText.printable(name)));
    }
    Path other = file.resolveSibling(name);
    if (!Files.isRegularFile(other)) {
      throw new SkinSpectraIOException(
          "%s is part of a set of files, of which %s is missing beside it. Put the whole set into one folder."
              .formatted(file, JsonText.printable(name)));
    }
    return other;
  }

  // -- Annotations --

  private static Optional<Double> scale(Element root) throws IOException {
    String text = OmeMaps.values(root, OmeCubeXml.SAMPLES).orElse(Map.of()).get(OmeCubeXml.SCALE);
    if (text == null) {
      return Optional.empty();
    }
    double scale = numbers(text)[0];
    if (!(scale > 0 && scale <= Double.MAX_VALUE)) {
      throw new IOException("its scale is " + scale);
    }
    return Optional.of(scale);
  }

  private static TiffSource.Scale scale(Optional<Double> scale) {
    if (scale.isEmpty() || scale.get() == 1) {
      return TiffSource.Scale.NONE;
    }
    double divisor = scale.get();
    return stored -> (float) (stored / divisor);
  }

  private static Optional<double[]> fwhm(Map<String, String> marks) throws IOException {
    return marks.containsKey(OmeCubeXml.FWHM)
        ? Optional.of(numbers(marks.get(OmeCubeXml.FWHM)))
        : Optional.empty();
  }

  private static Optional<boolean[]> badBands(Map<String, String> marks) throws IOException {
    if (!marks.containsKey(OmeCubeXml.BAD)) {
      return Optional.empty();
    }
    double[] numbers = numbers(marks.get(OmeCubeXml.BAD));
    boolean[] bad = new boolean[numbers.length];
    for (int i = 0; i < bad.length; i++) {
      bad[i] = numbers[i] != 0;
    }
    return Optional.of(bad);
  }

  private static double[] numbers(String text) throws IOException {
    try {
      return Arrays.stream(text.split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new IOException("'%s' are no numbers".formatted(JsonText.printable(text)), e);
    }
  }
}
