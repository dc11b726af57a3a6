package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Damages ENVI files and tables of spectra at random, always in the same way, in their bytes and in
 * their numbers and lines, and accepts nothing but a result that fits its file or an error for
 * people, in little memory.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DamagedSpectraIT {

  private static final int MUTATIONS = 250;
  private static final long MOST_BYTES = 96L << 20;

  private static final Pattern NUMBER = Pattern.compile("[0-9.]+|[{}]");

  /** What stands where a number or a brace stood. */
  private static final List<String> NUMBERS =
      List.of(
          "999999999", "-1", "0", "1e308", "-1e308", "NaN", "99999999999999999999", "", "{", "5");

  @TempDir Path folder;

  private static SpectralCube cube() {
    SpectralCube cube = SpectralCube.zeros(4, 3, Wavelengths.range(500, 10, 540));
    for (int band = 0; band < cube.bands(); band++) {
      Arrays.fill(cube.plane(band), band / 5f);
    }
    return cube.withProvenance(Map.of("model", "none"));
  }

  private static SpectralTable table() {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("arm mean", new double[] {0.25, 0.5, 0.75, 0.5});
    columns.put("arm SD", new double[] {0.01, 0.02, 0.03, 0.02});
    columns.put("back", new double[] {1, 2, 3, 4});
    return SpectralTable.of(Wavelengths.range(400, 10, 430), "reflectance factor", columns)
        .withProvenance(Map.of("model", "none"));
  }

  @ParameterizedTest
  @EnumSource(Interleave.class)
  void enviCubes(Interleave order) throws IOException {
    Path header = folder.resolve("a.hdr");
    WriteOptions options = WriteOptions.DEFAULT.withInterleave(order).withSample(SampleType.UINT16);
    CubeFiles.write(CubeSource.of(cube()), header, options);
    Path data = folder.resolve("a.img");
    Files.writeString(
        header,
        "data ignore value = 9999\nfwhm = {5, 5, 5, 5, 5}\nbbl = {1, 1, 0, 1, 1}\nmap info = {a,\nb}\n",
        StandardOpenOption.APPEND);
    damage(header, file -> readCube(file, data, true));
    damage(data, file -> readCube(file, data, false));
  }

  private void readCube(Path file, Path data, boolean copy) {
    try (CubeSource source = CubeFiles.open(file, ReadOptions.DEFAULT)) {
      float[][] planes = new float[source.bands()][source.width() * source.height()];
      source.readBands(0, planes);
      assertTrue((long) source.bands() * planes[0].length <= Files.size(data));
      source.wavelengths().ifPresent(nm -> assertEquals(source.bands(), nm.size()));
      source.fwhm().ifPresent(widths -> assertEquals(source.bands(), widths.length));
      source.badBands().ifPresent(bad -> assertEquals(source.bands(), bad.length));
      source.provenance();
      if (copy) {
        // What came out of the header goes into another, which is read as the same.
        Path again = folder.resolve("again/b.hdr");
        CubeFiles.write(source, again, WriteOptions.DEFAULT);
        try (CubeSource copied = CubeFiles.open(again, ReadOptions.DEFAULT)) {
          assertEquals(source.width(), copied.width());
          assertEquals(source.wavelengths(), copied.wavelengths());
          Set<String> kept = keys(copied);
          assertTrue(kept.containsAll(keys(source)), kept.toString());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Set<String> keys(CubeSource source) {
    return source.attributes("ENVI").keySet().stream()
        .map(EnviHeader::normal)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.hdr", "a.sli", "a.jdx", "a.csv", "a.long.csv"})
  void tables(String name) throws IOException {
    Path file = folder.resolve(name);
    SpectraFiles.write(table(), file);
    damage(file, DamagedSpectraIT::readTable);
  }

  @Test
  void compressedOrdinates() throws IOException {
    String block =
        """
        ##TITLE= ten points
        ##DATA TYPE= UV/VIS SPECTRUM
        ##XUNITS= 1/CM
        ##YUNITS= REFLECTANCE
        ##FIRSTX= 20000
        ##LASTX= 10000
        ##YFACTOR= 0.5
        ##NPOINTS= 11
        ##FIRSTY= 0
        ##XYDATA= (X++(Y..Y))
        20000@UKT
        16000D%n%J3J08
        11000A20T
        ##END=
        """;
    damage(Files.writeString(folder.resolve("a.dx"), block + block), DamagedSpectraIT::readTable);
  }

  private static void readTable(Path file) {
    SpectralTable table = SpectraFiles.read(file);
    assertTrue(table.size() * (long) table.wavelengths().size() <= 1 << 22);
    for (String name : table.names()) {
      assertEquals(table.wavelengths().size(), table.column(name).length);
    }
  }

  @Test
  void headersMeantToHurt() throws IOException {
    Path outside = Files.write(folder.resolve("outside.img"), new byte[1000]);
    Path inner = Files.createDirectories(folder.resolve("inner"));
    Path header = inner.resolve("c.hdr");
    String good = "ENVI\nsamples=2\nlines=2\nbands=1\ndata type=1\ninterleave=bsq\n";
    Files.writeString(header, good + "data file = ../outside.img\ndata file name = " + outside);
    assertRefused(header, "no data beside");
    Files.write(inner.resolve("c.img"), new byte[] {1, 2, 3, 4});
    for (Map.Entry<String, String> lie :
        Map.of(
                "wavelength = {" + "4,".repeat(2_000_000) + "5}",
                "more than 1000000 entries",
                "wavelength = {" + "\n".repeat(5 << 20),
                "never closed",
                "x = {" + "{".repeat(5 << 20),
                "never closed",
                "wavelength = {1e308}",
                "wavelengths cannot be used",
                "wavelength = {-500}",
                "wavelengths cannot be used",
                "y\n".repeat(9 << 20),
                "is no ENVI header",
                "header offset = -8",
                "'header offset = -8'",
                "header offset = 9223372036854775807",
                "'header offset = 9223372036854775807'",
                "reflectance scale factor = 1e-999",
                "above 0",
                "description = {" + "a{\n".repeat(1 << 20),
                "never closed")
            .entrySet()) {
      Files.writeString(header, good + lie.getKey());
      assertRefused(header, lie.getValue());
    }
    for (String change :
        List.of("samples=999999999", "lines=2147483647", "bands=65535", "samples=0", "bands=-1")) {
      String key = change.substring(0, change.indexOf('='));
      Files.writeString(header, good.replaceFirst(key + "=\\d", change));
      assertRefused(header, "c.");
    }
  }

  private static void assertRefused(Path file, String part) {
    long start = System.nanoTime();
    String message =
        assertThrows(SkinSpectraException.class, () -> CubeFiles.readCube(file)).getMessage();
    assertTrue(message.contains(part) && message.length() < 1000, message);
    assertTrue(System.nanoTime() - start < 10_000_000_000L, "it took long: " + message);
  }

  @Test
  void tablesMeantToHurt() throws IOException {
    String head =
        "##TITLE=a\n##XUNITS=NM\n##YUNITS=R\n##FIRSTX=1\n##LASTX=1000\n##YFACTOR=1\n##NPOINTS=1000000\n##XYDATA=(X++(Y..Y))\n";
    Path file = folder.resolve("a.jdx");
    for (Map.Entry<String, String> lie :
        Map.of(
                (head + "1AS000000\n##END=\n").repeat(30),
                "more than 10000000 values",
                head + "1" + "s9999999".repeat(1000) + "\n##END=",
                "repeats nothing",
                head.replace("=1000000\n", "=1\n") + "1A" + "9".repeat(1 << 20) + "\n##END=",
                "too large",
                "##TITLE=a\n##DATATYPE=LINK\n".repeat(100_000),
                "is not closed",
                head + "1A".repeat(3 << 20) + "\n##END=",
                "beyond the 1000000",
                "##TITLE=a\n" + "##".repeat(1 << 20) + "=\n",
                "never closed")
            .entrySet()) {
      Files.writeString(file, lie.getKey());
      long start = System.nanoTime();
      String message =
          assertThrows(SkinSpectraException.class, () -> SpectraFiles.read(file)).getMessage();
      assertTrue(message.contains(lie.getValue()) && message.length() < 1000, message);
      assertTrue(System.nanoTime() - start < 10_000_000_000L, "it took long: " + message);
    }
  }

  // -- Damage --

  private void damage(Path file, Consumer<Path> reader) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    reader.accept(file);
    Random random = new Random(20240601);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] damaged =
          random.nextInt(3) == 0 ? damagedBytes(whole, random) : damagedText(whole, random);
      Files.write(file, damaged);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        reader.accept(file);
      } catch (SkinSpectraException e) {
        assertTrue(!e.getMessage().isBlank() && e.getMessage().length() < 2000, e.getMessage());
      } catch (RuntimeException | Error e) {
        fail("mutation " + i + " of " + file.getFileName() + " came out as " + e, e);
      }
      long taken = threads.getCurrentThreadAllocatedBytes() - before;
      assertTrue(taken < MOST_BYTES, "mutation " + i + " took " + taken + " bytes");
    }
    Files.write(file, whole);
  }

  private static byte[] damagedBytes(byte[] whole, Random random) {
    if (random.nextInt(3) == 0) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
    byte[] damaged = whole.clone();
    for (int i = 0; i <= random.nextInt(8); i++) {
      damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
    }
    return damaged;
  }

  /** Numbers that lie, lines that are missing, doubled or in another place. */
  private static byte[] damagedText(byte[] whole, Random random) {
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    if (random.nextBoolean()) {
      List<int[]> numbers = new ArrayList<>();
      Matcher matcher = NUMBER.matcher(text);
      while (matcher.find()) {
        numbers.add(new int[] {matcher.start(), matcher.end()});
      }
      if (!numbers.isEmpty()) {
        int[] at = numbers.get(random.nextInt(numbers.size()));
        String other = NUMBERS.get(random.nextInt(NUMBERS.size()));
        text = text.substring(0, at[0]) + other + text.substring(at[1]);
      }
      return text.getBytes(StandardCharsets.ISO_8859_1);
    }
    List<String> lines = new ArrayList<>(text.lines().toList());
    String line = lines.remove(random.nextInt(lines.size()));
    for (int copies = random.nextInt(3); copies > 0; copies--) {
      lines.add(random.nextInt(lines.size() + 1), line);
    }
    return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
  }
}
