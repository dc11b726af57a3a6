package org.skinspectra.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.skinspectra.SkinSpectraException;

class ReadOptionsTest {

  private static int choose(Integer image, List<String> images) {
    return ReadOptions.DEFAULT.withImage(image).chooseImage(Path.of("stack.tif"), images);
  }

  private static void assertMessage(Integer image, List<String> images, String... parts) {
    String message =
        assertThrows(SkinSpectraException.class, () -> choose(image, images)).getMessage();
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void theOnlyImageNeedsNoNumberAndTheOthersAreCountedFromOne() {
    assertEquals(0, choose(null, List.of("a")));
    assertEquals(0, choose(1, List.of("a")));
    assertEquals(1, choose(2, List.of("a", "b")));
  }

  @Test
  void severalImagesAreListedWhereNoneWasChosen() {
    assertMessage(
        null,
        List.of("position 1", "odd\nname"),
        "stack.tif holds 2 images: 1 (position 1), 2 (odd",
        "--image N");
    assertMessage(null, Collections.nCopies(25, "x"), "10 (x) and 15 more");
    assertMessage(null, List.of(), "stack.tif holds no image");
  }

  @Test
  void numbersOfNoImageAreRefusedWithWhatThereIs() {
    assertMessage(3, List.of("a", "b"), "no image 3 in stack.tif", "1 (a), 2 (b)");
    assertMessage(0, List.of("a"), "no image 0", "only 1 image");
    assertMessage(-1, List.of(), "no image -1", "none");
  }
}
