package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.Priority;
import org.scijava.plugin.Plugin;
import org.skinspectra.WholeFile;

/**
 * OME-TIFF: planes in a TIFF, or in several beside one another, and OME-XML that says what they
 * are. Channels are bands and their emission wavelengths the wavelengths.
 */
@Plugin(type = CubeFormat.class, priority = Priority.HIGH)
public final class OmeTiffFormat implements CubeFormat {

  @Override
  public String name() {
    return "OME-TIFF";
  }

  @Override
  public List<String> endings() {
    return List.of(".ome.tif", ".ome.tiff", ".ome.tf8", ".ome.btf");
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    if (!TiffBounds.startsOne(head)) {
      return false;
    }
    try (TiffFile tiff = TiffFile.open(file)) {
      return OmeTiffSource.text(tiff).map(text -> text.contains("<OME")).orElse(false);
    } catch (IOException | RuntimeException e) {
      // A damaged TIFF: the format of all TIFFs says what is wrong.
      return false;
    }
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    return OmeTiffSource.open(file, options);
  }

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN.withAllSamples().withCompression());
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) {
    byte[] text = OmeCubeXml.write(source, target, options);
    SampleQuantizer samples = new SampleQuantizer(options, target);
    boolean big = OmeTiffWriter.isBig(source, options, text.length);
    WholeFile.write(
        target, temporary -> OmeTiffWriter.write(temporary, source, options, samples, text, big));
    return samples.clipped();
  }
}
