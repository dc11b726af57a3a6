package org.skinspectra.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.SpectralCube;
import org.skinspectra.spectra.Wavelengths;

class PicturePoolTest {

  private static final int USES = 4;

  private static Picture numbered(long number) {
    SpectralCube cube = SpectralCube.zeros(1, 1, Wavelengths.range(500, 100, 700));
    cube.plane(0)[0] = number;
    return new Picture(cube, Mask.all(1, 1), Optional.empty());
  }

  private static long number(Picture picture) {
    return (long) picture.truth().plane(0)[0];
  }

  @Test
  void everyPictureServesAsManyCropsAsAsked() {
    PicturePool pool = new PicturePool(PicturePoolTest::numbered, USES);
    Map<Long, Integer> served = new HashMap<>();
    int crops = PicturePool.SIZE * USES * 5;
    for (int crop = 0; crop < crops; crop++) {
      served.merge(number(pool.forCrop(crop)), 1, Integer::sum);
    }
    // The first and the last round of a place are cut short by where counting begins and ends.
    long whole = served.values().stream().filter(count -> count == USES).count();
    assertTrue(whole >= 4L * PicturePool.SIZE, served.toString());
    assertTrue(served.values().stream().allMatch(count -> count <= USES), served.toString());
  }

  @Test
  void aCropGetsTheSamePictureWhateverWasAskedBefore() {
    PicturePool forwards = new PicturePool(PicturePoolTest::numbered, USES);
    PicturePool backwards = new PicturePool(PicturePoolTest::numbered, USES);
    int crops = PicturePool.SIZE * USES * 3;
    long[] first = new long[crops];
    for (int crop = 0; crop < crops; crop++) {
      first[crop] = number(forwards.forCrop(crop));
    }
    for (int crop = crops - 1; crop >= 0; crop--) {
      assertEquals(first[crop], number(backwards.forCrop(crop)));
    }
  }

  @Test
  void aPictureIsMadeOnceForAllItsCrops() {
    AtomicInteger made = new AtomicInteger();
    PicturePool pool =
        new PicturePool(
            number -> {
              made.incrementAndGet();
              return numbered(number);
            },
            USES);
    for (int crop = 0; crop < PicturePool.SIZE * USES; crop++) {
      pool.forCrop(crop);
    }
    assertTrue(made.get() <= 2 * PicturePool.SIZE, "made " + made);
  }

  @Test
  void whatASourceObjectsToReachesWhoeverAsked() {
    PicturePool pool =
        new PicturePool(
            number -> {
              throw new SkinSpectraException("no picture " + number);
            },
            USES);
    SkinSpectraException e = assertThrows(SkinSpectraException.class, () -> pool.forCrop(3));
    assertEquals("no picture 3", e.getMessage());
  }
}
