package org.skinspectra.format;

import ij.io.FileInfo;
import ij.io.RandomAccessStream;
import ij.io.TiffDecoder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** ImageJ's decoder on a file whose counts have been checked, closed also when it fails. */
public final class TiffDirectories extends TiffDecoder {

  private TiffDirectories(Path file) throws IOException {
    super("", file.getFileName().toString());
    in = new RandomAccessStream(new RandomAccessFile(file.toFile(), "r"));
  }

  /** The directories of a TIFF, each one image or one stack. */
  public static FileInfo[] decode(Path file) throws IOException {
    TiffBounds.check(file);
    TiffDirectories decoder = new TiffDirectories(file);
    try {
      FileInfo[] directories = decoder.getTiffInfo();
      if (directories == null) {
        throw new IOException("it holds no image");
      }
      return directories;
    } finally {
      decoder.in.close();
    }
  }
}
