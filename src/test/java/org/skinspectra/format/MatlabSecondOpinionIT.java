package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/**
 * Holds our MATLAB files against h5py (the HDF5 library itself) and scipy.io, and theirs against
 * us.
 */
class MatlabSecondOpinionIT {

  private static final String PYTHON = "/usr/bin/python3";
  private static final int WIDTH = 300;
  private static final int HEIGHT = 270;
  private static final int BANDS = 5;

  /** The cube as numpy has it: (y, x, band). */
  private static final String CUBE =
      """
      import sys, json
      import numpy as np, h5py, scipy.io as sio, scipy.sparse
      y, x, b = np.meshgrid(np.arange(270), np.arange(300), np.arange(5), indexing='ij')
      cube = (b + x / 1000.0 + y / 100000.0).astype(np.float32)
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void makeFiles() throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
    String missing = python("import numpy, h5py, scipy.io");
    assumeTrue(missing.isEmpty(), "numpy, h5py or scipy is missing: " + missing);
    assertEquals("", python(CUBE + THEIRS));
  }

  private static String python(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(PYTHON, "-W", "ignore", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return output.strip();
  }

  private static float value(int band, int x, int y) {
    return (float) (band + x / 1000.0 + y / 100000.0);
  }

  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(WIDTH, HEIGHT, Wavelengths.range(500, 10, 540));
    for (int band = 0; band < BANDS; band++) {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        cube.plane(band)[i] = value(band, i % WIDTH, i / WIDTH);
      }
    }
    return cube.withProvenance(Map.of("model", "none, “quoted” \"µ\""));
  }

  // -- Ours, read by them --

  @ParameterizedTest
  @CsvSource({
    "MATLAB 7.3, float32, false",
    "MATLAB 7.3, float32, true",
    "MATLAB 7.3, float64, true",
    "MATLAB 7.3, uint16, true",
    "MATLAB 7.3, uint8, false",
    "MATLAB 5, float32, false",
    "MATLAB 5, float32, true",
    "MATLAB 5, float64, false",
    "MATLAB 5, uint16, true",
    "MATLAB 5, uint8, false"
  })
  void whatWeWriteIsReadEqual(String format, String sample, boolean compressed) throws Exception {
    SampleType type = SampleType.ofKey(sample).orElseThrow();
    WriteOptions options =
        WriteOptions.DEFAULT
            .withFormat(format)
            .withSample(type)
            .withCompressed(compressed)
            .withVariable("refl");
    CubeFiles.write(
        CubeSource.of(cube()),
        folder.resolve("ours.mat"),
        type.isInteger() ? options.withScale(51) : options);
    String script =
        CUBE
            + """
            sample, v73, compressed = '%s', %s, %s
            if v73:
                f = h5py.File('ours.mat', 'r')
                assert f.userblock_size == 512
                assert open('ours.mat', 'rb').read(19) == b'MATLAB 7.3 MAT-file'
                d = f['refl']
                assert (d.compression == 'gzip' and d.shuffle) == compressed, d.compression
                kind = {'float32': b'single', 'float64': b'double'}.get(sample, sample.encode())
                assert d.attrs['MATLAB_class'] == kind, d.attrs['MATLAB_class']
                assert f['provenance'].attrs['MATLAB_class'] == b'char'
                assert f['provenance'].attrs['MATLAB_int_decode'] == 2
                read = {k: f[k][:].T for k in f}
                text = lambda k: [''.join(map(chr, row)) for row in read[k]]
            else:
                read = sio.loadmat('ours.mat')
                text = lambda k: list(read[k])
            got = read['refl']
            assert str(got.dtype) == sample and got.shape == (270, 300, 5), (got.dtype, got.shape)
            if sample.startswith('uint'):
                assert read['scale'] == 51
                want = np.rint(cube.astype(np.float64) * 51)
            else:
                want = cube
                assert 'scale' not in read
            assert (got == want).all()
            assert read['wavelengths'].shape == (5, 1)
            assert (read['wavelengths'].ravel() == [500, 510, 520, 530, 540]).all()
            assert text('band_names')[1] == '510 nm', text('band_names')
            assert json.loads(text('provenance')[0]) == {'model': 'none, \\u201cquoted\\u201d "\\u00b5"'}
            """
                .formatted(
                    sample,
                    format.equals("MATLAB 7.3") ? "True" : "False",
                    compressed ? "True" : "False");
    assertEquals("", python(script));
  }

  @Test
  void hundredsOfChunksNeedATreeOfTwoLevelsWhichHdf5Follows() throws Exception {
    int bands = 70;
    SpectralCube many = SpectralCube.zeros(3, 2, Wavelengths.range(1, 1, bands));
    for (int band = 0; band < bands; band++) {
      many.plane(band)[4] = band;
    }
    WriteOptions options = WriteOptions.DEFAULT.withCompressed(true);
    CubeFiles.write(CubeSource.of(many), folder.resolve("many.mat"), options);
    assertEquals(
        "",
        python(
            """
            import h5py, numpy as np
            d = h5py.File('many.mat', 'r')['cube']
            assert (d[:, 1, 1] == np.arange(70)).all() and d[:].sum() == 69 * 35
            assert d[69, 1, 1] == 69 and d[63, 1, 1] == 63 and d[64, 1, 1] == 64
            """));
    assertArrayEquals(many.plane(69), CubeFiles.readCube(folder.resolve("many.mat")).plane(69));
  }

  // -- Theirs, read by us --

  private static final String THEIRS =
      """
      def matlab(name, libver='earliest'):
          f = h5py.File(name, 'w', userblock_size=512, libver=libver)
          f.attrs['by'] = 'h5py'
          return f
      def close(f, name):
          f.close()
          with open(name, 'r+b') as raw:
              raw.write(b'MATLAB 7.3 MAT-file'.ljust(116) + bytes(8) + b'\\x00\\x02IM')
      t = np.ascontiguousarray(cube.transpose(2, 1, 0))
      stored = {'scaled': np.rint(t.astype(np.float64) * 10000)}
      for name, kind, options in [
              ('plain', '<f4', {}),
              ('double', '<f8', {}),
              ('bigEndian', '>f8', {}),
              ('chunked', '<f4', {'chunks': (2, 64, 100)}),
              ('wholeChunk', '<f4', {'chunks': (5, 300, 270), 'compression': 'gzip'}),
              ('gzip', '<f4', {'chunks': (1, 30, 270), 'compression': 'gzip'}),
              ('shuffle', '>f4', {'chunks': (3, 50, 50), 'compression': 'gzip', 'shuffle': True}),
              ('checksum', '<f8', {'chunks': (5, 7, 270), 'shuffle': True, 'fletcher32': True}),
              ('lzf', '<f4', {'chunks': (1, 300, 50), 'compression': 'lzf'}),
              ('growing', '<f4', {'chunks': (1, 128, 128), 'maxshape': (None, 300, 270)}),
              ('extensible', '<f4', {'chunks': (1, 64, 64), 'maxshape': (None, None, 270)})]:
          for libver in ['earliest', 'latest']:
              file = 'h_%s_%s.mat' % (name, libver)
              f = matlab(file, libver)
              f.create_dataset('any_name', data=t.astype(kind), **options)
              f.create_dataset('Wavelength', data=np.array([[.5, .51, .52, .53, .54]]))
              close(f, file)
      for kind in ['u1', 'u2', 'i2', 'i4', '>u2', 'u4', 'i8']:
          file = 'h_int_%s.mat' % kind.replace('>', 'big')
          factor = 50 if kind == 'u1' else 4000
          f = matlab(file)
          d = f.create_dataset('cube', data=np.rint(t.astype('f8') * factor).astype(kind),
              chunks=(1, 100, 100), compression='gzip', shuffle=True)
          if kind in ('u2', 'i4'):
              d.attrs['scale'] = float(factor)
          else:
              f.create_dataset('scale', data=np.array([[float(factor)]]))
          close(f, file)
      f = matlab('h_raw.mat')
      f.create_dataset('cube', data=np.rint(t.astype('f8') * 50).astype('u1'))
      close(f, 'h_raw.mat')
      f = matlab('h_two.mat')
      f['a'] = t
      f['b'] = t[:2]
      f['z'] = t.astype(np.complex64)
      f['mask'] = np.ones((3, 4), 'u1')
      close(f, 'h_two.mat')
      f = matlab('h_none.mat')
      f['z'] = t.astype(np.complex64)
      f['z'].attrs['MATLAB_class'] = np.bytes_('single')
      f.create_dataset('c', (1, 3), dtype=h5py.ref_dtype).attrs['MATLAB_class'] = np.bytes_('cell')
      g = f.create_group('s')
      g.attrs['MATLAB_class'] = np.bytes_('double')
      g.attrs['MATLAB_sparse'] = np.uint64(3)
      f.create_group('st').attrs['MATLAB_class'] = np.bytes_('struct')
      f['text'] = h5py.Empty('f4')
      f['outside'] = h5py.ExternalLink('/etc/passwd', '/x')
      close(f, 'h_none.mat')
      f = matlab('h_unwritten.mat')
      f.create_dataset('cube', (5, 300, 270), 'f4', chunks=(1, 300, 270))
      close(f, 'h_unwritten.mat')
      f = matlab('h_nothing.mat')
      f.create_dataset('cube', (5, 300, 270), 'f4')
      close(f, 'h_nothing.mat')
      f = matlab('h_half.mat')
      f.create_dataset('cube', data=t.astype('f2'))
      close(f, 'h_half.mat')

      wl = {'wavelengths': [500., 510, 520, 530, 540]}
      for packed in [False, True]:
          z = 'z' if packed else ''
          save = lambda n, v: sio.savemat('s_%s%s.mat' % (n, z), v, do_compression=packed)
          save('single', {'x': cube, **wl})
          save('double', {'x': cube.astype('f8'), **wl})
          save('big', {'x': cube.astype('>f4'), **wl})
          save('uint16', {'x': np.rint(cube.astype('f8') * 4000).astype('u2'), 'scale': 4000., **wl})
          save('int16', {'x': np.rint(cube.astype('f8') * 4000).astype('i2'), 'scale': 4000., **wl})
          save('uint8', {'x': np.rint(cube.astype('f8') * 50).astype('u1'), 'scale': 50., **wl})
          cell = np.empty((1, 2), object)
          cell[0, 0] = cube
          cell[0, 1] = 'a'
          others = {'c': cell, 'st': {'cube': cube}, 's': scipy.sparse.eye(3).tocsc(),
                    'z': cube.astype(np.complex64), 'text': 'abc', 'flat': np.ones((3, 4))}
          save('none', others)
          save('among', {**others, 'x': cube, **wl})
          save('two', {'a': cube, 'b': cube[:, :, :2], **wl})
      """;

  private static void assertCube(CubeSource source, double tolerance) throws IOException {
    assertEquals(
        List.of(WIDTH, HEIGHT, BANDS), List.of(source.width(), source.height(), source.bands()));
    float[][] planes = new float[BANDS][WIDTH * HEIGHT];
    source.readBands(0, planes);
    for (int band = 0; band < BANDS; band++) {
      for (int i = 0; i < WIDTH * HEIGHT; i++) {
        assertEquals(value(band, i % WIDTH, i / WIDTH), planes[band][i], tolerance);
      }
    }
    PixelRegion region = new PixelRegion(40, 30, 133, 201);
    for (int band : new int[] {3, 1, 4}) {
      float[][] part = new float[1][133 * 201];
      source.readRegion(band, region, part);
      float[] expected = new float[133 * 201];
      region.crop(planes[band], WIDTH, expected);
      assertArrayEquals(expected, part[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "double",
        "bigEndian",
        "chunked",
        "wholeChunk",
        "gzip",
        "shuffle",
        "checksum",
        "lzf",
        "growing",
        "extensible"
      })
  void whatH5pyWritesIsReadInEveryLayoutOldAndNew(String name) throws IOException {
    for (String age : List.of("earliest", "latest")) {
      Path file = folder.resolve("h_%s_%s.mat".formatted(name, age));
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        assertCube(source, 0);
        assertEquals(Optional.of(Wavelengths.range(500, 10, 540)), source.wavelengths());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"u1", "u2", "i2", "i4", "bigu2", "u4", "i8"})
  void integersOfHdf5AreDividedByTheScaleThatTheFileStates(String kind) throws IOException {
    Path file = folder.resolve("h_int_" + kind + ".mat");
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      assertCube(source, kind.equals("u1") ? 0.0101 : 0.000126);
    }
  }

  @Test
  void integersWithoutAScaleAndHalvesAreGivenAsTheyAre() throws IOException {
    try (CubeSource raw = CubeFiles.open(folder.resolve("h_raw.mat"), ReadOptions.DEFAULT)) {
      float[][] plane = new float[1][WIDTH * HEIGHT];
      raw.readBands(2, plane);
      assertEquals(100, plane[0][0]);
    }
    try (CubeSource half = CubeFiles.open(folder.resolve("h_half.mat"), ReadOptions.DEFAULT)) {
      assertCube(half, 0.0021);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "single, 0",
    "double, 0",
    "big, 0",
    "among, 0",
    "uint16, 0.000126",
    "int16, 0.000126",
    "uint8, 0.0101"
  })
  void whatScipyWritesIsReadPlainAndCompressed(String name, double tolerance) throws IOException {
    for (String packed : List.of("", "z")) {
      Path file = folder.resolve("s_" + name + packed + ".mat");
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
        assertCube(source, tolerance);
        assertEquals(Optional.of(Wavelengths.range(500, 10, 540)), source.wavelengths());
      }
    }
  }

  @Test
  void severalCubesNeedAChoiceInBothVersions() throws IOException {
    for (String name : List.of("h_two.mat", "s_two.mat", "s_twoz.mat")) {
      Path file = folder.resolve(name);
      assertMessage(file, "2 variables", "'a' (270x300x5 single)", "'b' (270x300x2 single)");
      ReadOptions second = ReadOptions.DEFAULT.withVariable("b");
      try (CubeSource source = CubeFiles.open(file, second)) {
        assertEquals(2, source.bands());
      }
    }
  }

  @Test
  void whatIsNoCubeIsListedByItsClass() {
    assertMessage(
        folder.resolve("h_none.mat"),
        "no numeric 3-D variable",
        "'z' (270x300x5 complex single)",
        "'c' (3x1 cell)",
        "'s' (1x1 sparse double)",
        "'st' (1x1 struct)");
    for (String packed : List.of("", "z")) {
      assertMessage(
          folder.resolve("s_none" + packed + ".mat"),
          "no numeric 3-D variable",
          "'z' (270x300x5 complex single)",
          "'c' (1x2 cell)",
          "'s' (3x3 sparse)",
          "'st' (1x1 struct)",
          "'text' (1x3 char)",
          "'flat' (3x4 double)");
    }
  }

  @Test
  void whatWasNeverWrittenIsNoCubeOfZeros() {
    assertMessage(folder.resolve("h_unwritten.mat"), "never written");
    assertMessage(folder.resolve("h_nothing.mat"), "nothing was ever written");
  }

  private static void assertMessage(Path file, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.open(file, ReadOptions.DEFAULT))
            .getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
