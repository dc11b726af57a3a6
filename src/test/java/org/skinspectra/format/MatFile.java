package org.skinspectra.format;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.checksum.ChecksumUtils;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Makes MATLAB 7.3 files for tests: HDF5 behind MATLAB's header of 512 bytes. */
final class MatFile {

  private static final int USER_BLOCK = 512;

  private MatFile() {}

  /** Writes the content that {@code variables} puts; cubes are {@code [band][x][y]}. */
  static Path write(Path file, Consumer<WritableHdfFile> variables) throws IOException {
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      variables.accept(hdf);
    }
    byte[] plain = Files.readAllBytes(file);
    ByteBuffer superblock = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    // Superblock 2 or 3: base address at 12, checksum of the 44 bytes before it at 44.
    superblock.putLong(12, USER_BLOCK);
    superblock.putInt(44, ChecksumUtils.checksum(Arrays.copyOf(plain, 44)));
    byte[] header = new byte[USER_BLOCK];
    Arrays.fill(header, 0, 116, (byte) ' ');
    byte[] text = "MATLAB 7.3 MAT-file".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, header, 0, text.length);
    ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putShort(124, (short) 0x200);
    header[126] = 'I';
    header[127] = 'M';
    ByteBuffer whole = ByteBuffer.allocate(USER_BLOCK + plain.length).put(header).put(plain);
    return Files.write(file, whole.array());
  }
}
