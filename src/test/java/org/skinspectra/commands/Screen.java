package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import java.awt.AWTException;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Robot;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import javax.imageio.ImageIO;

/** The display that window tests need, such as {@code xvfb-run mvn verify} gives. */
final class Screen {

  private static final Path FOLDER = Path.of("target", "windows");
  private static final long PATIENCE_MS = 10_000;

  private Screen() {}

  /** Skips the test, saying why, where there is none. */
  static void require(String test) {
    if (GraphicsEnvironment.isHeadless()) {
      System.out.println(test + " is skipped: there is no display; run it under xvfb-run.");
      abort("no display");
    }
  }

  /** Saves what the screen shows of a window as {@code target/windows/NAME.png}. */
  static void save(Window window, String name) throws Exception {
    EventQueue.invokeAndWait(
        () -> {
          window.setLocation(0, 0);
          window.toFront();
        });
    Thread.sleep(300);
    EventQueue.invokeAndWait(() -> {});
    capture(window, FOLDER.resolve(name + ".png"));
  }

  private static void capture(Window window, Path file) throws AWTException, IOException {
    Files.createDirectories(FOLDER);
    ImageIO.write(new Robot().createScreenCapture(window.getBounds()), "png", file.toFile());
    assertTrue(Files.size(file) > 1000, "an empty picture " + file);
  }

  /** Waits until something has come about. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.currentTimeMillis() + PATIENCE_MS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.currentTimeMillis() < end, "not within 10 s: " + what);
      Thread.sleep(20);
    }
  }
}
