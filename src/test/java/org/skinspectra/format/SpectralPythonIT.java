package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Spectral Python (Debian's {@code python3-spectral}), a second implementation of ENVI's files:
 * opens ours and writes files for us. Both sides know the values by the same formula.
 */
class SpectralPythonIT {

  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;
  private static final int BANDS = 5;

  private static final String COMMON =
      """
      import sys, numpy as np
      from spectral.io import envi
      y, x, b = np.mgrid[0:4, 0:6, 0:5]
      numbers = (x * 7 + y * 13 + b * 29) % 101
      """;

  @TempDir Path folder;

  private static int number(int x, int y, int band) {
    return (x * 7 + y * 13 + band * 29) % 101;
  }

  @BeforeAll
  static void spectralPythonIsHere() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    Process python = new ProcessBuilder(PYTHON.toString(), "-c", "import spectral").start();
    assumeTrue(python.waitFor() == 0, "python3 has no module spectral (apt: python3-spectral)");
  }

  private void python(String script) throws IOException, InterruptedException {
    Path output = folder.resolve("python.log");
    int status =
        new ProcessBuilder(PYTHON.toString(), "-c", COMMON + script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start()
            .waitFor();
    assertEquals(0, status, () -> read(output));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** A source that states all a header can. */
  private static final class Described implements CubeSource {

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public int height() {
      return HEIGHT;
    }

    @Override
    public int bands() {
      return BANDS;
    }

    @Override
    public Optional<Wavelengths> wavelengths() {
      return Optional.of(Wavelengths.of(400, 500.5, 600, 700, 1000));
    }

    @Override
    public Optional<double[]> fwhm() {
      return Optional.of(new double[] {5, 5.5, 6, 7, 8});
    }

    @Override
    public Optional<boolean[]> badBands() {
      return Optional.of(new boolean[] {false, true, false, false, true});
    }

    @Override
    public Map<String, String> provenance() {
      return Map.of("model", "a {b}; = c");
    }

    @Override
    public void readBands(int first, float[][] planes) {
      for (int i = 0; i < planes.length; i++) {
        for (int p = 0; p < planes[i].length; p++) {
          planes[i][p] = number(p % WIDTH, p / WIDTH, first + i) / 101f;
        }
      }
    }
  }

  @Test
  void cubesOfOursOpenInEveryOrderAndType() throws IOException, InterruptedException {
    for (Interleave order : Interleave.values()) {
      for (SampleType type : SampleType.values()) {
        CubeFiles.write(
            new Described(),
            folder.resolve(order.key() + "-" + type.key() + ".hdr"),
            WriteOptions.DEFAULT.withInterleave(order).withSample(type));
      }
    }
    python(
        """
        values = numbers.astype('f4') / np.float32(101)
        for order in ('bsq', 'bil', 'bip'):
            for kind, scale in (('float32', 1), ('float64', 1), ('uint16', 10000), ('uint8', 255)):
                image = envi.open(order + '-' + kind + '.hdr')
                assert image.shape == (4, 6, 5), image.shape
                assert np.dtype(image.dtype) == np.dtype(kind), image.dtype
                assert image.metadata['interleave'] == order
                assert image.scale_factor == scale, image.scale_factor
                assert image.bands.centers == [400, 500.5, 600, 700, 1000], image.bands.centers
                assert image.bands.bandwidths == [5, 5.5, 6, 7, 8], image.bands.bandwidths
                assert image.bands.band_unit == 'Nanometers'
                assert image.metadata['bbl'] == [1, 0, 1, 1, 0], image.metadata['bbl']
                assert 'model: a (b); = c' in image.metadata['description']
                loaded = np.array(image.load())
                if scale == 1:
                    assert np.array_equal(loaded, values), kind
                else:
                    stored = np.rint(values.astype('f8') * scale)
                    assert np.array_equal(np.array(image.open_memmap()), stored), kind
                    assert np.allclose(loaded, stored / scale, rtol=1e-6, atol=0), kind
        """);
  }

  @Test
  void cubesOfTheirsOpenInEveryOrderTypeAndByteOrder() throws IOException, InterruptedException {
    python(
        """
        meta = {'wavelength': [0.4, 0.5005, 0.6, 0.7, 1.0], 'wavelength units': 'Micrometers',
                'fwhm': [0.005, 0.0055, 0.006, 0.007, 0.008], 'bbl': [1, 0, 1, 1, 0],
                'map info': ['UTM', 1, 2], 'description': 'First line\\nmade by: hand'}
        for order in ('bsq', 'bil', 'bip'):
            for kind in ('u1', 'i2', 'i4', 'f4', 'f8', 'u2', 'u4', 'i8', 'u8'):
                for end in ('little', 'big'):
                    if kind[0] == 'f':
                        values = numbers.astype(kind) / 101
                    else:
                        values = numbers - (50 if kind[0] == 'i' else 0)
                    envi.save_image(order + kind + end + '.hdr', values.astype(kind), dtype=kind,
                                    interleave=order, byteorder=end, ext='img', metadata=meta)
        """);
    for (Interleave order : Interleave.values()) {
      for (String kind : List.of("u1", "i2", "i4", "f4", "f8", "u2", "u4", "i8", "u8")) {
        for (String end : List.of("little", "big")) {
          Path file = folder.resolve(order.key() + kind + end + ".hdr");
          assertTrue(Files.exists(file), file.toString());
          try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
            assertEquals(
                Wavelengths.of(400, 500.5, 600, 700, 1000), source.wavelengths().orElseThrow());
            assertArrayEquals(new double[] {5, 5.5, 6, 7, 8}, source.fwhm().orElseThrow());
            assertArrayEquals(
                new boolean[] {false, true, false, false, true}, source.badBands().orElseThrow());
            assertEquals(Map.of("made by", "hand"), source.provenance());
            assertEquals("First line", source.attributes("ENVI").get("description"));
            assertEquals("{ UTM , 1 , 2 }", source.attributes("ENVI").get("map info"));
            assertValues(kind, source);
          }
        }
      }
    }
  }

  private static void assertValues(String kind, CubeSource source) throws IOException {
    float[][] planes = new float[BANDS][WIDTH * HEIGHT];
    source.readBands(0, planes);
    for (int band = 0; band < BANDS; band++) {
      for (int p = 0; p < WIDTH * HEIGHT; p++) {
        int number = number(p % WIDTH, p / WIDTH, band);
        float expected =
            switch (kind.charAt(0)) {
              case 'f' -> kind.equals("f4") ? number / 101f : (float) (number / 101.0);
              case 'i' -> number - 50;
              default -> number;
            };
        assertEquals(expected, planes[band][p], kind);
      }
    }
  }

  @Test
  void librariesOfOursOpen() throws IOException, InterruptedException {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("left arm", new double[] {0.25, 0.5, 0.75});
    columns.put("back, upper", new double[] {1, 2, 3});
    SpectralTable table =
        SpectralTable.of(Wavelengths.of(400, 500.5, 600), "reflectance factor", columns);
    SpectraFiles.write(table, folder.resolve("floats.sli"));
    columns.put("left arm", new double[] {1.0 / 3, 0.5, 0.75});
    SpectraFiles.write(
        SpectralTable.of(Wavelengths.of(400, 500.5, 600), "reflectance factor", columns),
        folder.resolve("doubles.hdr"));
    python(
        """
        for name, first in (('floats', 0.25), ('doubles', 1 / 3)):
            library = envi.open(name + '.hdr')
            assert isinstance(library, envi.SpectralLibrary), type(library)
            assert library.names == ['left arm', 'back upper'], library.names
            assert np.array_equal(library.spectra, [[first, 0.5, 0.75], [1, 2, 3]]), library.spectra
            assert library.bands.centers == [400, 500.5, 600], library.bands.centers
            assert library.bands.band_unit == 'Nanometers'
        """);
  }

  @Test
  void librariesOfTheirsOpen() throws IOException, InterruptedException {
    python(
        """
        for name, unit, factor in (('nm', 'Nanometers', 1), ('um', 'um', 1000), ('none', None, 1)):
            header = {'wavelength': [400 / factor, 500.5 / factor, 600 / factor],
                      'spectra names': ['left arm', 'back']}
            if unit:
                header['wavelength units'] = unit
            library = envi.SpectralLibrary(np.array([[1, 2, 3], [0.25, 0.5, 0.75]]), header)
            library.save(name, 'by: hand')
        """);
    for (String name : List.of("nm.hdr", "um.sli", "none.sli")) {
      Path file = folder.resolve(name);
      SpectralTable table = SpectraFiles.read(file);
      assertEquals(List.of("left arm", "back"), table.names());
      assertArrayEquals(new double[] {1, 2, 3}, table.column("left arm"));
      assertArrayEquals(new double[] {0.25, 0.5, 0.75}, table.column("back"));
      assertEquals(Wavelengths.of(400, 500.5, 600), table.wavelengths());
      assertEquals("hand", table.provenance().get("by"));
      assertEquals(name.startsWith("none"), table.provenance().containsKey("wavelength unit"));
    }
  }
}
