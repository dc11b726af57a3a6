package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.JsonText;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.SoftwareVersion;
import org.skinspectra.cube.Msi;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Makes a file of one format into a file of another: cubes and images a few planes at a time,
 * tables of spectra whole. What the source says of itself is kept, and gains the key {@code
 * converted}: from which file, by which software.
 *
 * @param reading what the user says of the source
 * @param selection which part of it is wanted
 * @param writing how it is written
 * @param overwrite whether a file that is there already is replaced
 */
public record Conversion(
    ReadOptions reading, CubeSelection selection, WriteOptions writing, boolean overwrite) {

  /**
   * What was written.
   *
   * @param format name of the format; empty for a table, whose ending says it
   * @param size in pixels; empty for a table of spectra
   * @param bands of an image, or spectra of a table
   * @param wavelengths of the bands, where they are known
   * @param clipped how many values were stored as another, since an integer cannot hold them
   */
  public record Result(
      Optional<String> format,
      Optional<ImageSize> size,
      int bands,
      Optional<Wavelengths> wavelengths,
      long clipped) {}

  /**
   * Makes sure, before long work, that one file can be made of another.
   *
   * @throws SkinSpectraException if one is an image and the other a table, the format is unknown or
   *     does not write so, a file is there that is not to be replaced, or nothing can be written
   *     there
   */
  public void require(Path from, Path target) {
    if (isTable(from)) {
      requireTable(from, target);
    } else {
      requireImage(from, target);
    }
    for (Path file : written(from, target)) {
      if (!overwrite && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new SkinSpectraIOException(
            "There is %s already. Choose another name, or have it replaced (--overwrite on the command line)."
                .formatted(file));
      }
    }
  }

  /**
   * Converts one file.
   *
   * @throws SkinSpectraException if the source cannot be read, has no such part or is the target,
   *     or the target cannot be written or is there already; nothing is written then
   * @throws org.skinspectra.CanceledException if the user asked to stop; nothing is written then
   */
  public Result run(Path from, Path target, ProgressMonitor progress) {
    require(from, target);
    requireOther(from, target);
    return isTable(from) ? table(from, target) : image(from, target, progress);
  }

  private Result image(Path from, Path target, ProgressMonitor progress) {
    try (CubeSource file = CubeFiles.open(from, reading)) {
      CubeSource source = selection.of(inOrder(file), from.toString());
      CubeSource converted =
          new ConvertedSource(
              source, provenance(source.provenance(), from), "The conversion of " + from, progress);
      Optional<Wavelengths> wavelengths = source.wavelengths();
      long clipped = CubeFiles.write(converted, target, writing);
      progress.report("bands", 1, 1);
      return new Result(
          Optional.of(CubeFiles.writer(target, writing).name()),
          Optional.of(new ImageSize(source.width(), source.height())),
          source.bands(),
          wavelengths,
          clipped);
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot close " + from + ": " + FileErrors.reason(e) + ".", e);
    }
  }

  /** Channels of a multispectral image become R, G, B, 960 nm, whatever order the source has. */
  private static CubeSource inOrder(CubeSource source) {
    if (source.bands() > Msi.CHANNEL_NAMES.size() || source.wavelengths().isPresent()) {
      return source;
    }
    try {
      return source
          .msiBands()
          .filter(order -> order.length == source.bands())
          .<CubeSource>map(
              order ->
                  new SelectedSource(
                      source, order, PixelRegion.whole(source.width(), source.height())))
          .orElse(source);
    } catch (SkinSpectraException e) {
      // Names that do not tell, as of other images: they stay as they are.
      return source;
    }
  }

  private Result table(Path from, Path target) {
    SpectralTable table = SpectraFiles.read(from);
    SpectraFiles.write(table.withProvenance(provenance(table.provenance(), from)), target);
    return new Result(
        Optional.empty(),
        Optional.empty(),
        table.names().size(),
        Optional.of(table.wavelengths()),
        0);
  }

  /**
   * Whether an existing file is a table of spectra; text is one, unless it belongs to an image, as
   * Micro-Manager's metadata do.
   *
   * @throws SkinSpectraException if the file cannot be read
   */
  public static boolean isTable(Path file) {
    if (Files.isDirectory(file) || !SpectraFiles.recognizes(file)) {
      return false;
    }
    boolean text = file.toString().toLowerCase(Locale.ROOT).endsWith(".txt");
    return !text || !belongsToImage(file);
  }

  /** Bio-Formats takes much for an image that is none. */
  private static boolean belongsToImage(Path file) {
    try {
      return !(CubeFiles.formatOf(file) instanceof BioFormatsFormat);
    } catch (SkinSpectraException e) {
      return false;
    }
  }

  private void requireTable(Path from, Path target) {
    if (!SpectraFiles.isWritable(target)) {
      throw new SkinSpectraIOException(
          "%s is a table of spectra and has no pixels, so no image %s can be made of it. It can become: %s."
              .formatted(from, target, SpectraFiles.kinds()));
    }
    if (!reading.equals(ReadOptions.DEFAULT)
        || !selection.equals(CubeSelection.ALL)
        || !writing.equals(WriteOptions.DEFAULT)) {
      throw new SkinSpectraException(
          "%s is a table of spectra, which is converted whole and as it is; leave out all options on samples, bands and pixels."
              .formatted(from));
    }
    SpectraFiles.requireWritable(target);
  }

  private void requireImage(Path from, Path target) {
    boolean unlikeImages =
        CubeFiles.formats().stream()
            .flatMap(format -> format.endings().stream())
            .noneMatch(target.toString().toLowerCase(Locale.ROOT)::endsWith);
    if (unlikeImages && SpectraFiles.isWritable(target)) {
      throw new SkinSpectraIOException(
          "%s is an image, and %s would be a table of spectra. Measure spectra of its regions first (ROI Spectra in Fiji), or give the result the ending of an image, such as .hdr."
              .formatted(from, target));
    }
    CubeFiles.requireWritable(target, writing);
  }

  private List<Path> written(Path from, Path target) {
    return isTable(from) ? SpectraFiles.written(target) : CubeFiles.written(target, writing);
  }

  /** Everything that is read, data beside a header and an image of 960 nm included. */
  private List<Path> sources(Path from) {
    List<Path> sources = new ArrayList<>(List.of(from));
    reading.infrared().ifPresent(sources::add);
    if (!isTable(from)) {
      sources.addAll(CubeFiles.files(from));
    }
    return sources;
  }

  private void requireOther(Path from, Path target) {
    try {
      for (Path source : sources(from)) {
        for (Path file : written(from, target)) {
          if (Files.exists(source) && Files.exists(file) && Files.isSameFile(source, file)) {
            throw new SkinSpectraIOException(
                "%s would be written over while it is read; choose another name for the result."
                    .formatted(source));
          }
        }
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException(
          "Cannot tell whether %s is to be written over: %s.".formatted(from, FileErrors.reason(e)),
          e);
    }
  }

  private Map<String, String> provenance(Map<String, String> before, Path from) {
    Map<String, String> provenance = new LinkedHashMap<>(before);
    String how =
        "from %s%s by skin-spectra %s"
            .formatted(
                from.toAbsolutePath().normalize().getFileName(),
                writing.sample().isInteger()
                    ? " to " + writing.sample().key() + " of scale " + scale()
                    : "",
                SoftwareVersion.text());
    provenance.merge("converted", how, (earlier, now) -> earlier + ", then " + now);
    return provenance;
  }

  private String scale() {
    return JsonText.number(writing.scaleOrUsual());
  }
}
