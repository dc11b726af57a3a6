package org.skinspectra.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.skinspectra.SkinSpectraException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** Entry point of {@code scripts/skin-spectra}. Exit codes: 0 good, 1 failed, 2 wrong use. */
@Command(
    name = "skin-spectra",
    description = "Reconstructs and measures reflectance spectra of skin from RGB + 960 nm images.",
    synopsisSubcommandLabel = "VERB",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    subcommands = {
      HelpCommand.class,
      DemoCommand.class,
      ReconstructCommand.class,
      SamCommand.class,
      EvaluateCommand.class,
      WienerCommand.class,
      SimulateCommand.class,
      DevicesCommand.class,
    },
    footer = {
      "",
      "Exit codes: 0 good, 1 failed, 2 wrong use. Results go to standard output, logs to",
      "standard error. 'skin-spectra help VERB' explains a verb."
    })
public final class SkinSpectraCli {

  private SkinSpectraCli() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command line and gives its exit code. */
  static int run(String... args) {
    // Numbers in tables and JSON are read by programs too.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new SkinSpectraCli());
    line.setExecutionExceptionHandler(SkinSpectraCli::explain);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /** One message without a stack trace, unless {@code --debug} asks for it. */
  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (parsed.hasMatchedOption("--debug")) {
      e.printStackTrace(err);
    } else {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      err.println("skin-spectra: " + message);
      if (!(e instanceof SkinSpectraException)) {
        err.println("skin-spectra: (" + e.getClass().getName() + "; --debug shows where)");
      }
    }
    err.flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
