package org.skinspectra.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.camera.ReferencePrompt;
import org.skinspectra.session.FrameKind;

/** Asks on standard error and waits for a line of input. */
final class TerminalPrompt implements ReferencePrompt {

  private static final long LOOK_EVERY_MS = 100;

  private final InputStream in;
  private final PrintWriter err;
  private final ProgressMonitor progress;

  /**
   * Empty at the end of the input; read on a thread of its own, since a read cannot be canceled.
   */
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private boolean reading;

  /**
   * @param in where the answers come from, which is read from the first question on
   */
  TerminalPrompt(InputStream in, PrintWriter err, ProgressMonitor progress) {
    this.in = in;
    this.err = err;
    this.progress = progress;
  }

  @Override
  public void ask(FrameKind kind, String instruction) {
    err.println(instruction);
    err.println("Then press Enter; q and Enter stops.");
    err.flush();
    if (!reading) {
      reading = true;
      Thread reader = new Thread(this::read, "standard input");
      reader.setDaemon(true);
      reader.start();
    }
    String answer =
        answer()
            .orElseThrow(
                () ->
                    new SkinSpectraException(
                        "Nobody can answer: standard input has ended. Use --yes where nothing needs to be done by hand."));
    if (answer.strip().equalsIgnoreCase("q")) {
      throw new CanceledException("The capture");
    }
  }

  private void read() {
    try {
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        answers.add(Optional.of(line));
      }
    } catch (IOException e) {
      // As good as ended.
    } finally {
      answers.add(Optional.empty());
    }
  }

  private Optional<String> answer() {
    try {
      Optional<String> answer = null;
      while (answer == null) {
        progress.checkCanceled("The capture");
        answer = answers.poll(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
      }
      return answer;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CanceledException("The capture");
    }
  }
}
