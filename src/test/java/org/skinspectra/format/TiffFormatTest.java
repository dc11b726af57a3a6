package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Prefs;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ShortProcessor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.CubeImages;
import org.skinspectra.cube.Msi;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class TiffFormatTest {

  @TempDir Path folder;

  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(5, 3, Wavelengths.VIS_NIR);
    for (int band = 0; band < cube.bands(); band++) {
      for (int i = 0; i < 15; i++) {
        cube.plane(band)[i] = band / 100f + i / 1000f;
      }
    }
    cube.plane(3)[4] = Float.NaN;
    cube.plane(60)[14] = -0.25f;
    return cube.withProvenance(Map.of("model", "µ-test"));
  }

  private static void assertSameCube(SpectralCube expected, SpectralCube actual) {
    assertEquals(expected.width(), actual.width());
    assertEquals(expected.height(), actual.height());
    assertEquals(expected.wavelengths(), actual.wavelengths());
    assertEquals(expected.provenance(), actual.provenance());
    for (int band = 0; band < expected.bands(); band++) {
      assertArrayEquals(expected.plane(band), actual.plane(band));
    }
  }

  private Path written() {
    Path file = folder.resolve("cube.tif");
    CubeFiles.write(cube(), file);
    return file;
  }

  @Test
  void aWrittenCubeIsReadAgainWithWavelengthsAndProvenance() {
    assertSameCube(cube(), CubeFiles.readCube(written()));
  }

  @Test
  void theBytesDoNotDependOnImageJsPreferredByteOrder() throws IOException {
    boolean preferred = Prefs.intelByteOrder;
    try {
      Prefs.intelByteOrder = false;
      byte[] big = Files.readAllBytes(written());
      assertFalse(Prefs.intelByteOrder, "the preference stays the user's");
      Prefs.intelByteOrder = true;
      assertArrayEquals(Files.readAllBytes(written()), big);
    } finally {
      Prefs.intelByteOrder = preferred;
    }
  }

  @Test
  void imagejOpensItAsLabelledChannelsInGrey() {
    ImagePlus image = new Opener().openImage(written().toString());
    assertEquals(61, image.getNChannels());
    assertFalse(image instanceof CompositeImage);
    assertEquals("550 nm", image.getStack().getSliceLabel(16));
    assertEquals(32, image.getBitDepth());
    assertEquals(0.6, image.getDisplayRangeMax(), 0.05);
    assertSameCube(cube(), CubeImages.toCube(image));
  }

  @Test
  void wavelengthsAreFoundAgainAfterImageJOpenedAndSavedTheFile() {
    ImagePlus image = new Opener().openImage(written().toString());
    Path again = folder.resolve("again.tif");
    assertTrue(new FileSaver(image).saveAsTiffStack(again.toString()));
    assertSameCube(cube(), CubeFiles.readCube(again));
  }

  @Test
  void anImageOfACubeSavedByImageJIsTheSameFileToUs() {
    Path file = folder.resolve("image.tif");
    assertTrue(new FileSaver(CubeImages.toImage("cube", cube())).saveAsTiffStack(file.toString()));
    assertSameCube(cube(), CubeFiles.readCube(file));
  }

  @Test
  void theInfoAloneIsEnough() {
    ImagePlus image = CubeImages.toImage("cube", cube());
    for (int i = 1; i <= 61; i++) {
      image.getStack().setSliceLabel(null, i);
    }
    Path file = folder.resolve("info.tif");
    assertTrue(new FileSaver(image).saveAsTiffStack(file.toString()));
    assertSameCube(cube(), CubeFiles.readCube(file));
  }

  @Test
  void oneBandIsAStackToo() {
    SpectralCube one = SpectralCube.ofPlanes(2, 1, Wavelengths.of(960), new float[] {0.5f, 0.25f});
    Path file = folder.resolve("one.tif");
    CubeFiles.write(one, file);
    assertSameCube(one, CubeFiles.readCube(file));
    assertSameCube(one, CubeImages.toCube(new Opener().openImage(file.toString())));
  }

  @Test
  void multispectralImagesGoBothWays() {
    for (int channels : new int[] {3, 4}) {
      float[] pixels = new float[2 * 3 * channels];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = i;
      }
      Path file = folder.resolve("msi.tif");
      CubeFiles.write(new Msi(2, 3, channels, pixels), file);
      assertArrayEquals(pixels, CubeFiles.readMsi(file).pixels());
      assertEquals("R", new Opener().openImage(file.toString()).getStack().getSliceLabel(1));
    }
  }

  @Test
  void aTiffWithOneDirectoryPerPlaneAndLittleEndianStripsIsRead() throws IOException {
    float[][] planes = {{1, 2, 3, 4}, {5, 6, 7, 8}};
    Path file = Files.write(folder.resolve("other.tif"), stripped(planes));
    SpectralCube cube =
        CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(500, 600)));
    assertArrayEquals(planes[0], cube.plane(0));
    assertArrayEquals(planes[1], cube.plane(1));
  }

  /** Planes of 2x2 pixels in two strips each, the second strip before the first. */
  private static byte[] stripped(float[][] planes) {
    int directory = 2 + 9 * 12 + 4;
    int block = directory + 2 * 8 + 16;
    ByteBuffer out =
        ByteBuffer.allocate(8 + planes.length * block).order(java.nio.ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 'I').put((byte) 'I').putShort((short) 42).putInt(8);
    for (int i = 0; i < planes.length; i++) {
      int start = 8 + i * block;
      int offsets = start + directory;
      int data = offsets + 16;
      out.putShort((short) 9);
      int[][] entries = {
        {256, 4, 1, 2},
        {257, 4, 1, 2},
        {258, 3, 1, 32},
        {259, 3, 1, 1},
        {273, 4, 2, offsets},
        {277, 3, 1, 1},
        {278, 3, 1, 1},
        {279, 4, 2, offsets + 8},
        {339, 3, 1, 3}
      };
      for (int[] entry : entries) {
        out.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]).putInt(entry[3]);
      }
      out.putInt(i + 1 < planes.length ? start + block : 0);
      out.putInt(data + 8).putInt(data).putInt(8).putInt(8);
      float[] p = planes[i];
      out.putFloat(p[2]).putFloat(p[3]).putFloat(p[0]).putFloat(p[1]);
    }
    return out.array();
  }

  @Test
  void integersThatImageJCalibratesAreReflectance() throws IOException {
    ShortProcessor shorts = new ShortProcessor(2, 1);
    shorts.set(0, 0, 100);
    shorts.set(1, 0, 65_535);
    ByteProcessor bytes = new ByteProcessor(2, 1);
    bytes.set(1, 0, 255);
    Path file = folder.resolve("calibrated.tif");
    ReadOptions green = ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(550));

    ImagePlus image = new ImagePlus("s", shorts);
    image
        .getCalibration()
        .setFunction(Calibration.STRAIGHT_LINE, new double[] {-0.01, 1e-4}, "reflectance");
    assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
    assertArrayEquals(new float[] {0, 6.5435f}, CubeFiles.readCube(file, green).plane(0), 1e-6f);

    image = new ImagePlus("b", bytes);
    double[] parabola = {0.25, 0.5e-2, 1e-5};
    image.getCalibration().setFunction(Calibration.POLY2, parabola, "reflectance");
    assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
    float[] expected = {0.25f, (float) (0.25 + 0.5e-2 * 255 + 1e-5 * 255 * 255)};
    assertArrayEquals(expected, CubeFiles.readCube(file, green).plane(0), 1e-6f);
    ImagePlus opened = new Opener().openImage(file.toString());
    assertEquals(expected[1], opened.getCalibration().getCValue(255), 1e-6);

    image = new ImagePlus("signed", shorts);
    image.getCalibration().setSigned16BitCalibration();
    assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
    assertMessage(file, "without a calibration");
  }

  @Test
  void slicesAndTimesOfAHyperstackAreImagesAndItsChannelsBands() throws IOException {
    ImageStack stack = new ImageStack(1, 1);
    for (int i = 0; i < 12; i++) {
      stack.addSlice(i % 3 == 0 ? "450 nm" : i % 3 == 1 ? "550 nm" : "650 nm", new float[] {i});
    }
    ImagePlus image = new ImagePlus("h", stack);
    image.setDimensions(3, 2, 2);
    image.setOpenAsHyperStack(true);
    Path file = folder.resolve("h.tif");
    assertTrue(new FileSaver(image).saveAsTiffStack(file.toString()));
    SpectralCube third = CubeFiles.readCube(file, ReadOptions.DEFAULT.withImage(3));
    assertEquals(Wavelengths.of(450, 550, 650), third.wavelengths());
    assertEquals(6, third.plane(0)[0]);
    assertEquals(8, third.plane(2)[0]);
    assertMessage(file, "4 images: 1 (slice 1, time 1), 2 (slice 2, time 1), 3 (slice 1, time 2)");
  }

  @Test
  void aPlaneOfAStackAndARegionOfItAreReadWithoutTheRest() throws IOException {
    Path file = written();
    byte[] bytes = Files.readAllBytes(file);
    // What lies behind band 30 is cut off after the file was opened.
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      long first = TiffDirectories.decode(file)[0].getOffset();
      Files.write(file, Arrays.copyOf(bytes, (int) first + 31 * 15 * 4));
      float[][] planes = new float[1][2];
      source.readRegion(29, new PixelRegion(1, 2, 2, 1), planes);
      assertArrayEquals(Arrays.copyOfRange(cube().plane(29), 11, 13), planes[0]);
      assertThrows(SkinSpectraException.class, () -> source.readBands(60, new float[1][15]));
    }
  }

  @Test
  void imagesOfOtherTypesAreRefusedWithAWayOut() {
    for (ImagePlus image :
        new ImagePlus[] {
          new ImagePlus("a", new ByteProcessor(2, 2)), new ImagePlus("b", new ShortProcessor(2, 2))
        }) {
      Path file = folder.resolve("i.tif");
      assertTrue(new FileSaver(image).saveAsTiff(file.toString()));
      assertMessage(file, "32-bit reflectance is needed", "Image>Type>32-bit");
    }
  }

  @Test
  void cubesWithoutWavelengthsAskForThem() {
    ImageStack stack = new ImageStack(2, 2);
    stack.addSlice(null, new float[4]);
    stack.addSlice(null, new float[4]);
    Path file = folder.resolve("u.tif");
    assertTrue(new FileSaver(new ImagePlus("u", stack)).saveAsTiffStack(file.toString()));
    assertMessage(file, "2 bands", "--wavelengths");
  }

  @Test
  void aCutFileIsRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] whole = Files.readAllBytes(written());
    Path cut = folder.resolve("cut.tif");
    // The metadata come first, so that a cut file still announces all its planes.
    Files.write(cut, Arrays.copyOf(whole, whole.length - 61 * 15 * 4));
    assertMessage(cut, "cut.tif");
  }

  @Test
  void compressionsWithLossAreRefusedByNumber() throws IOException {
    byte[] bytes = stripped(new float[][] {{1, 2, 3, 4}});
    bytes[8 + 2 + 3 * 12 + 8] = 7;
    assertMessage(Files.write(folder.resolve("c.tif"), bytes), "compression 7");
  }

  @Test
  void aBigTiffThatEndsAfterItsHeaderIsRefused() throws IOException {
    Path big = Files.write(folder.resolve("b.tif"), new byte[] {'M', 'M', 0, 43, 0, 8, 0, 0, 0, 0});
    assertMessage(big, "it ends before");
  }

  @Test
  void directoriesInARingAreRefused() throws IOException {
    byte[] bytes = stripped(new float[][] {{1, 2, 3, 4}});
    bytes[8 + 2 + 9 * 12] = 8;
    assertMessage(Files.write(folder.resolve("r.tif"), bytes), "ring");
  }

  @Test
  void aMapIsWrittenWithItsNameAndUnit() {
    Path file = folder.resolve("map.tif");
    PlaneFiles.write(new float[] {0.1f, Float.NaN}, 2, 1, "spectral angle", "rad", file);
    ImagePlus image = new Opener().openImage(file.toString());
    assertArrayEquals(
        new float[] {0.1f, Float.NaN},
        (float[]) ((FloatProcessor) image.getProcessor()).getPixels());
    assertEquals("rad", image.getCalibration().getValueUnit());
    assertEquals("spectral angle (rad)", image.getStack().getSliceLabel(1));
    assertThrows(
        IllegalArgumentException.class, () -> PlaneFiles.write(new float[3], 2, 1, "a", "b", file));
  }

  @Test
  void nothingIsLeftWhenWritingFailsAndTooMuchIsRefused() throws IOException {
    Path file = folder.resolve("cube.tif");
    assertThrows(
        SkinSpectraException.class,
        () -> new TiffFormat().write(new FullDisk(), file, WriteOptions.DEFAULT));
    CubeSource huge =
        new CubeSource() {
          @Override
          public int width() {
            return 40_000;
          }

          @Override
          public int height() {
            return 30_000;
          }

          @Override
          public int bands() {
            return 61;
          }

          @Override
          public void readBands(int first, float[][] planes) {
            throw new AssertionError("read before the size was checked");
          }
        };
    String message =
        assertThrows(
                SkinSpectraException.class,
                () -> new TiffFormat().write(huge, file, WriteOptions.DEFAULT))
            .getMessage();
    assertTrue(message.contains("4 GB") && message.contains(".hdr"), message);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  private static void assertMessage(Path file, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
