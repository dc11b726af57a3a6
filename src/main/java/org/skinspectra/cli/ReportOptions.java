package org.skinspectra.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonNull;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.PrintWriter;
import java.util.Map;
import org.skinspectra.ProgressMonitor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a verb reports, the same for all: {@code --json}, {@code --quiet}, {@code --debug}. */
final class ReportOptions {

  /** JSON has no NaN and no infinity: a measure without a value is null. */
  private static final JsonSerializer<Double> FINITE_OR_NULL =
      (value, type, context) ->
          Double.isFinite(value) ? new JsonPrimitive(value) : JsonNull.INSTANCE;

  private static final Gson GSON =
      new GsonBuilder()
          .disableHtmlEscaping()
          .serializeNulls()
          .registerTypeAdapter(Double.class, FINITE_OR_NULL)
          .registerTypeAdapter(double.class, FINITE_OR_NULL)
          .create();

  @Option(
      names = "--json",
      description = "Print one JSON object as the last line of standard output.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "No progress on standard error.")
  private boolean quiet;

  @Option(names = "--debug", description = "Show the stack trace of an error.")
  private boolean debug;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** Standard output, for results. */
  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error, for logs. */
  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Progress lines on standard error, unless quiet; canceled when the program is interrupted. */
  ProgressMonitor progress(String work) {
    Interruption interruption = ((SkinSpectraCli) spec.root().userObject()).interruption();
    ProgressMonitor shown = quiet ? ProgressMonitor.NONE : new TerminalProgress(work, err());
    return new ProgressMonitor() {
      @Override
      public void report(String step, long done, long total) {
        shown.report(step, done, total);
      }

      @Override
      public boolean isCanceled() {
        return interruption.isRequested();
      }
    };
  }

  /** A value as JSON. */
  static String json(Object value) {
    return GSON.toJson(value);
  }

  /** Ends the output with the JSON object when it was asked for. */
  void finish(Map<String, ?> result) {
    if (json) {
      out().println(json(result));
    }
    out().flush();
  }
}
