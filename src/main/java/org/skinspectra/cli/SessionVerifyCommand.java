package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.report.TextTable;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.SessionVerification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code session verify}: whether a session is as it was stored. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Holds every file of a session against its SHA-256, and looks for files that are missing or "
          + "not of the session. Exit code 1 if something is damaged or missing."
    })
final class SessionVerifyCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Folder of the session.")
  private Path folder;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    SessionVerification found = CaptureSession.open(folder).verify(report.progress("Verification"));
    if (!found.problems().isEmpty()) {
      TextTable table = TextTable.of("problem", "file", "what");
      for (SessionVerification.Problem problem : found.problems()) {
        table =
            table.with(
                problem.kind().name().toLowerCase(Locale.ROOT), problem.path(), problem.what());
      }
      report.out().println(table.text());
    }
    report
        .out()
        .printf(
            "%s: %d files compared, %s%n",
            folder, found.files(), found.sound() ? "all as they were stored" : "not sound");
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("session", folder.toString());
    json.put("files", found.files());
    json.put("sound", found.sound());
    json.put("problems", found.problems());
    report.finish(json);
    if (!found.sound()) {
      throw new SkinSpectraException(
          "The session %s is not as it was stored. Bring back the files that are named from a copy."
              .formatted(folder));
    }
    return 0;
  }
}
