package org.skinspectra.session;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import ome.units.UNITS;
import ome.units.quantity.Length;
import ome.units.quantity.Time;
import ome.xml.model.Channel;
import ome.xml.model.Detector;
import ome.xml.model.DetectorSettings;
import ome.xml.model.Image;
import ome.xml.model.Instrument;
import ome.xml.model.MapAnnotation;
import ome.xml.model.MapPair;
import ome.xml.model.OME;
import ome.xml.model.Pixels;
import ome.xml.model.Plane;
import ome.xml.model.StructuredAnnotations;
import ome.xml.model.TiffData;
import ome.xml.model.enums.DimensionOrder;
import ome.xml.model.primitives.NonNegativeInteger;
import ome.xml.model.primitives.PositiveInteger;
import ome.xml.model.primitives.Timestamp;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.FrameTags;
import org.skinspectra.cube.PixelType;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The OME-XML of a frame (OME schema 2016-06): one image of one plane, with what OME has a place
 * for, and in two map annotations whatever else there is: {@link #FRAME} holds which frame of which
 * session it is, exactly, and {@link #TAGS} all tags of the camera.
 *
 * <p>The text is ASCII: other characters are written as character references, and those that XML
 * cannot hold as <code>&#92;uXXXX</code>.
 */
final class OmeXml {

  static final String FRAME = "skinspectra.org/frame";
  static final String TAGS = "skinspectra.org/tags";

  private static final int LONGEST_TEXT = 16 << 20;
  private static final NonNegativeInteger ZERO = new NonNegativeInteger(0);
  private static final PositiveInteger ONE = new PositiveInteger(1);

  /** What XML 1.0 has no place for, and the beginning of our own escapes. */
  private static final Pattern UNWRITABLE =
      Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]|\\\\(?=u)");

  private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

  private OmeXml() {}

  /** What a frame's text says. */
  record Content(
      FrameIdentity identity, FrameTags tags, PixelType type, int width, int height, int bits) {

    static Content of(Frame frame, FrameIdentity identity) {
      return new Content(
          identity, frame.tags(), frame.type(), frame.width(), frame.height(), frame.bits());
    }

    /**
     * SHA-256 of all that the two annotations say and of the counts.
     *
     * @param samples as they are delivered, little endian, what is unused being 0
     */
    String sha256(ByteBuffer samples) {
      StringBuilder text = new StringBuilder();
      for (Map<String, String> map : List.of(values(this), tags.all())) {
        map.forEach((key, value) -> text.append(key).append('\0').append(value).append('\0'));
        text.append('\0');
      }
      return Sha256.of(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8)), samples);
    }
  }

  /** A text, and the SHA-256 that it says of itself and of the counts. */
  record Signed(Content content, String sha256) {}

  // -- Writing --

  /**
   * The text of a frame.
   *
   * @param sha256 of the frame, see {@link Content#sha256}
   * @param fileName of the file that it is stored in
   */
  static byte[] write(
      Frame frame, FrameIdentity identity, String sha256, ChannelOptics optics, String fileName) {
    OME ome = new OME();
    ome.setCreator("Skin Spectra " + SoftwareVersion.text());
    String uuid = "urn:uuid:" + fileUuid(identity);
    ome.setUUID(uuid);

    Detector detector = new Detector();
    detector.setID("Detector:0:0");
    detector.setModel(escaped(frame.tags().camera()));
    Instrument instrument = new Instrument();
    instrument.setID("Instrument:0");
    instrument.addDetector(detector);
    ome.addInstrument(instrument);

    MapAnnotation frameMap =
        map("Annotation:0", FRAME, signed(Content.of(frame, identity), sha256));
    MapAnnotation tagMap = map("Annotation:1", TAGS, frame.tags().all());
    StructuredAnnotations annotations = new StructuredAnnotations();
    annotations.addMapAnnotation(frameMap);
    annotations.addMapAnnotation(tagMap);
    ome.setStructuredAnnotations(annotations);

    Image image = new Image();
    image.setID("Image:0");
    image.setName(fileName);
    image.setAcquisitionDate(
        new Timestamp(
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS")
                .format(identity.created().withOffsetSameInstant(ZoneOffset.UTC))));
    image.linkInstrument(instrument);
    image.linkAnnotation(frameMap);
    image.linkAnnotation(tagMap);
    image.setPixels(pixels(frame, identity, optics, detector, uuid, fileName));
    ome.addImage(image);
    return serialized(ome);
  }

  private static Pixels pixels(
      Frame frame,
      FrameIdentity identity,
      ChannelOptics optics,
      Detector detector,
      String uuid,
      String fileName) {
    PixelType type = frame.type();
    Pixels pixels = new Pixels();
    pixels.setID("Pixels:0");
    pixels.setDimensionOrder(DimensionOrder.XYCZT);
    pixels.setType(
        switch (type.bytesPerSample()) {
          case 1 -> ome.xml.model.enums.PixelType.UINT8;
          case 2 -> ome.xml.model.enums.PixelType.UINT16;
          default -> ome.xml.model.enums.PixelType.FLOAT;
        });
    if (frame.bits() > 0) {
      pixels.setSignificantBits(new PositiveInteger(frame.bits()));
    }
    pixels.setSizeX(new PositiveInteger(frame.width()));
    pixels.setSizeY(new PositiveInteger(frame.height()));
    pixels.setSizeZ(ONE);
    pixels.setSizeC(new PositiveInteger(type.channels()));
    pixels.setSizeT(ONE);
    optics
        .pixelSizeUm()
        .ifPresent(
            um -> {
              pixels.setPhysicalSizeX(new Length(um, UNITS.MICROMETER));
              pixels.setPhysicalSizeY(new Length(um, UNITS.MICROMETER));
            });

    Channel channel = new Channel();
    channel.setID("Channel:0:0");
    channel.setName(escaped(frame.tags().channel()));
    channel.setSamplesPerPixel(new PositiveInteger(type.channels()));
    optics
        .wavelengthNm()
        .ifPresent(nm -> channel.setEmissionWavelength(new Length(nm, UNITS.NANOMETER)));
    DetectorSettings settings = new DetectorSettings();
    settings.setID("Detector:0:0");
    settings.setDetector(detector);
    settings.setGain(frame.tags().gain());
    channel.setDetectorSettings(settings);
    pixels.addChannel(channel);

    ome.xml.model.UUID file = new ome.xml.model.UUID();
    file.setFileName(fileName);
    file.setValue(uuid);
    TiffData data = new TiffData();
    data.setIFD(ZERO);
    data.setFirstZ(ZERO);
    data.setFirstC(ZERO);
    data.setFirstT(ZERO);
    data.setPlaneCount(ONE);
    data.setUUID(file);
    pixels.addTiffData(data);

    Plane plane = new Plane();
    plane.setTheZ(ZERO);
    plane.setTheC(ZERO);
    plane.setTheT(ZERO);
    plane.setExposureTime(new Time(frame.tags().exposureMs(), UNITS.MILLISECOND));
    Duration since = Duration.between(identity.created().toInstant(), frame.tags().taken());
    plane.setDeltaT(new Time(since.toNanos() * 1e-9, UNITS.SECOND));
    pixels.addPlane(plane);
    return pixels;
  }

  /** The same for the same frame, so that files do not depend on chance. */
  private static UUID fileUuid(FrameIdentity identity) {
    return UUID.nameUUIDFromBytes(
        (identity.session() + "/" + identity.number()).getBytes(StandardCharsets.US_ASCII));
  }

  private static Map<String, String> signed(Content content, String sha256) {
    Map<String, String> map = values(content);
    map.put("sha256", sha256);
    return map;
  }

  private static Map<String, String> values(Content content) {
    FrameIdentity identity = content.identity();
    Map<String, String> map = new TreeMap<>();
    map.put("session", identity.session().toString());
    map.put("created", identity.created().toString());
    map.put("number", Integer.toString(identity.number()));
    map.put("kind", identity.kind().key());
    map.put("timePoint", Integer.toString(identity.timePoint()));
    map.put("repetition", Integer.toString(identity.repetition()));
    identity.copiedFrom().ifPresent(from -> map.put("copiedFrom", from));
    map.put("channel", content.tags().channel());
    map.put("camera", content.tags().camera());
    map.put("exposureMs", Double.toString(content.tags().exposureMs()));
    map.put("gain", Double.toString(content.tags().gain()));
    map.put("taken", content.tags().taken().toString());
    map.put("pixelType", content.type().key());
    map.put("width", Integer.toString(content.width()));
    map.put("height", Integer.toString(content.height()));
    map.put("bits", Integer.toString(content.bits()));
    return map;
  }

  private static MapAnnotation map(String id, String namespace, Map<String, String> values) {
    List<MapPair> pairs = new ArrayList<>();
    values.forEach((key, value) -> pairs.add(new MapPair(escaped(key), escaped(value))));
    MapAnnotation annotation = new MapAnnotation();
    annotation.setID(id);
    annotation.setNamespace(namespace);
    annotation.setValue(pairs);
    return annotation;
  }

  private static byte[] serialized(OME ome) {
    try {
      Document document = builder().newDocument();
      document.appendChild(ome.asXMLElement(document));
      // Not whichever factory is on the class path: in Fiji there are several.
      Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.ENCODING, "US-ASCII");
      ByteArrayOutputStream text = new ByteArrayOutputStream(4096);
      transformer.transform(new DOMSource(document), new StreamResult(text));
      return text.toByteArray();
    } catch (ParserConfigurationException | TransformerException e) {
      throw new IllegalStateException("Java cannot write XML here.", e);
    }
  }

  private static String escaped(String text) {
    return UNWRITABLE
        .matcher(text)
        .replaceAll(
            found -> Matcher.quoteReplacement("\\u%04x".formatted((int) found.group().charAt(0))));
  }

  private static String unescaped(String text) {
    return ESCAPED
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    Character.toString((char) Integer.parseInt(found.group(1), 16))));
  }

  // -- Reading --

  /**
   * Reads the text of a frame's file.
   *
   * @throws IOException if it is not such a text, saying what is missing or wrong
   */
  static Signed read(String text) throws IOException {
    if (text == null || text.length() > LONGEST_TEXT) {
      throw new IOException("it holds no OME-XML");
    }
    Element root = parsed(text).getDocumentElement();
    Map<String, String> frame = values(root, FRAME);
    Map<String, String> tags = values(root, TAGS);
    try {
      PixelType type = pixelType(frame.get("pixelType"));
      FrameIdentity identity =
          new FrameIdentity(
              UUID.fromString(required(frame, "session")),
              OffsetDateTime.parse(required(frame, "created")),
              whole(frame, "number", 1, Integer.MAX_VALUE),
              kind(frame.get("kind")),
              whole(frame, "timePoint", 0, Integer.MAX_VALUE),
              whole(frame, "repetition", 0, Integer.MAX_VALUE),
              Optional.ofNullable(frame.get("copiedFrom")));
      FrameTags all =
          new FrameTags(
              required(frame, "channel"),
              required(frame, "camera"),
              Double.parseDouble(required(frame, "exposureMs")),
              Double.parseDouble(required(frame, "gain")),
              Instant.parse(required(frame, "taken")),
              tags);
      return new Signed(
          new Content(
              identity,
              all,
              type,
              whole(frame, "width", 1, Integer.MAX_VALUE),
              whole(frame, "height", 1, Integer.MAX_VALUE),
              whole(frame, "bits", type.maxBits() == 0 ? 0 : 1, type.maxBits())),
          required(frame, "sha256"));
    } catch (IllegalArgumentException | DateTimeException e) {
      throw new IOException("its OME-XML is wrong: " + e.getMessage(), e);
    }
  }

  private static Map<String, String> values(Element root, String namespace) throws IOException {
    NodeList annotations = root.getElementsByTagNameNS("*", "MapAnnotation");
    for (int i = 0; i < annotations.getLength(); i++) {
      Element annotation = (Element) annotations.item(i);
      if (annotation.getAttribute("Namespace").equals(namespace)) {
        Map<String, String> values = new TreeMap<>();
        NodeList pairs = annotation.getElementsByTagNameNS("*", "M");
        for (int k = 0; k < pairs.getLength(); k++) {
          Element pair = (Element) pairs.item(k);
          values.put(unescaped(pair.getAttribute("K")), unescaped(pair.getTextContent()));
        }
        return values;
      }
    }
    throw new IOException("its OME-XML has no annotation " + namespace);
  }

  private static String required(Map<String, String> map, String key) throws IOException {
    String value = map.get(key);
    if (value == null) {
      throw new IOException("its OME-XML does not say '" + key + "'");
    }
    return value;
  }

  private static int whole(Map<String, String> map, String key, int min, int max)
      throws IOException {
    int value = Integer.parseInt(required(map, key));
    if (value < min || value > max) {
      throw new IOException("its OME-XML says '%s' is %d".formatted(key, value));
    }
    return value;
  }

  private static PixelType pixelType(String key) throws IOException {
    return PixelType.ofKey(key)
        .orElseThrow(
            () -> new IOException("it names the pixel type " + key + ", which there is not"));
  }

  private static FrameKind kind(String key) throws IOException {
    return FrameKind.ofKey(key)
        .orElseThrow(
            () -> new IOException("it names the kind of frame " + key + ", which there is not"));
  }

  private static Document parsed(String text) throws IOException {
    try {
      DocumentBuilder builder = builder();
      builder.setErrorHandler(new Throwing());
      return builder.parse(new InputSource(new StringReader(text)));
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("its OME-XML cannot be read: " + e.getMessage(), e);
    }
  }

  private static DocumentBuilder builder() throws ParserConfigurationException {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    factory.setXIncludeAware(false);
    factory.setExpandEntityReferences(false);
    return factory.newDocumentBuilder();
  }

  /** Without it the parser prints to standard error. */
  private static final class Throwing implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
