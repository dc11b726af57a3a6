package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllOrNothingChannelTest {

  @Test
  void aRequestBeyondTheEndReadsNothing(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {1, 2, 3});
    try (AllOrNothingChannel channel = new AllOrNothingChannel(file)) {
      ByteBuffer two = ByteBuffer.allocate(2);
      assertEquals(2, channel.read(two));
      assertEquals(2, two.get(1));
      assertEquals(-1, channel.read(two.clear()));
      assertEquals(2, channel.position());
      assertEquals(1, channel.position(2).read(ByteBuffer.allocate(1)));
      assertThrows(NonWritableChannelException.class, () -> channel.write(two));
      assertThrows(NonWritableChannelException.class, () -> channel.truncate(1));
    }
  }
}
