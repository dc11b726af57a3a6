package org.skinspectra.session;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.io.StringReader;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.PixelType;
import org.skinspectra.format.LocalXmlSchema;

class FrameFileTest {

  private static final FrameIdentity IDENTITY =
      new FrameIdentity(
          UUID.fromString("12345678-1234-1234-1234-123456789abc"),
          OffsetDateTime.parse("2026-11-25T10:29:59.5+01:00"),
          7,
          FrameKind.WHITE,
          3,
          1,
          Optional.of("another session"));
  private static final ChannelOptics OPTICS =
      new ChannelOptics(Optional.of(960.0), Optional.of(12.5));

  @TempDir Path folder;

  private Path write(Frame frame) throws IOException {
    return write(frame, IDENTITY);
  }

  private Path write(Frame frame, FrameIdentity identity) throws IOException {
    FrameFile.Buffer buffer = new FrameFile.Buffer();
    FrameFile.encode(frame, identity, OPTICS, "frame.ome.tif", buffer);
    byte[] bytes = new byte[buffer.content().remaining()];
    buffer.content().get(bytes);
    return Files.write(folder.resolve("frame.ome.tif"), bytes);
  }

  @ParameterizedTest
  @EnumSource
  void everyCountAndEveryTagComesBack(PixelType type) throws IOException {
    for (int[] size : new int[][] {{1, 1}, {5, 3}, {64, 33}}) {
      Frame frame = Frames.random(type, size[0], size[1], "N960", 1);
      FrameFile.Decoded back = FrameFile.read(write(frame));
      assertEquals(frame.bytes(), back.frame().bytes());
      assertEquals(frame.tags(), back.frame().tags());
      assertEquals(type, back.frame().type());
      assertEquals(frame.bits(), back.frame().bits());
      assertEquals(IDENTITY, back.content().identity());
    }
  }

  @Test
  void theUnusedNumberOfAColourPixelComesBackAsZero() throws IOException {
    byte[] samples = {1, 2, 3, 99, 4, 5, 6, -1};
    Frame frame = Frame.of(2, 1, PixelType.BGRA32, 8, samples, Frames.tags("RGB"));
    assertEquals(
        ByteBuffer.wrap(new byte[] {1, 2, 3, 0, 4, 5, 6, 0}),
        FrameFile.read(write(frame)).frame().bytes());
  }

  @ParameterizedTest
  @EnumSource
  void plainImageJOpensItAndShowsTheCounts(PixelType type) throws IOException {
    Frame frame = Frames.random(type, 31, 17, "N960", 2);
    ImagePlus image = new Opener().openImage(write(frame).toString());
    assertEquals(31, image.getWidth());
    assertEquals(17, image.getHeight());
    for (int channel = 0; channel < type.channels(); channel++) {
      float[] expected = frame.plane(channel);
      float[] shown = new float[expected.length];
      for (int i = 0; i < shown.length; i++) {
        int x = i % 31;
        int y = i / 31;
        shown[i] =
            type == PixelType.BGRA32
                ? image.getPixel(x, y)[channel]
                : image.getStack().getProcessor(channel + 1).getf(x, y);
      }
      assertArrayEquals(expected, shown);
    }
    assertEquals(type == PixelType.BGRA64, image instanceof CompositeImage);
    assertTrue(image.getInfoProperty().contains("N960"));
  }

  @ParameterizedTest
  @EnumSource
  void theTextIsValidByTheSchemaOfOme(PixelType type) throws Exception {
    String text = text(Frames.random(type, 4, 3, "N960", 1));
    URL schema = ome.xml.model.OME.class.getResource("/released-schema/2016-06/ome.xsd");
    SchemaFactory factory = SchemaFactory.newDefaultInstance();
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "jar:file,file,http,https");
    factory.setResourceResolver(new LocalXmlSchema());
    Validator validator = factory.newSchema(schema).newValidator();
    validator.validate(new StreamSource(new StringReader(text)));
  }

  @Test
  void theTextSaysWhatOmeHasAPlaceFor() {
    String text = text(Frames.random(PixelType.BGRA64, 4, 3, "N960", 1));
    for (String part :
        new String[] {
          "<AcquisitionDate>2026-11-25T09:29:59.500<",
          "EmissionWavelength=\"960.0\"",
          "EmissionWavelengthUnit=\"nm\"",
          "ExposureTime=\"12.5\"",
          "ExposureTimeUnit=\"ms\"",
          "DeltaT=\"0.623",
          "PhysicalSizeX=\"12.5\"",
          "SizeC=\"3\"",
          "SamplesPerPixel=\"3\"",
          "SignificantBits=\"16\"",
          "Name=\"N960\"",
          "Model=\"N960Cam\"",
          "FileName=\"frame.ome.tif\""
        }) {
      assertTrue(text.contains(part), () -> part + " is missing in " + text);
    }
  }

  private static String text(Frame frame) {
    return new String(
        OmeXml.write(frame, IDENTITY, "0".repeat(64), OPTICS, "frame.ome.tif"),
        StandardCharsets.US_ASCII);
  }

  @Test
  void theSameFrameGivesTheSameBytes() throws IOException {
    Frame frame = Frames.random(PixelType.GRAY16, 4, 3, "N960", 1);
    byte[] first = Files.readAllBytes(write(frame));
    assertArrayEquals(first, Files.readAllBytes(write(frame)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0.5, 0.1, 0})
  void aFileThatIsCutOffIsRefusedByName(double share) throws IOException {
    Path file = write(Frames.random(PixelType.GRAY16, 40, 30, "N960", 1));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
    for (Executable reading :
        new Executable[] {() -> FrameFile.read(file), () -> FrameFile.readContent(file)}) {
      String message = assertThrows(SkinSpectraException.class, reading).getMessage();
      assertTrue(message.contains(file.toString()), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"12.5<", "N960Cam<", "white<", "2026-11-25T09:30:00.1234"})
  void aFileInWhichATagWasAlteredIsRefused(String tag) throws IOException {
    Path file = write(Frames.random(PixelType.GRAY8, 4, 3, "N960", 1));
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    assertTrue(text.contains(tag), text);
    String other = tag.replace("12.5", "72.5").replace("960C", "961C").replace(".12", ".13");
    text = text.replace(tag, other.replace("white", "image"));
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    String message =
        assertThrows(SkinSpectraException.class, () -> FrameFile.read(file)).getMessage();
    assertTrue(message.contains("not those that were stored"), message);
  }

  @Test
  void aTiffWithoutOurTextIsNoFrame() throws IOException {
    Path file = folder.resolve("plain.tif");
    new FileSaver(new ImagePlus("a", new ShortProcessor(4, 3, new short[12], null)))
        .saveAsTiff(file.toString());
    String message =
        assertThrows(SkinSpectraException.class, () -> FrameFile.read(file)).getMessage();
    assertTrue(message.contains("OME-XML"), message);
  }

  @Test
  void aTextWithADoctypeIsRefused() {
    String text =
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><OME>&x;</OME>";
    assertTrue(
        assertThrows(IOException.class, () -> OmeXml.read(text)).getMessage().contains("DOCTYPE"));
  }
}
