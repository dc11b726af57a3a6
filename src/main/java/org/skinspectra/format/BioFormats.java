package org.skinspectra.format;

import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.JsonText;

/**
 * A file open in Bio-Formats (API of {@code formats-api} 6 to 8), which is bound at run time: Fiji
 * has it, and it is not on Maven Central. This is the only class that knows its names.
 */
final class BioFormats implements Closeable {

  /** How to get it, for messages where it is missing. */
  static final String HINT =
      "Bio-Formats, which reads many more, is not there: Fiji has it; for the command line name bioformats_package.jar in SKIN_SPECTRA_CLASSPATH.";

  private static final String READER = "loci.formats.ImageReader";
  private static final double MOST_NM = 1e6;

  /** Types by the numbers of {@code FormatTools}; a bit is given as a byte. */
  private static final StoredNumber[] TYPES = {
    StoredNumber.INT8,
    StoredNumber.UINT8,
    StoredNumber.INT16,
    StoredNumber.UINT16,
    StoredNumber.INT32,
    StoredNumber.UINT32,
    StoredNumber.FLOAT32,
    StoredNumber.FLOAT64,
    StoredNumber.UINT8
  };

  private final ClassLoader loader;
  private final Object reader;
  private Object metadata;

  private BioFormats(Class<?> type) throws IOException {
    loader = type.getClassLoader();
    try {
      reader = type.getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw failure(e);
    }
  }

  /** The class of its readers: where the thread's class loader sees it, or ours. */
  private static Optional<Class<?>> type() {
    for (ClassLoader loader :
        new ClassLoader[] {
          Thread.currentThread().getContextClassLoader(), BioFormats.class.getClassLoader()
        }) {
      try {
        return Optional.of(Class.forName(READER, true, loader));
      } catch (ClassNotFoundException | LinkageError e) {
        // Not there, or not whole; the next one may have it.
        continue;
      }
    }
    return Optional.empty();
  }

  /** Whether it is on the class path. */
  static boolean isThere() {
    return type().isPresent();
  }

  /** Whether it is there and one of its readers knows the file. */
  static boolean recognizes(Path file) throws IOException {
    Optional<Class<?>> type = type();
    if (type.isEmpty()) {
      return false;
    }
    try (BioFormats bioFormats = new BioFormats(type.get())) {
      return (Boolean)
          call(
              bioFormats.reader,
              "isThisType",
              new Class<?>[] {String.class, boolean.class},
              file.toAbsolutePath().toString(),
              true);
    }
  }

  /**
   * Opens a file. Of images that are there in several resolutions only the highest counts.
   *
   * @throws IOException if it is not there, or cannot read the file
   */
  static BioFormats open(Path file) throws IOException {
    BioFormats bioFormats = new BioFormats(type().orElseThrow(() -> new IOException(HINT)));
    try {
      bioFormats.collectMetadata();
      call(bioFormats.reader, "setFlattenedResolutions", new Class<?>[] {boolean.class}, false);
      call(
          bioFormats.reader,
          "setId",
          new Class<?>[] {String.class},
          file.toAbsolutePath().toString());
      return bioFormats;
    } catch (IOException | RuntimeException | Error e) {
      bioFormats.closeAfter(e);
      throw e;
    }
  }

  /** Closes it where something has failed, which stays the error. */
  void closeAfter(Throwable error) {
    try {
      close();
    } catch (IOException e) {
      error.addSuppressed(e);
    }
  }

  /** Asks for OME metadata where that part of Bio-Formats is there. */
  private void collectMetadata() throws IOException {
    try {
      Class<?> tools = Class.forName("loci.formats.MetadataTools", true, loader);
      Object store = tools.getMethod("createOMEXMLMetadata").invoke(null);
      if (store != null) {
        Class<?> type = Class.forName("loci.formats.meta.MetadataStore", true, loader);
        call(reader, "setMetadataStore", new Class<?>[] {type}, store);
        metadata = store;
      }
    } catch (ReflectiveOperationException | LinkageError e) {
      // Without it there are pixels still.
      metadata = null;
    }
  }

  // -- The chosen series --

  int seriesCount() throws IOException {
    return number("getSeriesCount");
  }

  void setSeries(int series) throws IOException {
    call(reader, "setSeries", new Class<?>[] {int.class}, series);
  }

  int width() throws IOException {
    return number("getSizeX");
  }

  int height() throws IOException {
    return number("getSizeY");
  }

  int focalPlanes() throws IOException {
    return number("getSizeZ");
  }

  int timePoints() throws IOException {
    return number("getSizeT");
  }

  /** Channels that are read one by one, each of {@link #samplesPerPixel}. */
  int channels() throws IOException {
    return number("getEffectiveSizeC");
  }

  /** Values of a pixel that are read together: 3 of an RGB image. */
  int samplesPerPixel() throws IOException {
    return number("getRGBChannelCount");
  }

  /** Whether the values of a pixel lie together and not plane by plane. */
  boolean isInterleaved() throws IOException {
    return flag("isInterleaved");
  }

  boolean isLittleEndian() throws IOException {
    return flag("isLittleEndian");
  }

  /** Whether values are numbers of colours in a table and so no measure of anything. */
  boolean isPalette() throws IOException {
    return flag("isIndexed") && !flag("isFalseColor");
  }

  StoredNumber pixelType() throws IOException {
    int number = number("getPixelType");
    if (number < 0 || number >= TYPES.length) {
      throw new IOException("its pixels are of a type that is not known (number " + number + ")");
    }
    return TYPES[number];
  }

  /** What Bio-Formats calls the file's format. */
  String format() throws IOException {
    return JsonText.printable(String.valueOf(call(reader, "getFormat", new Class<?>[0])));
  }

  /** Number of a plane of the series. */
  int plane(int focalPlane, int channel, int timePoint) throws IOException {
    return (Integer)
        call(
            reader,
            "getIndex",
            new Class<?>[] {int.class, int.class, int.class},
            focalPlane,
            channel,
            timePoint);
  }

  /** Bytes of a part of a plane. */
  byte[] read(int plane, PixelRegion region) throws IOException {
    return (byte[])
        call(
            reader,
            "openBytes",
            new Class<?>[] {int.class, int.class, int.class, int.class, int.class},
            plane,
            region.x(),
            region.y(),
            region.width(),
            region.height());
  }

  /** Name of a channel, if the file states it. */
  Optional<String> channelName(int series, int channel) {
    return ofChannel("getChannelName", series, channel)
        .map(name -> JsonText.printable(name.toString()))
        .filter(name -> !name.isBlank());
  }

  /** Emission wavelength of a channel (nm), if the file states it. */
  OptionalDouble emissionNm(int series, int channel) {
    Optional<Object> length = ofChannel("getChannelEmissionWavelength", series, channel);
    if (length.isEmpty()) {
      return OptionalDouble.empty();
    }
    try {
      Class<?> unit = Class.forName("ome.units.unit.Unit", true, loader);
      Object nanometre =
          Class.forName("ome.units.UNITS", true, loader).getField("NANOMETER").get(null);
      Object value =
          length.get().getClass().getMethod("value", unit).invoke(length.get(), nanometre);
      double nm = value instanceof Number number ? number.doubleValue() : Double.NaN;
      return nm > 0 && nm <= MOST_NM ? OptionalDouble.of(nm) : OptionalDouble.empty();
    } catch (ReflectiveOperationException | LinkageError e) {
      return OptionalDouble.empty();
    }
  }

  /** Metadata that somebody may have stated; many files have none, which is shown in many ways. */
  private Optional<Object> ofChannel(String getter, int series, int channel) {
    if (metadata == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(
          call(metadata, getter, new Class<?>[] {int.class, int.class}, series, channel));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  // -- Calls --

  private int number(String getter) throws IOException {
    return (Integer) call(reader, getter, new Class<?>[0]);
  }

  private boolean flag(String getter) throws IOException {
    return (Boolean) call(reader, getter, new Class<?>[0]);
  }

  private static Object call(Object target, String name, Class<?>[] types, Object... arguments)
      throws IOException {
    try {
      Method method = target.getClass().getMethod(name, types);
      return method.invoke(target, arguments);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw failure(e);
    }
  }

  /** The error within, as one that readers throw. */
  private static IOException failure(Throwable e) {
    Throwable cause = e instanceof InvocationTargetException i ? i.getTargetException() : e;
    if (cause instanceof OutOfMemoryError memory) {
      throw memory;
    }
    if (cause instanceof NoSuchMethodException || cause instanceof LinkageError) {
      return new IOException(
          "this Bio-Formats is of a version that is not known, or not whole ("
              + JsonText.printable(String.valueOf(cause))
              + ")",
          cause);
    }
    return new IOException("Bio-Formats says: " + FileErrors.reason(cause), cause);
  }

  @Override
  public void close() throws IOException {
    call(reader, "close", new Class<?>[0]);
  }
}
