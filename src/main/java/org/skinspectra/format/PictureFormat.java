package org.skinspectra.format;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.scijava.plugin.Plugin;

/**
 * Pictures: PNG, JPEG and BMP. Grey ones are one band of which white is 1. What red, green and blue
 * mean is never guessed: they are read with {@link ReadOptions#encoding} only.
 */
@Plugin(type = CubeFormat.class)
public final class PictureFormat implements CubeFormat {

  @Override
  public String name() {
    return "Picture";
  }

  @Override
  public List<String> endings() {
    return List.of(".png", ".jpg", ".jpeg", ".bmp");
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    return Pictures.startsOne(head);
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    options.chooseImage(file, List.of("picture"));
    return new PictureSource(file, Pictures.header(file).orElseThrow());
  }
}
