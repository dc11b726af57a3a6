package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * TIFF stacks of ImageJ, 32-bit and uncompressed. Wavelengths stand in the slice labels and in the
 * Info, both of which ImageJ keeps when it opens and saves the file.
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
    return TiffSource.open(file);
  }

  @Override
  public boolean canWrite() {
    return true;
  }

  @Override
  public void write(CubeSource source, Path target) {
    ImageJTiff.write(source, null, target);
  }
}
