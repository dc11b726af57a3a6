package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.report.TextTable;
import org.skinspectra.session.CaptureSession;
import org.skinspectra.session.DerivedResult;
import org.skinspectra.session.SessionCheck;
import org.skinspectra.session.StoredFile;
import org.skinspectra.session.StoredFrame;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code session show}: what a session holds. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows what a session holds: frames, references, documents, results, checks.")
final class SessionShowCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "Folder of the session.")
  private Path folder;

  @Mixin private ReportOptions report;

  @Override
  public Integer call() {
    CaptureSession session = CaptureSession.open(folder);
    report.out().printf("Session %s, begun %s%n", session.id(), session.created());
    session
        .uses()
        .forEach(use -> report.out().printf("Written from %s by %s%n", use.from(), use.software()));
    session.documents().forEach(d -> report.out().printf("%s: %s%n", d.name(), d.file().path()));
    report.out().println();
    List<Map<String, Object>> frames = frames(session);
    report.out().println(table(frames));
    for (DerivedResult result : session.derived()) {
      report
          .out()
          .printf(
              "%s, made %s: %s%n",
              result.folder(),
              result.made(),
              result.files().stream().map(StoredFile::path).collect(Collectors.joining(", ")));
    }
    List<CalibrationCheck> failed =
        session.checks().stream().map(SessionCheck::check).filter(c -> !c.passed()).toList();
    report.out().printf("%d checks, %d not passed%n", session.checks().size(), failed.size());
    failed.forEach(
        check ->
            report.out().printf("- %s: %s %s%n", check.name(), check.finding(), check.remedy()));
    session.recovered().forEach(path -> report.out().println("Recovered: " + path));
    session.unfinished().forEach(path -> report.out().println("Unfinished: " + path));
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("session", session.id().toString());
    json.put("created", session.created().toString());
    json.put("frames", frames);
    json.put("results", session.derived().stream().map(DerivedResult::folder).toList());
    json.put("checks", session.checks().size());
    json.put("checks_not_passed", failed.size());
    json.put("recovered", session.recovered());
    json.put("unfinished", session.unfinished());
    report.finish(json);
    return 0;
  }

  /** Frames of one kind, step and setting together. */
  private static List<Map<String, Object>> frames(CaptureSession session) {
    Map<List<Object>, List<StoredFrame>> groups =
        session.frames().stream()
            .collect(
                Collectors.groupingBy(
                    f ->
                        List.of(
                            f.kind().key(),
                            f.channel(),
                            f.camera(),
                            f.exposureMs(),
                            f.gain(),
                            f.width() + "x" + f.height(),
                            f.type().key(),
                            f.bits()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    List<Map<String, Object>> rows = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("kind", key.get(0));
          row.put("step", key.get(1));
          row.put("camera", key.get(2));
          row.put("exposure_ms", key.get(3));
          row.put("gain", key.get(4));
          row.put("size", key.get(5));
          row.put("type", key.get(6));
          row.put("bits", key.get(7));
          row.put("frames", group.size());
          row.put(
              "time_points",
              group.stream()
                  .map(StoredFrame::timePoint)
                  .collect(Collectors.toCollection(TreeSet::new))
                  .size());
          row.put("first", group.get(0).taken().toString());
          rows.add(row);
        });
    return rows;
  }

  private static String table(List<Map<String, Object>> frames) {
    TextTable table =
        TextTable.of(
            "kind",
            "step",
            "camera",
            "exposure (ms)",
            "gain",
            "size",
            "type",
            "bits",
            "frames",
            "time points",
            "first taken");
    for (Map<String, Object> row : frames) {
      table = table.with(row.values().toArray());
    }
    return table.text();
  }
}
