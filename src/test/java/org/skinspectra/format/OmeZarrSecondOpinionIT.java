package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** Zarr of Python reads what we write and writes what we read. */
class OmeZarrSecondOpinionIT {

  /** Debian's, which has its packages python3-zarr and python3-numcodecs. */
  private static final String PYTHON = "/usr/bin/python3";

  private static final long TIMEOUT_SECONDS = 120;

  /**
   * Writes an image with the values 1000 c + 10 y + x, modulo 251 for bytes, as an argument says.
   */
  private static final String WRITE =
      """
      import sys, json, numpy as np, zarr, numcodecs
      path, dtype, order, separator, compressor, filters = sys.argv[1:]
      c, y, x = np.mgrid[0:5, 0:70, 0:90]
      values = 1000 * c + 10 * y + x
      if dtype[1:] in ('u1', 'i1'):
          values = values % 101
      root = zarr.group(store=zarr.DirectoryStore(path), overwrite=True)
      root.attrs['multiscales'] = [{'version': '0.4', 'datasets': [{'path': 'full/res'}],
          'axes': [{'name': 'c', 'type': 'channel'}, {'name': 'y', 'type': 'space'}, {'name': 'x', 'type': 'space'}]}]
      root.create_dataset('full/res', data=values.astype(dtype), chunks=(2, 33, 40), order=order,
          dimension_separator=separator, compressor=eval(compressor, vars(numcodecs)), filters=eval(filters, vars(numcodecs)))
      """;

  /** Prints what it reads: shape, type, sum and then the values of every level as float32. */
  private static final String READ =
      """
      import sys, json, numpy as np, zarr
      root = zarr.open(sys.argv[1], mode='r')
      multiscale = root.attrs['multiscales'][0]
      for level, dataset in enumerate(multiscale['datasets']):
          array = root[dataset['path']]
          if level == 0:
              print(array.shape, array.dtype, array.chunks)
          array[:].astype('<f4').tofile(sys.argv[2] + dataset['path'])
      print([channel['label'] for channel in root.attrs['omero']['channels']])
      print(root.attrs['org.skinspectra']['scale'])
      print(ascii(root.attrs['org.skinspectra']['provenance']['architecture']))
      """;

  @TempDir Path folder;

  @BeforeAll
  static void pythonHasZarr() throws Exception {
    boolean there = Files.isExecutable(Path.of(PYTHON)) && run("import zarr, numcodecs").isEmpty();
    assumeTrue(there, "Skipped: " + PYTHON + " has no zarr (Debian: python3-zarr).");
  }

  /** What a program prints, errors included. */
  private static String run(String program, Object... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(PYTHON, "-c", program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS), "Python is still running");
    return output.strip();
  }

  @ParameterizedTest
  @EnumSource(SampleType.class)
  void zarrOfPythonReadsWhatWeWrite(SampleType type) throws Exception {
    SpectralCube cube =
        OmeZarrFormatTest.cube(600, 300, Wavelengths.range(400, 100, 1000))
            .withProvenance(Map.of("architecture", "MST++ 4→61"));
    for (boolean compressed : new boolean[] {false, true}) {
      Path file = folder.resolve(compressed + ".ome.zarr");
      WriteOptions options = WriteOptions.DEFAULT.withSample(type).withCompressed(compressed);
      CubeFiles.write(CubeSource.of(cube), file, options);
      String said = run(READ, file, folder + "/level");
      assertEquals(
          List.of(
              "(7, 300, 600) %s (1, 256, 256)".formatted(type.key()),
              "['400 nm', '500 nm', '600 nm', '700 nm', '800 nm', '900 nm', '1000 nm']",
              Integer.toString((int) options.scaleOrUsual()),
              "'MST++ 4\\u219261'"),
          said.lines().toList());
      float[] values = floats(folder.resolve("level0"), 7 * 300 * 600);
      for (int band = 0; band < cube.bands(); band++) {
        for (int i = 0; i < 300 * 600; i++) {
          float expected =
              type.isInteger()
                  ? (float) Math.rint(cube.plane(band)[i] * options.scaleOrUsual())
                  : cube.plane(band)[i];
          assertEquals(expected, values[band * 300 * 600 + i]);
        }
      }
      assertEquals(7L * 75 * 150 * Float.BYTES, Files.size(folder.resolve("level2")));
    }
  }

  private static float[] floats(Path file, int count) throws IOException {
    float[] values = new float[count];
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(count * Float.BYTES, bytes.capacity());
    bytes.asFloatBuffer().get(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "None",
        "Zlib(level=9)",
        "GZip(level=1)",
        "Zstd(level=3)",
        "LZ4()",
        "Blosc()",
        "Blosc(cname='lz4', shuffle=0)",
        "Blosc(cname='lz4hc', clevel=9, shuffle=2)",
        "Blosc(cname='zstd', clevel=5, shuffle=1)",
        "Blosc(cname='zstd', clevel=9, shuffle=2)",
        "Blosc(cname='zlib', shuffle=1)",
        "Blosc(cname='lz4', shuffle=1, blocksize=1024)",
        "Blosc(cname='lz4', shuffle=2, blocksize=1032)",
        "Blosc(cname='lz4', clevel=0)"
      })
  void weReadEveryCompressorOfZarrOfPython(String compressor) throws Exception {
    for (String dtype : List.of("<f4", ">i2", "|u1")) {
      String order = dtype.startsWith(">") ? "F" : "C";
      assertRead(dtype, order, order.equals("F") ? "/" : ".", compressor, "None");
    }
  }

  @Test
  void weReadEveryTypeOrderAndSeparator() throws Exception {
    for (String dtype : List.of("|i1", "<i2", ">u2", "<i4", ">u4", ">i8", "<u8", ">f4", ">f8")) {
      assertRead(dtype, "C", "/", "Blosc()", "None");
      assertRead(dtype, "F", ".", "Zlib()", "[Shuffle(elementsize=4)]");
    }
  }

  private void assertRead(
      String dtype, String order, String separator, String compressor, String filters)
      throws Exception {
    Path file = folder.resolve("python.zarr");
    assertEquals("", run(WRITE, file, dtype, order, separator, compressor, filters));
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      float[][] planes = new float[5][70 * 90];
      source.readBands(0, planes);
      for (int c = 0; c < 5; c++) {
        float[] expected = new float[70 * 90];
        for (int i = 0; i < expected.length; i++) {
          int value = 1000 * c + i / 90 * 10 + i % 90;
          expected[i] = dtype.endsWith("1") ? value % 101 : value;
        }
        assertArrayEquals(expected, planes[c], dtype + " " + order + " " + compressor);
      }
    }
  }
}
