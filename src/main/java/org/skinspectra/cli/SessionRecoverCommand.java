package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.session.CaptureSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code session recover}: a manifest anew from the frames. */
@Command(
    name = "recover",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a session's manifest anew from its files; a damaged one is kept beside it.",
      "What only the damaged one knew, such as the checks, must be looked up there."
    })
final class SessionRecoverCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Folder of the session.")
  private Path folder;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    CaptureSession session = CaptureSession.recover(folder);
    report.out().printf("%s: %d frames%n", folder, session.frames().size());
    report.finish(
        Map.of(
            "session", folder.toString(),
            "session_id", session.id().toString(),
            "frames", session.frames().size()));
    return 0;
  }
}
