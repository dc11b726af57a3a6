package org.skinspectra.format;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.spectra.Wavelengths;

/**
 * Small good files of every format there is, in every way it is written; new formats come by
 * themselves if they can be written.
 */
final class FormatSamples {

  /** Not of any round number, so that no size is taken for another. */
  static final int WIDTH = 13;

  static final int HEIGHT = 7;

  /** Uneven, so that no grid stands for it. */
  static final Wavelengths NM = Wavelengths.of(450.5, 500, 512.25, 640, 960);

  static final Map<String, String> PROVENANCE = provenance();

  private FormatSamples() {}

  private static Map<String, String> provenance() {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("model", "none at all");
    provenance.put("device", "by hand, at 20 C: twice");
    return provenance;
  }

  /**
   * A file or folder.
   *
   * @param path what is opened
   * @param options with which it is
   */
  record Sample(String name, Path path, ReadOptions options) {}

  /** The value of a pixel: a whole number of ten-thousandths, up to one. */
  static float value(int band, int pixel) {
    return (float) ((1 + band * 1000 + pixel * 7) / 10_000.0);
  }

  static float[][] planes() {
    float[][] planes = new float[NM.size()][WIDTH * HEIGHT];
    for (int band = 0; band < planes.length; band++) {
      for (int i = 0; i < planes[band].length; i++) {
        planes[band][i] = value(band, i);
      }
    }
    return planes;
  }

  /** The cube that all samples of formats that can be written hold. */
  static CubeSource cube() {
    return new Cube(
        new PlanesInMemory(
            WIDTH,
            HEIGHT,
            planes(),
            Optional.of(NM),
            IntStream.range(0, NM.size()).mapToObj(NM::label).toList(),
            PROVENANCE));
  }

  static final double[] FWHM = {8, 8.5, 9, 10.25, 12};

  static final boolean[] BAD = {false, true, false, false, true};

  /** Planes with widths and marks of their bands. */
  private record Cube(PlanesInMemory planes) implements CubeSource {

    @Override
    public int width() {
      return planes.width();
    }

    @Override
    public int height() {
      return planes.height();
    }

    @Override
    public int bands() {
      return planes.bands();
    }

    @Override
    public Optional<Wavelengths> wavelengths() {
      return planes.wavelengths();
    }

    @Override
    public List<String> bandNames() {
      return planes.bandNames();
    }

    @Override
    public Optional<double[]> fwhm() {
      return Optional.of(FWHM.clone());
    }

    @Override
    public Optional<boolean[]> badBands() {
      return Optional.of(BAD.clone());
    }

    @Override
    public Map<String, String> provenance() {
      return planes.provenance();
    }

    @Override
    public void readBands(int first, float[][] into) {
      planes.readBands(first, into);
    }

    @Override
    public void readRegion(int first, PixelRegion region, float[][] into) {
      planes.readRegion(first, region, into);
    }
  }

  /** Formats that can be written. */
  static Stream<CubeFormat> writable() {
    return CubeFiles.formats().stream().filter(format -> format.writing().isPresent());
  }

  /** All ways a format writes, the plain one first. */
  static List<WriteOptions> ways(CubeFormat format) {
    WriteSupport can = format.writing().orElseThrow();
    WriteOptions plain = WriteOptions.DEFAULT.withFormat(format.name());
    List<WriteOptions> ways = new ArrayList<>();
    for (SampleType sample : SampleType.values()) {
      for (Interleave order : Interleave.values()) {
        for (boolean compressed : new boolean[] {false, true}) {
          if (can.samples().contains(sample)
              && can.interleaves().contains(order)
              && (can.compression() || !compressed)) {
            ways.add(plain.withSample(sample).withInterleave(order).withCompressed(compressed));
          }
        }
      }
    }
    return ways;
  }

  /** What a way is called in messages and names of files. */
  static String name(WriteOptions way) {
    return way.sample().key() + "-" + way.interleave().key() + (way.compressed() ? "-z" : "");
  }

  static Path write(CubeFormat format, WriteOptions way, Path folder) throws IOException {
    Path file =
        Files.createDirectories(folder.resolve(name(way)))
            .resolve("sample" + format.endings().get(0));
    CubeFiles.write(cube(), file, way);
    return file;
  }

  /** Good files of a format; none where only others can make them. */
  static List<Sample> of(CubeFormat format, Path folder) throws IOException {
    List<Sample> samples = new ArrayList<>();
    if (format.writing().isPresent()) {
      for (WriteOptions way : ways(format)) {
        samples.add(new Sample(name(way), write(format, way, folder), ReadOptions.DEFAULT));
      }
    }
    if (format instanceof PictureFormat) {
      for (String ending : List.of("png", "jpg", "bmp")) {
        samples.add(picture(folder, ending));
      }
    }
    if (format instanceof MatlabFormat) {
      Path file = Files.createDirectories(folder.resolve("jhdf")).resolve("sample.mat");
      MatFile.write(file, hdf -> hdf.putDataset("cube", new double[NM.size()][WIDTH][HEIGHT]));
      samples.add(new Sample("jhdf", file, ReadOptions.DEFAULT));
    }
    if (format.name().equals("NDTiff")) {
      samples.addAll(ndTiff(folder));
    }
    if (format.name().equals("Micro-Manager")) {
      samples.addAll(stack(folder));
    }
    return samples;
  }

  /** Data sets of Micro-Manager, which are not part of this repository. */
  private static final Path MICRO_MANAGER = Path.of("..", "shared", "data", "micromanager");

  private static List<Sample> ndTiff(Path folder) throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (String version : List.of("ndtiffv2.0_test", "ndtiffv3.0_test")) {
      Path from = MICRO_MANAGER.resolve(version);
      if (Files.isDirectory(from)) {
        Path to = folder.resolve(version).resolve("sample");
        for (Map.Entry<String, byte[]> file : files(from).entrySet()) {
          Path copy = to.resolve(file.getKey());
          Files.createDirectories(copy.getParent());
          Files.write(copy, file.getValue());
        }
        samples.add(new Sample(version, to, ReadOptions.DEFAULT.withImage(2)));
      }
    }
    return samples;
  }

  private static List<Sample> stack(Path folder) throws IOException {
    Path packed = MICRO_MANAGER.resolve("mmstack_1.4.ome.tif.gz");
    if (!Files.exists(packed)) {
      return List.of();
    }
    Path file =
        Files.createDirectories(folder.resolve("mmstack")).resolve("sample_MMStack.ome.tif");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
      Files.write(file, in.readAllBytes());
    }
    return List.of(new Sample("mmstack", file, ReadOptions.DEFAULT.withImage(1)));
  }

  private static Sample picture(Path folder, String ending) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, i * 0x010305);
    }
    Path file = Files.createDirectories(folder.resolve(ending)).resolve("sample." + ending);
    if (!ImageIO.write(image, ending, file.toFile())) {
      throw new IOException("Image I/O writes no " + ending);
    }
    return new Sample(ending, file, ReadOptions.DEFAULT.withEncoding(ColourEncoding.LINEAR));
  }

  /** All files below a folder by their names relative to it. */
  static SortedMap<String, byte[]> files(Path folder) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }
}
