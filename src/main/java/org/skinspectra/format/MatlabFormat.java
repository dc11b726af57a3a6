package org.skinspectra.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.scijava.plugin.Plugin;
import org.skinspectra.SkinSpectraIOException;

/** MATLAB files of version 7.3, which are HDF5 behind a header of 512 bytes. */
@Plugin(type = CubeFormat.class)
public final class MatlabFormat implements CubeFormat {

  private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  private static final int HEADER_TEXT = 116;

  @Override
  public String name() {
    return "MATLAB 7.3";
  }

  @Override
  public List<String> endings() {
    return List.of(".mat");
  }

  @Override
  public boolean recognizes(Path file, byte[] head) {
    if (text(head).startsWith("MATLAB ")) {
      return true;
    }
    // HDF5 may begin at 0, 512, 1024, 2048 … (HDF5 File Format Specification 3.0, II.A).
    for (int start = 0; start + HDF5.length <= head.length; start = Math.max(512, 2 * start)) {
      if (Arrays.equals(head, start, start + HDF5.length, HDF5, 0, HDF5.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public CubeSource open(Path file, ReadOptions options) throws IOException {
    String text;
    try (InputStream in = Files.newInputStream(file)) {
      text = text(in.readNBytes(HEADER_TEXT));
    }
    if (text.startsWith("MATLAB 5.0")) {
      throw new SkinSpectraIOException(
          file
              + " is a MATLAB file of version 5; version 7.3 is needed. In MATLAB, save it with save('name.mat', 'cube', '-v7.3').");
    }
    options.chooseImage(file, List.of("variable"));
    return MatlabHdf.open(file, options.variable());
  }

  private static String text(byte[] head) {
    return new String(head, 0, Math.min(head.length, HEADER_TEXT), StandardCharsets.ISO_8859_1);
  }
}
