package org.skinspectra.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What happens to files, at random but always in the same way for the same random numbers. */
enum Damage {
  /** The end is missing. */
  CUT_OFF {
    @Override
    byte[] applied(byte[] whole, Random random) {
      return Arrays.copyOf(whole, random.nextInt(whole.length));
    }
  },
  /** Other things follow. */
  LONGER {
    @Override
    byte[] applied(byte[] whole, Random random) {
      byte[] longer = new byte[1 + random.nextInt(4096)];
      random.nextBytes(longer);
      return ByteBuffer.allocate(whole.length + longer.length).put(whole).put(longer).array();
    }
  },
  /** Some bits of the first kilobyte are others. */
  HEAD {
    @Override
    byte[] applied(byte[] whole, Random random) {
      return flipped(whole, Math.min(whole.length, 1024), random);
    }
  },
  /** Some bits anywhere are others. */
  ANYWHERE {
    @Override
    byte[] applied(byte[] whole, Random random) {
      return flipped(whole, whole.length, random);
    }
  },
  /** A number that says how much or where says more than there is. */
  LYING_SIZE {
    @Override
    byte[] applied(byte[] whole, Random random) {
      long[] lies = {0, 1, -1, 0x7fff, 0xffff, 1 << 20, Integer.MAX_VALUE, 1L << 31, 1L << 40};
      byte[] damaged = whole.clone();
      ByteBuffer buffer = ByteBuffer.wrap(damaged);
      buffer.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      int reach = random.nextBoolean() ? Math.min(whole.length, 2048) : whole.length;
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        int bytes = 1 << 1 + random.nextInt(3);
        int at = random.nextInt(reach) & -(random.nextBoolean() ? bytes : 1);
        if (at + bytes <= damaged.length) {
          long lie = lies[random.nextInt(lies.length)];
          switch (bytes) {
            case 2 -> buffer.putShort(at, (short) lie);
            case 4 -> buffer.putInt(at, (int) lie);
            default -> buffer.putLong(at, lie);
          }
        }
      }
      return damaged;
    }
  },
  /** A number written in digits is another, or none. */
  LYING_TEXT {
    @Override
    byte[] applied(byte[] whole, Random random) {
      String[] lies = {
        "0",
        "-1",
        "2",
        "65536",
        "999999999",
        "99999999999999999999",
        "1e308",
        "NaN",
        "x",
        "",
        "../x"
      };
      String text = new String(whole, StandardCharsets.ISO_8859_1);
      Matcher number = Pattern.compile("[0-9]+(\\.[0-9]+)?").matcher(text);
      int numbers = 0;
      while (number.find()) {
        numbers++;
      }
      if (numbers == 0) {
        return HEAD.applied(whole, random);
      }
      int chosen = random.nextInt(Math.min(numbers, 60));
      number.reset();
      for (int i = 0; i <= chosen; i++) {
        number.find();
      }
      String lie = lies[random.nextInt(lies.length)];
      return (text.substring(0, number.start()) + lie + text.substring(number.end()))
          .getBytes(StandardCharsets.ISO_8859_1);
    }
  },
  /** Two parts have changed places, as when a disk mixes up its blocks. */
  SWAPPED {
    @Override
    byte[] applied(byte[] whole, Random random) {
      int block = 1 + random.nextInt(Math.max(1, Math.min(512, whole.length / 4)));
      byte[] damaged = whole.clone();
      int from = random.nextInt(whole.length - block + 1);
      int to = random.nextInt(whole.length - block + 1);
      System.arraycopy(whole, from, damaged, to, block);
      System.arraycopy(whole, to, damaged, from, block);
      return damaged;
    }
  },
  /** A part is missing in the middle. */
  CUT_OUT {
    @Override
    byte[] applied(byte[] whole, Random random) {
      int from = random.nextInt(whole.length);
      int to = from + random.nextInt(Math.min(512, whole.length - from) + 1);
      return ByteBuffer.allocate(whole.length - (to - from))
          .put(whole, 0, from)
          .put(whole, to, whole.length - to)
          .array();
    }
  },
  /** Nothing of it is left but its beginning, which tells the format. */
  RANDOM {
    @Override
    byte[] applied(byte[] whole, Random random) {
      byte[] noise = new byte[random.nextInt(4096)];
      random.nextBytes(noise);
      int kept = Math.min(random.nextInt(200), Math.min(noise.length, whole.length));
      System.arraycopy(whole, 0, noise, 0, kept);
      return noise;
    }
  },
  /** It is not there any more. */
  EMPTY {
    @Override
    byte[] applied(byte[] whole, Random random) {
      return new byte[0];
    }
  };

  /** The same bytes, damaged; what is given stays as it is and is not empty. */
  abstract byte[] applied(byte[] whole, Random random);

  private static byte[] flipped(byte[] whole, int reach, Random random) {
    byte[] damaged = whole.clone();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      int at = random.nextInt(reach);
      damaged[at] =
          switch (random.nextInt(4)) {
            case 0 -> (byte) (damaged[at] ^ 1 << random.nextInt(8));
            case 1 -> (byte) 0xff;
            case 2 -> 0;
            default -> (byte) random.nextInt(256);
          };
    }
    return damaged;
  }
}
