package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sinks;

class Matlab5FormatTest {

  @TempDir Path folder;

  /** Numbers that are unlike each other, (y, x, band). */
  private static Matrix matrix(MatlabType type, int height, int width, int bands) {
    Matrix matrix = Mat5.newMatrix(new int[] {height, width, bands}, type);
    for (int i = 0; i < height * width * bands; i++) {
      matrix.setDouble(i, i);
    }
    return matrix;
  }

  private Path written(MatFile file, ByteOrder order, int deflateLevel) throws IOException {
    Path path = folder.resolve("f.mat");
    Files.deleteIfExists(path);
    try (var sink = Sinks.newStreamingFile(path.toFile()).order(order)) {
      Mat5.newWriter(sink).setDeflateLevel(deflateLevel).writeMat(file);
    }
    return path;
  }

  private Path written(MatFile file) throws IOException {
    return written(file, ByteOrder.LITTLE_ENDIAN, Deflater.NO_COMPRESSION);
  }

  private static void assertMessage(Path file, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void everyTypeIsReadInBothByteOrdersPlainAndCompressed() throws IOException {
    for (MatlabType type :
        List.of(
            MatlabType.Double,
            MatlabType.Single,
            MatlabType.Int8,
            MatlabType.UInt8,
            MatlabType.Int16,
            MatlabType.UInt16,
            MatlabType.Int32,
            MatlabType.UInt32,
            MatlabType.Int64,
            MatlabType.UInt64)) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        for (int level : new int[] {Deflater.NO_COMPRESSION, Deflater.BEST_SPEED}) {
          MatFile file = Mat5.newMatFile().addArray("any", matrix(type, 2, 3, 4));
          try (CubeSource source =
              CubeFiles.open(written(file, order, level), ReadOptions.DEFAULT)) {
            assertEquals(
                List.of(3, 2, 4), List.of(source.width(), source.height(), source.bands()));
            float[][] planes = new float[2][6];
            source.readBands(1, planes);
            assertArrayEquals(new float[] {6, 8, 10, 7, 9, 11}, planes[0]);
            assertArrayEquals(new float[] {12, 14, 16, 13, 15, 17}, planes[1]);
          }
        }
      }
    }
  }

  @Test
  void wholeDoublesThatMatlabStoresAsBytesAreNotDividedByAScale() throws IOException {
    // As MATLAB writes zeros(2,3,2,'double') and others of whole numbers: class 6, type miUINT8.
    ByteBuffer element = ByteBuffer.allocate(200).order(ByteOrder.LITTLE_ENDIAN);
    element.putInt(6).putInt(8).putInt(6).putInt(0);
    element.putInt(5).putInt(12).putInt(2).putInt(3).putInt(2).putInt(0);
    element.putShort((short) 1).putShort((short) 1).putInt('c');
    element.putInt(2).putInt(12).put(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -1}).putInt(0);
    Path file = written(Mat5.newMatFile().addArray("scale", Mat5.newScalar(10)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(Files.readAllBytes(file));
    bytes.write(tag(14, element.position()));
    bytes.write(element.array(), 0, element.position());
    Files.write(file, bytes.toByteArray());
    SpectralCube cube =
        CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(1, 2)));
    assertArrayEquals(new float[] {0, 2, 4, 1, 3, 5}, cube.plane(0));
    assertArrayEquals(new float[] {6, 8, 10, 7, 9, 255}, cube.plane(1));
  }

  private static byte[] tag(int type, int bytes) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(type).putInt(bytes).array();
  }

  @Test
  void integersAreDividedByTheScaleOfTheFileWhichMustBeOne() throws IOException {
    MatFile file =
        Mat5.newMatFile()
            .addArray("cube", matrix(MatlabType.UInt16, 1, 2, 1))
            .addArray("scale", Mat5.newScalar(4));
    ReadOptions one = ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(500));
    assertArrayEquals(new float[] {0, 0.25f}, CubeFiles.readCube(written(file), one).plane(0));
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      MatFile wrong =
          Mat5.newMatFile()
              .addArray("cube", matrix(MatlabType.UInt16, 1, 2, 1))
              .addArray("scale", Mat5.newScalar(scale));
      assertMessage(written(wrong), "states the scale " + scale, "'cube'");
    }
  }

  private static Matrix column(double... values) {
    Matrix column = Mat5.newMatrix(values.length, 1);
    for (int i = 0; i < values.length; i++) {
      column.setDouble(i, values[i]);
    }
    return column;
  }

  @Test
  void wavelengthsBesideTheCubeAreThoseOfItsBandsInNanometres() throws IOException {
    for (String name : List.of("wavelengths", "Wavelength", "wl")) {
      for (double[] values : new double[][] {{450, 550.5}, {0.45, 0.5505}}) {
        MatFile file =
            Mat5.newMatFile()
                .addArray("cube", matrix(MatlabType.Single, 2, 2, 2))
                .addArray(name, column(values));
        assertEquals(Wavelengths.of(450, 550.5), CubeFiles.readCube(written(file)).wavelengths());
      }
    }
  }

  @Test
  void wavelengthsOfAnotherCountAreNotHeededAndImpossibleOnesAreRefusedUnlessGiven()
      throws IOException {
    MatFile other =
        Mat5.newMatFile()
            .addArray("cube", matrix(MatlabType.Single, 2, 2, 2))
            .addArray("wavelengths", column(1, 2, 3));
    assertMessage(written(other), "2 bands and does not say their wavelengths");
    MatFile falling =
        Mat5.newMatFile()
            .addArray("cube", matrix(MatlabType.Single, 2, 2, 2))
            .addArray("wavelengths", column(500, 400));
    assertMessage(written(falling), "impossible wavelengths", "--wavelengths");
    Wavelengths given = Wavelengths.of(1, 2);
    assertEquals(
        given,
        CubeFiles.readCube(written(falling), ReadOptions.DEFAULT.withWavelengths(given))
            .wavelengths());
  }

  @Test
  void aProvenanceThatIsNotOursIsNotHeeded() throws IOException {
    for (String text : List.of("", "from the lab", "{\"a\": [1]}", "{")) {
      MatFile file =
          Mat5.newMatFile()
              .addArray("cube", matrix(MatlabType.Single, 2, 2, 61))
              .addArray("provenance", Mat5.newString(text));
      assertEquals(0, CubeFiles.provenance(written(file)).size());
    }
  }

  @Test
  void whatIsNoCubeIsNamedByItsClass() throws IOException {
    Cell cell = Mat5.newCell(1, 2);
    MatFile file =
        Mat5.newMatFile()
            .addArray("c", cell)
            .addArray("s", Mat5.newStruct())
            .addArray("z", Mat5.newComplex(new int[] {2, 2, 2}))
            .addArray("flat", column(1, 2))
            .addArray("text", Mat5.newString("abc"))
            .addArray("mask", Mat5.newLogical(2, 3));
    assertMessage(
        written(file),
        "no numeric 3-D variable",
        "'c' (1x2 cell)",
        "'s' (1x1 struct)",
        "'z' (2x2x2 complex double)",
        "'flat' (2x1 double)",
        "'text' (1x3 char)",
        "'mask' (2x3 logical)");
    assertMessage(written(Mat5.newMatFile()), "It holds no variable");
  }

  @Test
  void severalCubesNeedAChoice() throws IOException {
    MatFile file =
        Mat5.newMatFile()
            .addArray("a", matrix(MatlabType.Double, 1, 1, 61))
            .addArray("b", matrix(MatlabType.Double, 2, 3, 61));
    Path path = written(file);
    assertMessage(path, "'a' (1x1x61 double), 'b' (2x3x61 double)", "--variable NAME");
    assertEquals(3, CubeFiles.readCube(path, ReadOptions.DEFAULT.withVariable("b")).width());
  }

  // -- Damage --

  @Test
  void aFileThatEndsTooEarlySaysWhere() throws IOException {
    byte[] whole =
        Files.readAllBytes(
            written(Mat5.newMatFile().addArray("cube", matrix(MatlabType.Double, 4, 4, 61))));
    Path file = folder.resolve("cut.mat");
    for (int length : new int[] {130, 200, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertMessage(file, "ends within its variable number 1", "cut off");
    }
    Files.write(file, Arrays.copyOf(whole, 120));
    assertMessage(file, "states no byte order");
  }

  @Test
  void aSizeThatTheNumbersDoNotFillIsRefused() throws IOException {
    Path file = written(Mat5.newMatFile().addArray("cube", matrix(MatlabType.Double, 4, 4, 61)));
    byte[] whole = Files.readAllBytes(file);
    for (int dimension = 0; dimension < 3; dimension++) {
      for (int size : new int[] {1, 5, 62, Integer.MAX_VALUE}) {
        byte[] lying = whole.clone();
        ByteBuffer.wrap(lying)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(128 + 8 + 16 + 8 + 4 * dimension, size);
        Files.write(file, lying);
        assertMessage(file, "claims more values");
      }
    }
  }

  /** A cube of zeros that claims a size, and holds 4 MiB of them in 4 KiB. */
  private Path bomb(int claimed) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(packed, new Deflater(Deflater.BEST_COMPRESSION))) {
      int real = 61 * 2000 * 2000 * 8;
      ByteBuffer header = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(14).putInt(real + 64);
      header.putInt(6).putInt(8).putInt(6).putInt(0);
      header.putInt(5).putInt(12).putInt(claimed).putInt(claimed).putInt(61).putInt(0);
      header.putShort((short) 1).putShort((short) 1).putInt('c');
      header.putInt(9).putInt(61 * claimed * claimed * 8);
      out.write(header.array(), 0, header.position());
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 4; i++) {
        out.write(zeros);
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(MatlabHeader.of("5.0", MatlabHeader.VERSION_5));
    bytes.write(tag(15, packed.size()));
    bytes.write(packed.toByteArray());
    return Files.write(folder.resolve("bomb.mat"), bytes.toByteArray());
  }

  @Test
  void whatIsDeflatedCannotClaimMoreThanDeflateCanHold() throws IOException {
    assertMessage(bomb(2000), "claims more values");
    // What it may claim is read only as far as there is something.
    assertMessage(bomb(94), "the data end before their last value");
    assertEquals(90, CubeFiles.size(bomb(90)).width());
  }

  @Test
  void aFlippedBitInDeflatedNumbersIsFoundByTheirChecksum() throws IOException {
    MatFile file = Mat5.newMatFile().addArray("cube", matrix(MatlabType.Double, 9, 9, 61));
    Path path = written(file, ByteOrder.LITTLE_ENDIAN, Deflater.BEST_SPEED);
    byte[] whole = Files.readAllBytes(path);
    whole[whole.length - 1] ^= 1;
    Files.write(path, whole);
    assertMessage(path, "incorrect data check");
  }

  @Test
  void moreVariablesThanAnybodySavesAreRefusedInTime() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Path one = written(Mat5.newMatFile().addArray("a", Mat5.newScalar(1)));
    byte[] variable = Files.readAllBytes(one);
    bytes.write(variable, 0, 128);
    for (int i = 0; i < 10_001; i++) {
      bytes.write(variable, 128, variable.length - 128);
    }
    assertMessage(Files.write(one, bytes.toByteArray()), "more than 10000 variables");
  }

  @Test
  void theFormatIsKnownByItsHeaderWhateverItsText() throws IOException {
    Path file = written(Mat5.newMatFile().addArray("cube", matrix(MatlabType.Single, 1, 2, 61)));
    byte[] whole = Files.readAllBytes(file);
    System.arraycopy("saved by a lab".getBytes(StandardCharsets.US_ASCII), 0, whole, 0, 14);
    Files.write(file, whole);
    assertEquals(2, CubeFiles.readCube(file).width());
    assertEquals(Optional.empty(), MatlabHeader.order(new byte[200], MatlabHeader.VERSION_5));
  }
}
