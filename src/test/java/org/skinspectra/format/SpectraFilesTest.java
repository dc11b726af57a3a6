package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.spectra.SpectralCsv;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

class SpectraFilesTest {

  @TempDir Path folder;

  private static SpectralTable table() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("arm mean", new double[] {1.0 / 3, 0.5, 0.25});
    columns.put("arm SD", new double[] {0.01, 0.02, 0.03});
    columns.put("back", new double[] {-1e-9, Double.NaN, 7});
    return SpectralTable.of(Wavelengths.of(400.5, 500, 960), "reflectance factor", columns)
        .withProvenance(Map.of("model", "mstpp"));
  }

  static void assertSame(SpectralTable expected, SpectralTable actual) {
    assertEquals(expected.names(), actual.names());
    assertEquals(expected.unit(), actual.unit());
    assertEquals(expected.wavelengths(), actual.wavelengths());
    assertEquals(expected.provenance(), actual.provenance());
    expected.names().forEach(n -> assertArrayEquals(expected.column(n), actual.column(n), n));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s.csv", "s.LONG.csv", "s.sli", "s.hdr", "s.sli.hdr", "s.jdx", "s.dx"})
  void everyKindGivesBackNamesValuesUnitAndProvenance(String name) throws IOException {
    Path file = folder.resolve("new").resolve(name);
    SpectraFiles.requireWritable(file);
    SpectraFiles.write(table(), file);
    assertTrue(SpectraFiles.recognizes(file));
    assertSame(table(), SpectraFiles.read(file));
    try (Stream<Path> files = Files.list(file.getParent())) {
      boolean envi = name.contains("sli") || name.contains("hdr");
      assertEquals(envi ? 2 : 1, files.count());
    }
    if (name.contains("sli")) {
      assertSame(table(), SpectraFiles.read(folder.resolve("new/s.sli")));
    }
  }

  @Test
  void aLibraryIsWrittenWithFloatsWhereTheyHoldEveryValue() throws IOException {
    Path file = folder.resolve("s.sli");
    SpectraFiles.write(
        SpectralTable.of(Wavelengths.of(400, 500), "1/cm", "a, {b}", new double[] {0.1f, 3}), file);
    assertEquals(8, Files.size(file));
    String header = Files.readString(folder.resolve("s.hdr"));
    for (String line :
        List.of(
            "samples = 2",
            "lines = 1",
            "bands = 1",
            "file type = ENVI Spectral Library",
            "data type = 4",
            "z plot titles = {Wavelength (nm), 1/cm}",
            "wavelength units = Nanometers",
            "wavelength = {400.0, 500.0}",
            "spectra names = {a (b)}")) {
      assertTrue(header.lines().anyMatch(line::equals), line + " in\n" + header);
    }
    assertEquals(List.of("a (b)"), SpectraFiles.read(file).names());
  }

  private Path library(String... lines) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(8).order(ByteOrder.BIG_ENDIAN);
    for (int i = 0; i < 4; i++) {
      data.putShort((short) (1000 * i));
    }
    Files.write(folder.resolve("l.sli"), data.array());
    // An image of the same name is another file's.
    Files.write(folder.resolve("l.img"), new byte[1]);
    return Files.writeString(
        folder.resolve("l.hdr"),
        "ENVI\nsamples = 2\nlines = 2\ndata type = 2\ninterleave = bsq\nbyte order = 1\n"
            + "file type = Envi Spectral Library\nreflectance scale factor = 10000\n"
            + String.join("\n", lines));
  }

  @Test
  void aLibraryOfScaledIntegersIsReadWithItsWavelengthsTurnedRound() throws IOException {
    SpectralTable table =
        SpectraFiles.read(
            library(
                "wavelength units = Micrometers",
                "wavelength = {0.96, 0.4}",
                "spectra names = {skin, skin}"));
    assertEquals(List.of("skin", "skin (2)"), table.names());
    assertArrayEquals(new double[] {400, 960}, table.wavelengths().toArray());
    assertArrayEquals(new double[] {0.1, 0}, table.column("skin"));
    assertArrayEquals(new double[] {0.3, 0.2}, table.column("skin (2)"));
    assertEquals(SpectralCsv.UNIT_UNSTATED, table.unit());
    assertEquals(
        List.of("Spectrum 1", "Spectrum 2"),
        SpectraFiles.read(library("wavelength = {400, 410}")).names());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wavelength = {400} | 1 wavelengths for spectra of 2 values",
        "x = y | lacks the wavelengths",
        "wavelength = {400, 400} | wavelengths cannot be used",
        "wavelength = {1e308, 2e308} | wavelengths cannot be used",
        "wavelength = {400, 500}\\nspectra names = {a} | 1 spectra names for 2 spectra",
        "wavelength = {400, 500}\\nbands = 2 | has one band",
        "wavelength = {400, 500}\\nheader offset = 1 | asks for 9",
        "wavelength = {400, 500}\\nheader offset = -1 | whole number from 0",
        "wavelength = {400, 500}\\nlines = 3 | more than once",
      })
  void librariesThatLieAreRefused(String lines, String part) throws IOException {
    Path file = library(lines.strip().replace("\\n", "\n"));
    String message =
        assertThrows(SkinSpectraException.class, () -> SpectraFiles.read(file)).getMessage();
    assertTrue(message.contains(part), message);
  }

  @Test
  void whatIsNoTableIsRefusedNamingThePossibleOnes() throws IOException {
    Path png = Files.write(folder.resolve("a.png"), new byte[] {1, 2, 3});
    assertFalse(SpectraFiles.recognizes(png));
    assertFalse(SpectraFiles.isWritable(png));
    for (Runnable attempt :
        List.<Runnable>of(
            () -> SpectraFiles.read(png),
            () -> SpectraFiles.requireWritable(png),
            () -> SpectraFiles.write(table(), png))) {
      String message = assertThrows(SkinSpectraException.class, attempt::run).getMessage();
      assertTrue(message.contains("a.png") && message.contains("JCAMP-DX (.jdx, .dx)"), message);
    }
    assertThrows(
        SkinSpectraException.class, () -> SpectraFiles.read(folder.resolve("missing.csv")));
    SpectralTable padded = SpectralTable.of(Wavelengths.of(400), " x", "a", new double[] {1});
    Path csv = folder.resolve("b.csv");
    assertThrows(SkinSpectraException.class, () -> SpectraFiles.write(padded, csv));
    assertFalse(Files.exists(csv));
  }
}
