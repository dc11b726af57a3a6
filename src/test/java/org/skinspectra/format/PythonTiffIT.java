package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

/** What tifffile and Pillow make of our TIFFs, and we of theirs. Skipped where they are missing. */
class PythonTiffIT {

  private static final Path DATA = Path.of("../shared/data/micromanager");

  @TempDir Path folder;

  /** What the scripts write: 5 bands of 37 rows and 50 columns, every value another. */
  private static final String CUBE =
      "import sys, numpy as np, tifffile\n"
          + "x = ((np.arange(5*37*50, dtype='f4') * 7) % 9001 / 8192).reshape(5, 37, 50).astype('f4')\n"
          + "u = (x * 8192).astype('u2')\n";

  private static float value(int band, int pixel) {
    return (band * 37 * 50 + pixel) * 7 % 9001 / 8192f;
  }

  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(50, 37, Wavelengths.range(500, 10, 540));
    for (int band = 0; band < 5; band++) {
      for (int i = 0; i < cube.plane(band).length; i++) {
        cube.plane(band)[i] = value(band, i);
      }
    }
    return cube;
  }

  // -- Ours, read by tifffile --

  @ParameterizedTest
  @CsvSource({
    "FLOAT32, false, 1",
    "FLOAT32, true, 1",
    "FLOAT64, true, 1",
    "UINT16, false, 8192",
    "UINT16, true, 8192"
  })
  void tifffileReadsOurOmeTiffEqual(SampleType type, boolean compressed, double scale)
      throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    WriteOptions options = WriteOptions.DEFAULT.withSample(type).withCompressed(compressed);
    Path file = folder.resolve("ours.ome.tif");
    CubeFiles.write(
        CubeSource.of(cube()), file, type.isInteger() ? options.withScale(scale) : options);
    String script =
        CUBE
            + "import xml.etree.ElementTree as E\n"
            + "f = tifffile.TiffFile(sys.argv[1])\n"
            + "s = f.series[0]\n"
            + "a = s.asarray()\n"
            + "want = u if a.dtype == np.uint16 else x\n"
            + "ns = {'o': 'http://www.openmicroscopy.org/Schemas/OME/2016-06'}\n"
            + "c = E.fromstring(f.ome_metadata).findall('.//o:Channel', ns)\n"
            + "print(f.is_ome, s.axes, a.shape, a.dtype, bool((a == want).all()),"
            + " [i.get('EmissionWavelength') for i in c], len(f.series))";
    String numpy =
        switch (type) {
          case FLOAT32 -> "float32";
          case FLOAT64 -> "float64";
          default -> "uint16";
        };
    assertEquals(
        "True CYX (5, 37, 50) " + numpy + " True ['500.0', '510.0', '520.0', '530.0', '540.0'] 1",
        PythonTiff.run(folder, script, file.toString()));
  }

  @Test
  void tifffileReadsOurBigTiffEqual() throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path file = Files.createFile(folder.resolve("big.ome.tif"));
    CubeSource source = CubeSource.of(cube());
    WriteOptions options = WriteOptions.DEFAULT.withCompressed(true);
    OmeTiffWriter.write(
        file,
        source,
        options,
        new SampleQuantizer(options, file),
        OmeCubeXml.write(source, file, options),
        true);
    String script =
        CUBE
            + "f = tifffile.TiffFile(sys.argv[1])\n"
            + "print(f.is_bigtiff, f.series[0].axes, bool((f.asarray() == x).all()))";
    assertEquals("True CYX True", PythonTiff.run(folder, script, file.toString()));
  }

  @Test
  void tifffileReadsOurImageJStackEqual() throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path file = folder.resolve("ours.tif");
    CubeFiles.write(cube(), file);
    String script =
        CUBE
            + "f = tifffile.TiffFile(sys.argv[1])\n"
            + "print(f.is_imagej, f.series[0].axes, bool((f.asarray() == x).all()))";
    assertEquals("True CYX True", PythonTiff.run(folder, script, file.toString()));
  }

  // -- Theirs, read by us --

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "compression='zlib'",
        "tile=(16, 32)",
        "tile=(16, 32), compression='zlib'",
        "rowsperstrip=7, compression='zlib'",
        "bigtiff=True, tile=(32, 16)",
        "byteorder='>', rowsperstrip=5",
        "byteorder='>', bigtiff=True, compression='zlib'",
        "photometric='minisblack', planarconfig='contig', axes_last=1",
        "photometric='minisblack', planarconfig='separate', plain=1"
      })
  void omeTiffsAndPlainTiffsOfTifffileAreReadEqual(String options) throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path file = folder.resolve("theirs.ome.tif");
    String script =
        CUBE
            + "o = dict("
            + options
            + ")\n"
            + "last = o.pop('axes_last', 0); plain = o.pop('plain', 0)\n"
            + "a = np.moveaxis(x, 0, 2) if last else x\n"
            + "m = dict() if last or plain else dict(ome=True, metadata={'axes': 'CYX', 'Channel': {'EmissionWavelength': [500, 510, 520, 530, 540], 'EmissionWavelengthUnit': ['nm'] * 5}})\n"
            + "n = sys.argv[1].replace('.ome', '') if last or plain else sys.argv[1]\n"
            + "if last or plain: o['metadata'] = None\n"
            + "try:\n  tifffile.imwrite(n, a, **o, **m)\n"
            + "except (ImportError, NotImplementedError, KeyError) as e:\n  n = 'not written: %s' % e\n"
            + "print(n)";
    String written = PythonTiff.run(folder, script, file.toString());
    if (written.startsWith("not written")) {
      System.out.println("Skipped: " + options + " is " + written);
      abort(written);
    }
    boolean ome = written.endsWith(".ome.tif");
    ReadOptions read =
        ome
            ? ReadOptions.DEFAULT
            : ReadOptions.DEFAULT.withWavelengths(Wavelengths.range(500, 10, 540));
    assertSame(Path.of(written), read);
  }

  private static void assertSame(Path file, ReadOptions options) throws IOException {
    SpectralCube cube = CubeFiles.readCube(file, options);
    assertEquals(Wavelengths.range(500, 10, 540), cube.wavelengths());
    assertEquals(50, cube.width());
    for (int band = 0; band < 5; band++) {
      assertArrayEquals(cube().plane(band), cube.plane(band));
    }
    PixelRegion region = new PixelRegion(13, 14, 21, 20);
    try (CubeSource source = CubeFiles.open(file, options)) {
      float[][] planes = new float[3][21 * 20];
      source.readRegion(1, region, planes);
      for (int i = 0; i < 3; i++) {
        float[] expected = new float[21 * 20];
        region.crop(cube().plane(1 + i), 50, expected);
        assertArrayEquals(expected, planes[i]);
      }
    }
  }

  @Test
  void integersOfTifffileAreReadAsStored() throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path file = folder.resolve("u.ome.tif");
    PythonTiff.run(
        folder,
        CUBE
            + "tifffile.imwrite(sys.argv[1], u, ome=True, compression='zlib', metadata={'axes': 'CYX'})",
        file.toString());
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      float[][] planes = new float[5][50 * 37];
      source.readBands(0, planes);
      for (int band = 0; band < 5; band++) {
        for (int i = 0; i < 50 * 37; i++) {
          assertEquals(value(band, i) * 8192, planes[band][i]);
        }
      }
      assertTrue(source.provenance().get("values").contains("without a scale"));
    }
  }

  @Test
  void timesAndFocalPlanesOfTifffileAreImages() throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path file = folder.resolve("t.ome.tif");
    PythonTiff.run(
        folder,
        "import sys, numpy as np, tifffile\n"
            + "a = np.arange(2*3*4*2*2, dtype='f4').reshape(2, 3, 4, 2, 2)\n"
            + "tifffile.imwrite(sys.argv[1], a, ome=True, metadata={'axes': 'TZCYX'})",
        file.toString());
    // Time 2, focal plane 3: the last four planes.
    assertArrayEquals(
        new float[] {83, 87, 91, 95},
        MicroscopyFiles.values(file, ReadOptions.DEFAULT.withImage(6)));
  }

  @Test
  void imageJStacksOfTifffileAreRead() throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path file = folder.resolve("j.tif");
    PythonTiff.run(
        folder,
        CUBE
            + "tifffile.imwrite(sys.argv[1], x, imagej=True, metadata={'axes': 'CYX', 'Labels': ['%d nm' % w for w in range(500, 550, 10)]})",
        file.toString());
    assertSame(file, ReadOptions.DEFAULT);
    PythonTiff.run(folder, CUBE + "tifffile.imwrite(sys.argv[1], u, imagej=True)", file.toString());
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file)).getMessage();
    assertTrue(message.contains("16-bit pixels without a calibration"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "tiff_lzw, 1",
    "tiff_lzw, 2",
    "tiff_lzw, 3",
    "tiff_adobe_deflate, 1",
    "tiff_adobe_deflate, 3",
    "packbits, 1",
    "raw, 1"
  })
  void compressedTiffsOfPillowAreReadEqual(String compression, String predictor) throws Exception {
    PythonTiff.requireModules("PIL", "numpy", "tifffile");
    Path file = folder.resolve("p.tif");
    PythonTiff.run(
        folder,
        CUBE
            + "from PIL import Image\n"
            + "p = [Image.fromarray(i) for i in x]\n"
            + "t = {} if sys.argv[3] == '1' else {317: int(sys.argv[3])}\n"
            + "p[0].save(sys.argv[1], save_all=True, append_images=p[1:], compression=sys.argv[2], tiffinfo=t)\n"
            + "assert tifffile.TiffFile(sys.argv[1]).pages[0].predictor == int(sys.argv[3])",
        file.toString(),
        compression,
        predictor);
    assertSame(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.range(500, 10, 540)));
  }

  @Test
  void aLongRunOfLzwWithEveryCodeLengthIsReadEqual() throws Exception {
    PythonTiff.requireModules("PIL", "numpy", "tifffile");
    Path file = folder.resolve("l.tif");
    PythonTiff.run(
        folder,
        "import sys, numpy as np\nfrom PIL import Image\n"
            + "a = np.add.outer(np.arange(600) ** 2 % 251, np.arange(500) * 3 % 17).astype('f4')\n"
            + "a[300:] = 0\n"
            + "Image.fromarray(a).save(sys.argv[1], compression='tiff_lzw', tiffinfo={278: 600})",
        file.toString());
    float[] plane =
        CubeFiles.readCube(file, ReadOptions.DEFAULT.withWavelengths(Wavelengths.of(500))).plane(0);
    for (int i = 0; i < plane.length; i++) {
      int y = i / 500;
      assertEquals(y >= 300 ? 0 : y * y % 251 + i % 500 * 3 % 17, plane[i]);
    }
  }

  // -- Micro-Manager's, read by both --

  @Test
  void theStackOfMicroManagerIsReadAsTifffileReadsIt() throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path packed = DATA.resolve("mmstack_1.4.ome.tif.gz");
    assumeTrue(Files.exists(packed), "no " + packed);
    Path file = folder.resolve("s.ome.tif");
    try (var in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.copy(in, file);
    }
    Path raw = folder.resolve("raw");
    PythonTiff.run(
        folder,
        "import sys, numpy as np, tifffile\n"
            + "f = tifffile.TiffFile(sys.argv[1])\n"
            + "m = f.micromanager_metadata['IndexMap']\n"
            + "k = sorted(range(len(f.pages)), key=lambda i: (m['Position'][i], m['Frame'][i], m['Slice'][i], m['Channel'][i]))\n"
            + "np.stack([f.pages[i].asarray() for i in k]).astype('<f4').tofile(sys.argv[2])",
        file.toString(),
        raw.toString());
    ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
    for (int image = 1; image <= 4; image++) {
      try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT.withImage(image))) {
        float[][] planes = new float[2][64 * 64];
        source.readBands(0, planes);
        for (float[] plane : planes) {
          float[] want = new float[64 * 64];
          expected.asFloatBuffer().get(want);
          expected.position(expected.position() + 4 * want.length);
          assertArrayEquals(want, plane);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ndtiffv2.0_test/Full resolution",
        "ndtiffv3.0_test",
        "no_magellan_explore_multi_channel/Full resolution"
      })
  void framesOfNdTiffAreReadAsTheTiffsOfTheSetHaveThem(String name) throws Exception {
    PythonTiff.requireModules("tifffile", "numpy");
    Path set = DATA.resolve(name);
    assumeTrue(Files.exists(set), "no " + set);
    List<Path> files;
    try (var entries = Files.list(set)) {
      files = entries.filter(f -> f.toString().endsWith(".tif")).toList();
    }
    Path raw = folder.resolve("raw");
    PythonTiff.run(
        folder,
        "import sys, numpy as np, tifffile\n"
            + "f = tifffile.TiffFile(sys.argv[1])\n"
            + "np.stack([p.asarray() for p in f.pages]).astype('<f4').tofile(sys.argv[2])",
        files.get(0).toAbsolutePath().toString(),
        raw.toString());
    ByteBuffer expected = ByteBuffer.wrap(Files.readAllBytes(raw)).order(ByteOrder.LITTLE_ENDIAN);
    // Acquired channel by channel: the first image is the first frames of the file.
    try (CubeSource source = CubeFiles.open(set, ReadOptions.DEFAULT.withImage(1))) {
      float[][] planes = new float[source.bands()][source.width() * source.height()];
      source.readBands(0, planes);
      for (float[] plane : planes) {
        float[] want = new float[plane.length];
        expected.asFloatBuffer().get(want);
        expected.position(expected.position() + 4 * want.length);
        assertArrayEquals(want, plane);
      }
    }
  }
}
