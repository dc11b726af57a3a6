package org.skinspectra.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.skinspectra.CanceledException;
import org.skinspectra.ProgressMonitor;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.session.FrameKind;

@Timeout(30)
class TerminalPromptTest {

  private final StringWriter err = new StringWriter();

  private TerminalPrompt prompt(InputStream in, ProgressMonitor progress) {
    return new TerminalPrompt(in, new PrintWriter(err), progress);
  }

  private TerminalPrompt answered(String answers) {
    return prompt(
        new ByteArrayInputStream(answers.getBytes(StandardCharsets.US_ASCII)),
        ProgressMonitor.NONE);
  }

  @Test
  void enterGoesOnAndQStops() {
    TerminalPrompt prompt = answered("\n\n q \n");
    prompt.ask(FrameKind.DARK, "Put the lid on.");
    prompt.ask(FrameKind.WHITE, "Put the white there.");
    assertThrows(CanceledException.class, () -> prompt.ask(FrameKind.IMAGE, "Take it away."));
    assertTrue(err.toString().contains("Put the lid on."), err.toString());
  }

  @Test
  void theEndOfTheInputIsNoAnswer() {
    TerminalPrompt prompt = answered("");
    String message =
        assertThrows(SkinSpectraException.class, () -> prompt.ask(FrameKind.DARK, "Lid."))
            .getMessage();
    assertTrue(message.contains("--yes"), message);
  }

  @Test
  void whoeverCancelsDoesNotHaveToAnswer() throws IOException {
    ProgressMonitor canceled =
        new ProgressMonitor() {
          @Override
          public void report(String step, long done, long total) {}

          @Override
          public boolean isCanceled() {
            return true;
          }
        };
    try (PipedOutputStream nobodyWrites = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(nobodyWrites)) {
      TerminalPrompt prompt = prompt(in, canceled);
      assertThrows(CanceledException.class, () -> prompt.ask(FrameKind.DARK, "Lid."));
    }
  }
}
