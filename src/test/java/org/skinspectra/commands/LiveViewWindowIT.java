package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.UnixOperatingSystemMXBean;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.measure.ResultsTable;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.WindowEvent;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.camera.CameraConnection;
import org.skinspectra.camera.DemoCameraSource;
import org.skinspectra.camera.DemoFault;
import org.skinspectra.camera.DemoOptions;
import org.skinspectra.camera.Rig;
import org.skinspectra.camera.Rigs;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.CameraProfiles;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.view.LiveLayout;
import org.skinspectra.view.LiveViewWindow;

/** The live view of the demo camera on a real display, and what it costs over 1,000 frames. */
@Timeout(300)
class LiveViewWindowIT {

  private static final Path PICTURES = Path.of("target", "windows");
  private static final double MIB = 1 << 20;
  private static final Pattern RANGE = Pattern.compile("^([0-9a-f]+)-[0-9a-f]+ ");

  private final CommandRunner fiji = new CommandRunner();

  @TempDir private Path folder;

  @BeforeEach
  void requireDisplay() {
    if (GraphicsEnvironment.isHeadless()) {
      System.out.println("Live view: skipped, there is no display. Run under xvfb-run.");
    }
    assumeFalse(GraphicsEnvironment.isHeadless(), "there is no display");
  }

  @AfterEach
  void close() {
    fiji.close();
  }

  private CameraService cameras() {
    return fiji.context().service(CameraService.class);
  }

  private LiveViewWindow opened() {
    assertFalse(fiji.run(LiveView.class, Map.of()).isCanceled());
    ImagePlus image = WindowManager.getCurrentImage();
    LiveViewWindow window = (LiveViewWindow) image.getWindow();
    awaitPictures(window, 3);
    return window;
  }

  private static void awaitPictures(LiveViewWindow window, int more) {
    long before = window.drawn();
    await(() -> window.drawn() >= before + more);
  }

  private static void await(BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void awaitClosed(LiveViewWindow window) {
    await(() -> !window.isVisible() && WindowManager.getImageCount() == 0);
  }

  /** As its cross does. */
  private static void clickAway(LiveViewWindow window) {
    EventQueue.invokeLater(
        () -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
  }

  private static void assertNothingIsCutOff(Container container) {
    for (Component part : container.getComponents()) {
      assertTrue(
          part.getX() + part.getWidth() <= container.getWidth(),
          "%s ends at %d of %d"
              .formatted(part, part.getX() + part.getWidth(), container.getWidth()));
      if (part instanceof Container inner) {
        assertNothingIsCutOff(inner);
      }
    }
  }

  private static void save(LiveViewWindow window, String name) throws Exception {
    EventQueue.invokeAndWait(
        () -> {
          window.toFront();
          window.repaint();
        });
    awaitPictures(window, 10);
    Rectangle bounds = window.getBounds();
    Files.createDirectories(PICTURES);
    File file = PICTURES.resolve(name).toFile();
    ImageIO.write(new Robot().createScreenCapture(bounds), "png", file);
    System.out.println("Live view: " + file.getAbsolutePath());
  }

  @Test
  void itShowsBothFramesTheirNumbersAndKeepsTheRoi() throws Exception {
    fiji.run(ConnectCamera.class, Map.of("rig", "demo-two-cameras"));
    LiveViewWindow window = opened();
    ImagePlus image = window.getImagePlus();
    await(() -> image.getWidth() == 512 && image.getHeight() == 256);
    assertTrue(window.numbers().contains("RGB  12 ms"), window.numbers());
    assertTrue(window.numbers().contains("N960  24 ms"), window.numbers());
    assertTrue(window.numbers().contains("whole frame"), window.numbers());

    image.setRoi(new Roi(300, 60, 80, 60));
    awaitPictures(window, 40);
    assertEquals(new Rectangle(300, 60, 80, 60), image.getRoi().getBounds());
    assertTrue(window.numbers().contains("inside the ROI"), window.numbers());
    assertEquals(
        new Rectangle(44, 60, 80, 60), image.getOverlay().get(0).getBounds(), "the other frame");
    window.brighten(4);
    save(window, "live-view.png");

    // The ROI stays on its place of the skin, whatever is shown beside it.
    for (LiveLayout layout : List.of(LiveLayout.BLENDED, LiveLayout.INFRARED)) {
      window.choose(layout);
      await(() -> image.getWidth() == 256);
      awaitPictures(window, 3);
      assertEquals(new Rectangle(44, 60, 80, 60), image.getRoi().getBounds(), layout.label());
    }
    assertFalse(window.numbers().contains("RGB"), window.numbers());
    window.choose(LiveLayout.BLENDED);
    await(() -> window.numbers().contains("RGB"));
    save(window, "live-view-blended.png");
    assertNothingIsCutOff(window);
    window.choose(LiveLayout.COLOUR);
    window.markSaturated(false);
    awaitPictures(window, 5);

    clickAway(window);
    awaitClosed(window);
    assertFalse(image.changes);
    // The camera is free again.
    fiji.output(
        "numbers",
        ResultsTable.class,
        CapturePictures.class,
        Map.of("session", folder.resolve("after").toFile(), "average", 1));
  }

  @Test
  void itPausesDuringACaptureAndMayBeClosedMeanwhile() throws Exception {
    fiji.run(ConnectCamera.class, Map.of("rig", "demo-two-cameras"));
    LiveViewWindow window = opened();
    File session = folder.resolve("session").toFile();
    Future<CommandModule> capture =
        fiji.context()
            .service(CommandService.class)
            .run(
                CapturePictures.class,
                true,
                Map.<String, Object>of("session", session, "count", 20, "average", 1));
    await(() -> window.numbers().contains("paused"));
    clickAway(window);
    awaitClosed(window);
    assertFalse(capture.isDone(), "the capture had ended before the window was closed");
    CommandModule module = capture.get();
    assertFalse(module.isCanceled(), module.getCancelReason());
    CaptureSession stored = CaptureSession.open(session.toPath());
    assertEquals(40, stored.frames().size());
    assertEquals(List.of(), stored.verify(ProgressMonitor.NONE).problems());
  }

  @Test
  void disconnectingClosesItAndASecondOneTakesItsPlace() {
    fiji.run(ConnectCamera.class, Map.of());
    LiveViewWindow first = opened();
    fiji.run(LiveView.class, Map.of());
    await(() -> !first.isVisible() && WindowManager.getImageCount() == 1);
    LiveViewWindow second = (LiveViewWindow) WindowManager.getCurrentImage().getWindow();
    awaitPictures(second, 3);
    fiji.run(DisconnectCamera.class, Map.of());
    awaitClosed(second);
    assertNull(WindowManager.getCurrentImage());
  }

  @Test
  void aCameraThatIsUnpluggedIsToldInTheWindow() throws Exception {
    Rig rig = Rigs.named("demo-two-cameras");
    CameraProfile profile = CameraProfiles.named(rig.profile());
    DemoOptions options =
        DemoOptions.of(profile)
            .withFaults(List.of(DemoFault.from(DemoFault.Kind.UNPLUGGED, "N960", 20)));
    cameras()
        .connect(
            ProgressMonitor.NONE,
            () -> CameraConnection.open(rig, profile, () -> new DemoCameraSource(options)));
    LiveViewWindow window = opened();
    await(() -> window.numbers().contains("not connected any more"));
    clickAway(window);
    awaitClosed(window);
  }

  @Test
  void aThousandFramesLeaveMemoryAndFilesAsTheyWere() throws Exception {
    Rig rig = Rigs.named("demo-two-cameras");
    CameraProfile profile = CameraProfiles.named(rig.profile());
    // As fast as the computer can: the display, not the camera, is what is tried.
    DemoOptions options = DemoOptions.of(profile).withRealTime(false);
    cameras()
        .connect(
            ProgressMonitor.NONE,
            () -> CameraConnection.open(rig, profile, () -> new DemoCameraSource(options)));
    LiveViewWindow window = opened();
    ImagePlus image = window.getImagePlus();
    image.setRoi(new Roi(20, 20, 100, 100));
    awaitPictures(window, 200);
    Use before = Use.now();
    awaitPictures(window, 500);
    Use half = Use.now();
    awaitPictures(window, 500);
    Use after = Use.now();
    System.out.printf(
        "Live view, 1,000 pictures of 512x256: before %s; after 500 %s; after 1,000 %s%n",
        before, half, after);
    assertTrue(after.heapMib() < before.heapMib() + 8, "heap grew");
    assertTrue(after.nativeMib() < before.nativeMib() + 32, "native memory grew");
    assertTrue(after.files() <= before.files() + 4, "open files grew");
    assertTrue(after.threads() <= before.threads() + 4, "threads grew");
    clickAway(window);
    awaitClosed(window);
  }

  /**
   * What a program uses.
   *
   * @param heapMib least after a collection
   * @param nativeMib resident memory outside of the heap; 0 where that is not known
   */
  private record Use(double heapMib, double nativeMib, long files, int threads) {

    static Use now() throws IOException {
      Runtime java = Runtime.getRuntime();
      double heap = Double.POSITIVE_INFINITY;
      // The view goes on meanwhile: the least of some is what stays.
      for (int i = 0; i < 6; i++) {
        System.gc();
        heap = Math.min(heap, (java.totalMemory() - java.freeMemory()) / MIB);
      }
      long files =
          ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
              ? unix.getOpenFileDescriptorCount()
              : 0;
      return new Use(
          heap, residentOutsideHeap(), files, ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** The heap of a Java below 32 GiB lies in the lowest 64 GiB of addresses, all else above. */
    private static double residentOutsideHeap() throws IOException {
      Path maps = Path.of("/proc/self/smaps");
      long kib = 0;
      boolean counts = false;
      for (String line : Files.exists(maps) ? Files.readAllLines(maps) : List.<String>of()) {
        Matcher range = RANGE.matcher(line);
        if (range.find()) {
          counts = Long.parseUnsignedLong(range.group(1), 16) >> 36 > 0;
        } else if (counts && line.startsWith("Rss:")) {
          kib += Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return kib / 1024.0;
    }

    @Override
    public String toString() {
      return "heap %.1f MiB, native %.0f MiB, %d files, %d threads"
          .formatted(heapMib, nativeMib, files, threads);
    }
  }
}
