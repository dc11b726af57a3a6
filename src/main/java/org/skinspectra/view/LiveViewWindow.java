package org.skinspectra.view;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.ImageWindow;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ColorProcessor;
import java.awt.BorderLayout;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Color;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Panel;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.RigPreview;
import org.skinspectra.camera.RigStep;
import org.skinspectra.cube.Frame;
import org.skinspectra.cube.Mask;
import org.skinspectra.cube.Masks;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.FrameStatistics;

/**
 * The live view of a rig in a window of ImageJ: colours and 960 nm side by side or blended, with
 * saturated pixels marked, and below them histograms, exposure, level and focus, of the ROI where
 * there is one. A thread of its own draws the newest frames, at most 30 times a second; the camera
 * never waits for it. Closing the window ends the preview at once; a preview that somebody else
 * ends closes the window.
 */
public final class LiveViewWindow extends ImageWindow {

  private static final long serialVersionUID = 1L;

  private static final String INFRARED = "N960";
  private static final int WAITING_SIDE = 256;
  private static final int MOST_GAIN = 16;
  private static final long SHORTEST_MS = 33;
  private static final long LOOK_EVERY_MS = 10;
  private static final double RATE_SECONDS = 1;

  private final transient RigPreview preview;
  private final transient CameraProfile profile;
  private final transient LivePicture picture;
  private final transient Map<String, Frame> frames = new LinkedHashMap<>();
  private final transient LiveReadout readout;
  private final Choice layout = new Choice();
  private final Choice brightness = new Choice();
  private final Checkbox saturation = new Checkbox("mark saturated pixels", true);

  private transient volatile LiveLayout chosen = LiveLayout.SIDE_BY_SIDE;
  private volatile boolean marked = true;
  private volatile int gain = 1;
  private volatile boolean ended;
  private volatile long drawn;

  private int infraredX;
  private double rate;
  private long rateSince = System.nanoTime();
  private long rateFrames;

  private LiveViewWindow(ImagePlus image, RigPreview preview, CameraProfile profile) {
    super(image, new ImageCanvas(image));
    this.preview = preview;
    this.profile = profile;
    picture = new LivePicture(profile);
    readout = new LiveReadout(preview.rig().steps().size());
    add(below());
    pack();
  }

  /** Opens a window on a preview, which is closed with it. */
  public static LiveViewWindow open(RigPreview preview, CameraProfile profile) {
    ImagePlus image =
        new ImagePlus(
            "Live view: " + preview.rig().name(), new ColorProcessor(WAITING_SIDE, WAITING_SIDE));
    LiveViewWindow window = new LiveViewWindow(image, preview, profile);
    Thread drawing = new Thread(window::run, "live view window");
    drawing.setDaemon(true);
    drawing.start();
    return window;
  }

  /**
   * Controls and numbers as one: ImageJ begins what is low where the image begins, so that the
   * controls alone would end outside of a window that is wider than its image.
   */
  private Panel below() {
    Panel below = new Panel(new BorderLayout());
    below.add(controls(), BorderLayout.NORTH);
    below.add(readout, BorderLayout.CENTER);
    return below;
  }

  private Panel controls() {
    LiveLayout.labels().forEach(layout::add);
    layout.addItemListener(event -> choose(LiveLayout.values()[layout.getSelectedIndex()]));
    saturation.addItemListener(event -> marked = saturation.getState());
    Panel panel = new Panel(new FlowLayout(FlowLayout.LEFT));
    panel.add(layout);
    for (int times = 1; times <= MOST_GAIN; times *= 2) {
      brightness.add("shown x" + times);
    }
    brightness.addItemListener(event -> gain = 1 << brightness.getSelectedIndex());
    panel.add(brightness);
    panel.add(saturation);
    return panel;
  }

  /** Shows colours and 960 nm in another way. One alone comes as fast as its camera delivers. */
  public void choose(LiveLayout value) {
    layout.select(value.ordinal());
    preview.setOnly(
        switch (value) {
          case INFRARED -> step(INFRARED);
          case COLOUR -> step("RGB");
          default -> Optional.empty();
        });
    chosen = value;
  }

  private Optional<String> step(String channel) {
    return preview.rig().steps().stream().map(RigStep::channel).filter(channel::equals).findFirst();
  }

  /** Whether saturated pixels are marked. */
  public void markSaturated(boolean value) {
    saturation.setState(value);
    marked = value;
  }

  /**
   * Shows the picture brighter than it is; numbers and marks stay as they are.
   *
   * @param times 1, 2, 4, 8 or 16
   */
  public void brighten(int times) {
    brightness.select("shown x" + times);
    gain = 1 << brightness.getSelectedIndex();
  }

  /** Pictures that were drawn. */
  public long drawn() {
    return drawn;
  }

  /** The numbers that are shown below the picture. */
  public String numbers() {
    return readout.text();
  }

  // -- Drawing --

  private void run() {
    LiveLayout last = null;
    boolean mark = marked;
    int times = gain;
    while (!ended && !preview.isClosed()) {
      long begin = System.nanoTime();
      boolean news = takeNewest();
      Optional<SkinSpectraException> failure = preview.failure();
      if (failure.isPresent() && !news) {
        readout.show(List.of(), failure.get().getMessage(), true);
      } else if (news || chosen != last || mark != marked || times != gain) {
        last = chosen;
        mark = marked;
        times = gain;
        try {
          draw(last, mark, times);
        } catch (RuntimeException | OutOfMemoryError e) {
          // One picture that cannot be drawn must not leave a window that stands still and says
          // nothing; the next may do.
          readout.show(List.of(), "This picture cannot be drawn: " + e, true);
        }
      } else if (preview.isPaused()) {
        readout.show(List.of(), "paused: the camera is in use", false);
      }
      long spent = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      if (!sleep(news ? Math.max(1, SHORTEST_MS - spent) : LOOK_EVERY_MS)) {
        break;
      }
    }
    if (!ended) {
      EventQueue.invokeLater(this::close);
    }
  }

  private boolean takeNewest() {
    boolean news = false;
    for (RigStep step : preview.rig().steps()) {
      Optional<Frame> frame = preview.newest(step.channel());
      frame.ifPresent(newest -> frames.put(step.channel(), newest));
      news |= frame.isPresent();
    }
    return news;
  }

  private static boolean sleep(long ms) {
    try {
      TimeUnit.MILLISECONDS.sleep(ms);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void draw(LiveLayout how, boolean mark, int times) {
    Optional<ColorProcessor> rendered = picture.render(frames, how, mark, times);
    if (rendered.isEmpty() || ended) {
      return;
    }
    place(rendered.get(), how);
    measureRate();
    readout.show(
        rows(how),
        String.format(
            Locale.ROOT,
            "%.0f frames/s  %s",
            rate,
            imp.getRoi() == null ? "whole frame" : "inside the ROI"),
        false);
    drawn++;
  }

  /** Puts the picture into the window; the ROI stays where it is on its frame. */
  private void place(ColorProcessor next, LiveLayout how) {
    int x = LivePicture.infraredX(frames, how);
    Roi roi = imp.getRoi();
    if (next.getWidth() == imp.getWidth() && next.getHeight() == imp.getHeight()) {
      int[] pixels = (int[]) next.getPixels();
      System.arraycopy(pixels, 0, (int[]) imp.getProcessor().getPixels(), 0, pixels.length);
      imp.updateAndDraw();
    } else {
      Optional<Roi> moved = Optional.ofNullable(roi).map(r -> moved(r, x, how));
      imp.setProcessor(next);
      moved.ifPresent(imp::setRoi);
      EventQueue.invokeLater(this::pack);
    }
    imp.changes = false;
    infraredX = x;
    imp.setOverlay(x == 0 || imp.getRoi() == null ? null : new Overlay(opposite(imp.getRoi(), x)));
  }

  /** The ROI at the same place of the frame that it was drawn on, or of the one that is left. */
  private Roi moved(Roi roi, int x, LiveLayout how) {
    Roi copy = (Roi) roi.clone();
    Rectangle bounds = roi.getBounds();
    boolean onInfrared = infraredX > 0 && bounds.x >= infraredX;
    int from = onInfrared ? infraredX : 0;
    int to = onInfrared && how == LiveLayout.SIDE_BY_SIDE ? x : 0;
    copy.setLocation(bounds.x - from + to, bounds.y);
    return copy;
  }

  /** The same place of the other frame, whose numbers are shown too. */
  private static Roi opposite(Roi roi, int infraredX) {
    Roi other = (Roi) roi.clone();
    Rectangle bounds = roi.getBounds();
    other.setLocation(
        bounds.x >= infraredX ? bounds.x - infraredX : bounds.x + infraredX, bounds.y);
    other.setStrokeColor(Color.CYAN);
    return other;
  }

  private void measureRate() {
    double seconds = (System.nanoTime() - rateSince) * 1e-9;
    if (seconds >= RATE_SECONDS) {
      long delivered = preview.delivered();
      rate = (delivered - rateFrames) / seconds;
      rateFrames = delivered;
      rateSince = System.nanoTime();
    }
  }

  private List<LiveReadout.Row> rows(LiveLayout how) {
    List<LiveReadout.Row> rows = new ArrayList<>();
    Optional<Roi> roi = Optional.ofNullable(imp.getRoi()).filter(Roi::isArea);
    frames.forEach(
        (channel, frame) -> {
          boolean infrared = channel.equals(INFRARED);
          if (how == LiveLayout.COLOUR && infrared || how == LiveLayout.INFRARED && !infrared) {
            return;
          }
          rows.add(
              new LiveReadout.Row(
                  channel,
                  frame.tags().exposureMs(),
                  FrameStatistics.of(frame, profile, region(roi, frame))));
        });
    return rows;
  }

  /** The same region of every frame, whichever it was drawn on. */
  private Mask region(Optional<Roi> roi, Frame frame) {
    if (roi.isPresent()) {
      try {
        return Masks.of(moved(roi.get(), 0, LiveLayout.INFRARED), frame.width(), frame.height());
      } catch (SkinSpectraException outside) {
        // A ROI beside the frame tells nothing of it.
        return Mask.all(frame.width(), frame.height());
      }
    }
    return Mask.all(frame.width(), frame.height());
  }

  // -- End --

  @Override
  public boolean close() {
    ended = true;
    preview.close();
    imp.changes = false;
    return super.close();
  }
}
