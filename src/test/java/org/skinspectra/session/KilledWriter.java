package org.skinspectra.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.PixelType;

/**
 * Writes a session on a disk that dies at its n-th step: of a file that is being written, half is
 * there, and nothing that comes later happens.
 */
final class KilledWriter implements Disk {

  static final int TIME_POINTS = 3;

  private final int last;
  private final Runnable dying;
  private int steps;
  private int framesInPlace;

  /**
   * @param last step that succeeds
   * @param dying what happens at the next
   */
  KilledWriter(int last, Runnable dying) {
    this.last = last;
    this.dying = dying;
  }

  private synchronized boolean dies() throws IOException {
    if (++steps <= last) {
      return false;
    }
    if (steps > last + 1) {
      throw new IOException("dead");
    }
    return true;
  }

  private void die() throws IOException {
    dying.run();
    throw new IOException("killed");
  }

  /** Steps that were asked for. */
  int steps() {
    return steps;
  }

  /** Frames that had their name when the disk died. */
  int framesInPlace() {
    return framesInPlace;
  }

  @Override
  public void makeFolder(Path folder) throws IOException {
    if (dies()) {
      die();
    }
    Disk.REAL.makeFolder(folder);
  }

  @Override
  public void write(Path file, ByteBuffer content) throws IOException {
    if (dies()) {
      Disk.REAL.write(file, content.slice(0, content.remaining() / 2));
      die();
    }
    Disk.REAL.write(file, content);
  }

  @Override
  public void force(Path file) throws IOException {
    if (dies()) {
      die();
    }
    // A program that dies leaves what it has written to the system, forced or not.
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    if (dies()) {
      die();
    }
    Disk.REAL.rename(from, to);
    if (to.toString().endsWith(FrameFile.ENDING)) {
      framesInPlace++;
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    if (dies()) {
      die();
    }
    Disk.REAL.delete(file);
  }

  @Override
  public void forceFolder(Path folder) throws IOException {
    if (dies()) {
      die();
    }
  }

  // -- What is written --

  static List<CapturedFrame> group(int timePoint) {
    return CapturedFrame.group(
        FrameKind.IMAGE,
        timePoint,
        List.of(
            Frames.random(PixelType.BGRA32, 6, 5, "RGB", 2L * timePoint),
            Frames.random(PixelType.GRAY16, 6, 5, "N960", 2L * timePoint + 1)));
  }

  /** Creates a session with all that one can hold, then continues it; ends early when killed. */
  static void write(Path folder, Disk disk) {
    SessionSetup setup = new SessionSetup(Optional.of("{}"), Optional.of("{}"), Map.of(), Map.of());
    try (SessionWriter writer = SessionWriter.create(folder, setup, disk, 1 << 20)) {
      for (int t = 0; t < TIME_POINTS - 1; t++) {
        writer.write(group(t));
        writer.flush();
      }
      writer.addDocument("rig", "{\"second\": true}");
      writer.addDerived(
          "msi",
          List.of(),
          "{}",
          inner -> disk.write(inner.resolve("a.txt"), ByteBuffer.wrap(new byte[10])));
    } catch (SkinSpectraException e) {
      return;
    }
    try (SessionWriter writer = SessionWriter.append(folder, Map.of(), disk, 1 << 20)) {
      writer.write(group(TIME_POINTS - 1));
    } catch (SkinSpectraException e) {
      return;
    }
  }

  /** Frames that are whole in a folder, by the names of their files. */
  static List<Path> wholeFrames(Path folder) {
    List<Path> whole = new ArrayList<>();
    for (Path file : SessionContents.entries(folder.resolve(SessionManifest.FRAMES))) {
      if (file.toString().endsWith(FrameFile.ENDING)) {
        whole.add(file);
      }
    }
    return whole;
  }

  /** Stops a program in the middle, at the step after the one it is given. */
  public static void main(String[] args) {
    KilledWriter disk =
        new KilledWriter(Integer.parseInt(args[1]), () -> Runtime.getRuntime().halt(9));
    write(Path.of(args[0]), disk);
  }
}
