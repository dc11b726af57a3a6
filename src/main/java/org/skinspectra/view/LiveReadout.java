package org.skinspectra.view;

import java.awt.Canvas;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.skinspectra.profile.ChannelStatistics;
import org.skinspectra.profile.FrameStatistics;

/**
 * The numbers of a live view below its picture: for each step exposure, level, saturation and focus
 * of its channels, beside their histograms (counts from 0 to full scale; the height is the square
 * root of the number of pixels, so that few of them are seen too).
 */
final class LiveReadout extends Canvas {

  private static final long serialVersionUID = 1L;

  private static final MathContext DIGITS = new MathContext(4);
  private static final int BINS = 128;
  private static final int ROW = 64;
  private static final int LINE = 15;
  private static final int MARGIN = 6;
  private static final int LEAST_WIDTH = 480;
  private static final Color GROUND = new Color(0x202020);
  private static final Color GREY = new Color(0xc8c8c8);

  /** What is known of the newest frame of a step. */
  record Row(String channel, double exposureMs, FrameStatistics statistics) {}

  private transient List<Row> rows = List.of();
  private String status = "waiting for the camera";
  private boolean failed;

  LiveReadout(int steps) {
    setPreferredSize(new Dimension(LEAST_WIDTH, MARGIN + LINE + steps * ROW));
    setBackground(GROUND);
  }

  /** Shows other numbers; on any thread. */
  void show(List<Row> newRows, String newStatus, boolean isFailure) {
    synchronized (this) {
      rows = List.copyOf(newRows);
      status = newStatus;
      failed = isFailure;
    }
    repaint();
  }

  /** What is read, without the histograms. */
  synchronized String text() {
    List<String> lines = new ArrayList<>();
    lines.add(status);
    for (Row row : rows) {
      lines.add(heading(row));
      row.statistics().channels().forEach(channel -> lines.add(line(row.statistics(), channel)));
    }
    return String.join("\n", lines);
  }

  private static String heading(Row row) {
    return "%s  %s ms"
        .formatted(
            row.channel(),
            new BigDecimal(row.exposureMs(), DIGITS).stripTrailingZeros().toPlainString());
  }

  private static String line(FrameStatistics statistics, ChannelStatistics channel) {
    return String.format(
        Locale.ROOT,
        "%-5s level %3.0f %%  saturated %5.2f %%  focus %.3g",
        channel.name(),
        100 * statistics.level(channel),
        100 * channel.saturated(),
        channel.focus());
  }

  @Override
  public void update(Graphics g) {
    paint(g);
  }

  @Override
  public void paint(Graphics g) {
    // Drawn aside first: the window must not flicker.
    BufferedImage image =
        new BufferedImage(
            Math.max(1, getWidth()), Math.max(1, getHeight()), BufferedImage.TYPE_INT_RGB);
    Graphics2D aside = image.createGraphics();
    draw(aside);
    aside.dispose();
    g.drawImage(image, 0, 0, null);
  }

  private synchronized void draw(Graphics2D g) {
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(GROUND);
    g.fillRect(0, 0, getWidth(), getHeight());
    g.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 12));
    FontMetrics metrics = g.getFontMetrics();
    g.setColor(failed ? Color.ORANGE : GREY);
    int y = MARGIN + metrics.getAscent();
    if (failed) {
      wrapped(g, metrics, y);
      return;
    }
    g.drawString(status, MARGIN, y);
    int histogram = Math.max(60, Math.min(2 * BINS, getWidth() - 380));
    for (Row row : rows) {
      y += LINE;
      int top = y - metrics.getAscent();
      int x = MARGIN + histogram + 2 * MARGIN;
      g.setColor(Color.WHITE);
      g.drawString(heading(row), x, y);
      List<ChannelStatistics> channels = row.statistics().channels();
      for (int c = 0; c < channels.size(); c++) {
        Color colour = channels.size() == 3 ? colour(c) : GREY;
        curve(g, channels.get(c), colour, new int[] {MARGIN, top, histogram, ROW - MARGIN});
        g.setColor(colour);
        g.drawString(line(row.statistics(), channels.get(c)), x, y + (c + 1) * LINE);
      }
      y += ROW - LINE;
    }
  }

  private void wrapped(Graphics2D g, FontMetrics metrics, int top) {
    int y = top;
    StringBuilder line = new StringBuilder();
    for (String word : status.split(" ")) {
      if (metrics.stringWidth(line + word) > getWidth() - 2 * MARGIN && line.length() > 0) {
        g.drawString(line.toString(), MARGIN, y);
        y += LINE;
        line.setLength(0);
      }
      line.append(word).append(' ');
    }
    g.drawString(line.toString(), MARGIN, y);
  }

  private static Color colour(int channel) {
    return new Color[] {new Color(0xff6060), new Color(0x60d060), new Color(0x70a0ff)}[channel];
  }

  /**
   * @param box left, top, width and height
   */
  private static void curve(Graphics2D g, ChannelStatistics channel, Color colour, int[] box) {
    long[] counts = channel.histogram().counts(BINS);
    long most = 1;
    for (long count : counts) {
      most = Math.max(most, count);
    }
    g.setColor(Color.DARK_GRAY);
    g.drawRect(box[0], box[1], box[2], box[3]);
    g.setColor(colour);
    int[] x = new int[BINS];
    int[] y = new int[BINS];
    for (int i = 0; i < BINS; i++) {
      x[i] = box[0] + 1 + i * (box[2] - 2) / (BINS - 1);
      y[i] = box[1] + box[3] - (int) Math.round(box[3] * Math.sqrt((double) counts[i] / most));
    }
    g.drawPolyline(x, y, BINS);
  }
}
