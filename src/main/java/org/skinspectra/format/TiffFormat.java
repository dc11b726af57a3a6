package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scijava.plugin.Plugin;

/**
 * TIFF stacks of ImageJ and others. Wavelengths stand in the slice labels and in the Info, both of
 * which ImageJ keeps when it opens and saves the file. Written are 32-bit stacks, uncompressed.
 */
@Plugin(type = CubeFormat.class)
public final class TiffFormat implements CubeFormat {

  @Override
  public String name() {
    return "ImageJ TIFF";
  }

  @Override
  public List<String> endings() {
    return List.of(".tif", ".tiff");
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    return TiffBounds.startsOne(head);
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    return ImageJStack.open(file, options);
  }

  @Override
  public Optional<WriteSupport> writing() {
    return Optional.of(WriteSupport.PLAIN);
  }

  @Override
  public long write(CubeSource source, Path target, WriteOptions options) {
    ImageJTiff.write(source, null, target);
    return 0;
  }
}
