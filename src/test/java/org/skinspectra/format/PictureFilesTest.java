package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.cube.ColourImages;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class PictureFilesTest {

  private static final int WIDTH = 5;
  private static final int HEIGHT = 4;
  private static final ReadOptions LINEAR = ReadOptions.DEFAULT.withEncoding(ColourEncoding.LINEAR);

  @TempDir private Path folder;

  private static int value(int x, int y, int channel) {
    return 7 * x + 20 * y + 50 * channel;
  }

  private Path written(BufferedImage image, String name) throws IOException {
    Path file = folder.resolve(name);
    String format = name.substring(name.lastIndexOf('.') + 1);
    assertTrue(ImageIO.write(image, format, file.toFile()), name);
    return file;
  }

  private Path colours(String name) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        image.setRGB(x, y, value(x, y, 0) << 16 | value(x, y, 1) << 8 | value(x, y, 2));
      }
    }
    return written(image, name);
  }

  private Path grey(String name, int type, int factor) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    fill(image.getRaster(), 3, factor);
    return written(image, name);
  }

  private static void fill(WritableRaster raster, int channel, int factor) {
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          raster.setSample(x, y, band, factor * value(x, y, channel + band));
        }
      }
    }
  }

  private static void assertValues(Msi msi, int channels) {
    assertEquals(channels, msi.channels());
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int channel = 0; channel < channels; channel++) {
          assertEquals((float) (value(x, y, channel) / 255.0), msi.get(x, y, channel), 1e-7f);
        }
      }
    }
  }

  private static String refusal(Path file, ReadOptions options) {
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readMsi(file, options))
            .getMessage();
    return message;
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, n.png, 10, 1",
    "a.bmp, n.png, 11, 257",
    "a.tif, n.tif, 10, 1",
    "a.png, n.tif, 11, 257",
    "a.png, n.bmp, 10, 1"
  })
  void coloursAndTheImageOf960NanometresBecomeOneImage(
      String colours, String infrared, int type, int factor) throws IOException {
    ReadOptions options = LINEAR.withInfrared(grey(infrared, type, factor));
    assertValues(CubeFiles.readMsi(colours(colours), options), 4);
  }

  @Test
  void sixteenBitsOfColourAreRead() throws IOException {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(WIDTH, HEIGHT);
    fill(raster, 0, 257);
    Path file = written(new BufferedImage(model, raster, false, null), "a.png");
    assertValues(CubeFiles.readMsi(file, LINEAR), 3);
  }

  @Test
  void aPhotographIsDecodedAsFijisCommandDoes() throws IOException {
    Path file = colours("a.png");
    Msi msi = CubeFiles.readMsi(file, ReadOptions.DEFAULT.withEncoding(ColourEncoding.SRGB));
    ImagePlus open = new ImagePlus("a", new ColorProcessor(ImageIO.read(file.toFile())));
    assertArrayEquals(
        ColourImages.toMsi(open, Optional.empty(), ColourEncoding.SRGB).pixels(), msi.pixels());
  }

  @Test
  void whatTheColoursMeanIsNeverGuessed() throws IOException {
    for (String name : List.of("a.png", "a.bmp", "a.jpg")) {
      String message = refusal(colours(name), ReadOptions.DEFAULT);
      assertTrue(message.contains(name) && message.contains("--encoding srgb"), message);
    }
    ReadOptions infrared =
        ReadOptions.DEFAULT.withInfrared(grey("n.png", BufferedImage.TYPE_BYTE_GRAY, 1));
    for (String name : List.of("a.png", "a.tif")) {
      assertTrue(refusal(colours(name), infrared).contains("--encoding"));
    }
  }

  @Test
  void bandsOfAnyFormatAreLinearAndTakeAnImageOf960NanometresToo() throws IOException {
    float[] pixels = new float[WIDTH * HEIGHT * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i / 64f;
    }
    Path three = folder.resolve("three.hdr");
    CubeFiles.write(new Msi(WIDTH, HEIGHT, 3, pixels), three);
    SpectralCube one = SpectralCube.zeros(WIDTH, HEIGHT, Wavelengths.of(960));
    Arrays.fill(one.plane(0), 0.625f);
    Path infrared = folder.resolve("one.tif");
    CubeFiles.write(one, infrared);
    Msi msi = CubeFiles.readMsi(three, ReadOptions.DEFAULT.withInfrared(infrared));
    assertEquals(pixels[4], msi.get(1, 0, 1));
    assertEquals(0.625f, msi.get(4, 3, 3));
    Path four = folder.resolve("four.hdr");
    CubeFiles.write(msi, four);
    String message = refusal(four, ReadOptions.DEFAULT.withInfrared(infrared));
    assertTrue(message.contains("is another"), message);
  }

  @Test
  void provenanceSaysWhichFilesAndWhichEncoding() throws IOException {
    ReadOptions options = LINEAR.withInfrared(grey("n.png", BufferedImage.TYPE_BYTE_GRAY, 1));
    try (CubeSource source = CubeFiles.open(colours("a.png"), options)) {
      assertEquals("linear of a.png", source.provenance().get("colours"));
      assertEquals("of n.png", source.provenance().get("960 nm"));
      assertEquals(Msi.CHANNEL_NAMES, source.bandNames());
    }
  }

  @Test
  void aGreyPictureIsOneBandAndGreySavedInColoursIsGrey() throws IOException {
    Path grey = grey("n.png", BufferedImage.TYPE_BYTE_GRAY, 1);
    try (CubeSource source = CubeFiles.open(grey, ReadOptions.DEFAULT)) {
      assertEquals(1, source.bands());
      float[][] plane = new float[1][WIDTH * HEIGHT];
      source.readBands(0, plane);
      assertEquals((float) (value(4, 3, 3) / 255.0), plane[0][19]);
    }
    BufferedImage painted = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      painted.setRGB(i % WIDTH, i / WIDTH, value(i % WIDTH, i / WIDTH, 3) * 0x10101);
    }
    Path asColours = written(painted, "m.png");
    assertValues(CubeFiles.readMsi(colours("a.png"), LINEAR.withInfrared(asColours)), 4);
    String message = refusal(colours("a.png"), LINEAR.withInfrared(colours("b.png")));
    assertTrue(message.contains("one grey slice"), message);
  }

  @Test
  void sizesMustAgree() throws IOException {
    Path other = written(new BufferedImage(5, 3, BufferedImage.TYPE_BYTE_GRAY), "n.png");
    String message = refusal(colours("a.png"), LINEAR.withInfrared(other));
    assertTrue(message.contains("5x3") && message.contains("5x4"), message);
  }

  @Test
  void anOpaqueAlphaChannelIsNothingAndATransparentPixelIsRefused() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      int x = i % WIDTH;
      int y = i / WIDTH;
      image.setRGB(x, y, 0xff << 24 | value(x, y, 0) << 16 | value(x, y, 1) << 8 | value(x, y, 2));
    }
    assertValues(CubeFiles.readMsi(written(image, "a.png"), LINEAR), 3);
    image.setRGB(2, 2, 0x7f112233);
    String message = refusal(written(image, "b.png"), LINEAR);
    assertTrue(message.contains("transparent at 1 pixels"), message);
  }

  /** An Exif block of one entry, the orientation. */
  private static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1})
        .putShort((short) 0x112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .array();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 6, 8})
  void aPictureThatIsToBeTurnedIsRefused(int orientation) throws IOException {
    Path jpeg = folder.resolve("t.jpg");
    Path png = folder.resolve("t.png");
    Files.write(jpeg, jpegWith(exif(orientation)));
    Files.write(png, pngWith(exif(orientation)));
    for (Path file : List.of(jpeg, png)) {
      String message = refusal(file, LINEAR);
      assertTrue(message.contains("Exif orientation " + orientation), message);
    }
    Files.write(jpeg, jpegWith(exif(1)));
    Files.write(png, pngWith(exif(1)));
    assertEquals(3, CubeFiles.readMsi(jpeg, LINEAR).channels());
    assertValues(CubeFiles.readMsi(png, LINEAR), 3);
  }

  @Test
  void anExifBlockThatBreaksOffStatesNothing() throws IOException {
    for (int length : new int[] {0, 1, 9, 12, 19}) {
      Path file = folder.resolve("t.jpg");
      Files.write(file, jpegWith(Arrays.copyOf(exif(6), length)));
      assertEquals(ExifOrientation.UPRIGHT, ExifOrientation.of(file), "length " + length);
    }
    Path file = Files.write(folder.resolve("e.jpg"), new byte[] {(byte) 0xff, (byte) 0xd8, 3});
    assertEquals(ExifOrientation.UPRIGHT, ExifOrientation.of(file));
  }

  private byte[] jpegWith(byte[] exif) throws IOException {
    byte[] plain = Files.readAllBytes(colours("plain.jpg"));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 2);
    out.write(new byte[] {(byte) 0xff, (byte) 0xe1, 0, (byte) (8 + exif.length)});
    out.write("Exif\0\0".getBytes(StandardCharsets.ISO_8859_1));
    out.write(exif);
    out.write(plain, 2, plain.length - 2);
    return out.toByteArray();
  }

  private byte[] pngWith(byte[] exif) throws IOException {
    byte[] plain = Files.readAllBytes(colours("plain.png"));
    int afterHeader = 33;
    byte[] named = ByteBuffer.allocate(4 + exif.length).putInt(0x65584966).put(exif).array();
    CRC32 sum = new CRC32();
    sum.update(named);
    return ByteBuffer.allocate(plain.length + exif.length + 12)
        .put(plain, 0, afterHeader)
        .putInt(exif.length)
        .put(named)
        .putInt((int) sum.getValue())
        .put(plain, afterHeader, plain.length - afterHeader)
        .array();
  }

  @Test
  void aJpegThatBreaksOffIsNotFilledWithGrey() throws IOException {
    Path file = colours("a.jpg");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 12));
    String message = refusal(file, LINEAR);
    assertTrue(message.contains("a.jpg is damaged"), message);
  }

  @Test
  void aSmallFileCannotAskForAllMemory() throws IOException {
    Path file = colours("a.png");
    byte[] whole = Files.readAllBytes(file);
    ByteBuffer.wrap(whole).putInt(16, 40_000).putInt(20, 40_000);
    CRC32 sum = new CRC32();
    sum.update(whole, 12, 17);
    ByteBuffer.wrap(whole).putInt(29, (int) sum.getValue());
    Files.write(file, whole);
    String message = refusal(file, LINEAR);
    assertTrue(message.contains("too few for the 40000x40000 pixels"), message);
  }

  @Test
  void aPictureIsOneImageOnly() throws IOException {
    String message = refusal(colours("a.png"), LINEAR.withImage(2));
    assertTrue(message.contains("no image 2"), message);
  }

  @Test
  void theImageOf960NanometresMayBeInAFormatOfFolders() throws IOException {
    SpectralCube one = SpectralCube.zeros(WIDTH, HEIGHT, Wavelengths.of(960));
    Arrays.fill(one.plane(0), 0.375f);
    Path infrared = folder.resolve("n.ome.zarr");
    CubeFiles.write(one, infrared);
    Msi msi = CubeFiles.readMsi(colours("a.png"), LINEAR.withInfrared(infrared));
    assertEquals(0.375f, msi.get(2, 2, 3));
    String message = refusal(infrared, LINEAR);
    assertTrue(message.contains("1 channels"), message);
  }

  @Test
  void oneOfSeveralPicturesIsNotTakenInSilence() throws IOException {
    SpectralCube two = SpectralCube.zeros(WIDTH, HEIGHT, Wavelengths.of(950, 960));
    Path file = folder.resolve("two.tif");
    CubeFiles.write(two, file);
    String message = refusal(colours("a.png"), LINEAR.withInfrared(file));
    assertTrue(message.contains("2 slices"), message);
    assertEquals(Optional.of(true), TiffGlance.of(file).map(TiffGlance::several));
  }
}
