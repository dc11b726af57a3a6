package org.skinspectra.session;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import ome.units.UNITS;
import ome.units.quantity.Length;
import ome.units.quantity.Time;
import ome.xml.model.Channel;
import ome.xml.model.Detector;
import ome.xml.model.DetectorSettings;
import ome.xml.model.Image;
import ome.xml.model.Instrument;
import ome.xml.model.MapAnnotation;
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
import org.skinspectra.cube.PixelType;
import org.skinspectra.format.AsciiXml;
import org.skinspectra.format.OmeMaps;
import org.w3c.dom.Element;

/**
 * The OME-XML of a frame (OME schema 2016-06): one image of one plane, with what OME has a place
 * for, and in two map annotations whatever else there is: {@link #FRAME} holds which frame of which
 * session it is, exactly, and {@link #TAGS} all tags of the camera.
 */
final class OmeXml {

  static final String FRAME = "skinspectra.org/frame";
  static final String TAGS = "skinspectra.org/tags";

  private static final int LONGEST_TEXT = 16 << 20;
  private static final NonNegativeInteger ZERO = new NonNegativeInteger(0);
  private static final PositiveInteger ONE = new PositiveInteger(1);

  private OmeXml() {}

  /** A text, and the SHA-256 that it says of itself and of the counts. */
  record Signed(FrameMetadata metadata, String sha256) {}

  // -- Writing --

  /**
   * The text of a frame.
   *
   * @param sha256 of the frame, see {@link FrameMetadata#sha256}
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
    detector.setModel(AsciiXml.escaped(frame.tags().camera()));
    Instrument instrument = new Instrument();
    instrument.setID("Instrument:0");
    instrument.addDetector(detector);
    ome.addInstrument(instrument);

    MapAnnotation frameMap =
        OmeMaps.annotation(
            "Annotation:0", FRAME, signed(FrameMetadata.of(frame, identity), sha256));
    MapAnnotation tagMap = OmeMaps.annotation("Annotation:1", TAGS, frame.tags().all());
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
    return AsciiXml.write(ome::asXMLElement);
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
    channel.setName(AsciiXml.escaped(frame.tags().channel()));
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

  private static Map<String, String> signed(FrameMetadata metadata, String sha256) {
    Map<String, String> map = metadata.values();
    map.put("sha256", sha256);
    return map;
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
    Element root = AsciiXml.read(text).getDocumentElement();
    Map<String, String> frame = values(root, FRAME);
    FrameMetadata metadata = FrameMetadata.of(frame, values(root, TAGS));
    return new Signed(metadata, FrameMetadata.required(frame, "sha256"));
  }

  private static Map<String, String> values(Element root, String namespace) throws IOException {
    return OmeMaps.values(root, namespace)
        .orElseThrow(() -> new IOException("its OME-XML has no annotation " + namespace));
  }
}
