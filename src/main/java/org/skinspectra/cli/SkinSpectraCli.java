package org.skinspectra.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.cube.ColourEncoding;
import org.skinspectra.format.Interleave;
import org.skinspectra.format.NmRange;
import org.skinspectra.format.PixelRegion;
import org.skinspectra.format.SampleType;
import org.skinspectra.measure.AngleDefinition;
import org.skinspectra.model.Device;
import org.skinspectra.model.Precision;
import org.skinspectra.spectra.Wavelengths;
import org.skinspectra.train.RgbStretch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

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
      BatchCommand.class,
      ConvertCommand.class,
      InfoCommand.class,
      SamCommand.class,
      EvaluateCommand.class,
      TrainCommand.class,
      ScoreCommand.class,
      WienerCommand.class,
      SimulateCommand.class,
      CoverageCommand.class,
      DevicesCommand.class,
      BenchmarkCommand.class,
      GpuCheckCommand.class,
      MeasureCommand.class,
      CaptureCommand.class,
      CalibrateCommand.class,
      ProfileCommand.class,
      RigCommand.class,
      SessionCommand.class,
    },
    footer = {
      "",
      "Exit codes: 0 good, 1 failed, 2 wrong use.",
      "Results go to standard output, logs to standard error.",
      "'skin-spectra help VERB' explains a verb."
    })
public final class SkinSpectraCli {

  private final Interruption interruption = new Interruption();

  private SkinSpectraCli() {}

  public static void main(String[] args) {
    SkinSpectraCli cli = new SkinSpectraCli();
    cli.interruption.watch();
    int exitCode;
    try {
      exitCode = run(cli, args);
    } finally {
      cli.interruption.finished();
    }
    System.exit(exitCode);
  }

  private static int run(SkinSpectraCli cli, String... args) {
    // Numbers in tables and JSON are read by programs too.
    Locale.setDefault(Locale.ROOT);
    System.setProperty("java.awt.headless", "true");
    try {
      return commandLine(cli).execute(args);
    } catch (OutOfMemoryError e) {
      System.err.printf(
          "skin-spectra: Java's %d MiB of heap are not enough; give it more with"
              + " SKIN_SPECTRA_JAVA_OPTS=-Xmx8g.%n",
          Runtime.getRuntime().maxMemory() >> 20);
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  static CommandLine commandLine() {
    return commandLine(new SkinSpectraCli());
  }

  private static CommandLine commandLine(SkinSpectraCli cli) {
    CommandLine line = new CommandLine(cli);
    setVersion(line);
    line.setExecutionExceptionHandler(SkinSpectraCli::explain);
    line.setParameterExceptionHandler(SkinSpectraCli::refuse);
    line.registerConverter(Device.class, converter(Device::parse));
    line.registerConverter(Precision.class, converter(Precision::parse));
    line.registerConverter(Wavelengths.class, converter(Wavelengths::parse));
    line.registerConverter(RgbStretch.class, converter(RgbStretch::of));
    line.registerConverter(Duration.class, converter(ShortDuration::parse));
    line.registerConverter(AngleDefinition.class, converter(AngleDefinition::of));
    line.registerConverter(NmRange.class, converter(NmRange::parse));
    line.registerConverter(PixelRegion.class, converter(PixelRegion::parse));
    line.registerConverter(SampleType.class, converter(SampleType::parse));
    line.registerConverter(Interleave.class, converter(Interleave::parse));
    line.registerConverter(ColourEncoding.class, converter(ColourEncoding::parse));
    line.setUsageHelpAutoWidth(true);
    return line;
  }

  /** Of the verbs of a command, and of theirs. */
  private static void setVersion(CommandLine line) {
    for (CommandLine verb : line.getSubcommands().values()) {
      verb.getCommandSpec().versionProvider(new BuildVersion());
      setVersion(verb);
    }
  }

  Interruption interruption() {
    return interruption;
  }

  /** What a value should have been is said by the type that reads it. */
  private static <T> ITypeConverter<T> converter(Function<String, T> parse) {
    return text -> {
      try {
        return parse.apply(text);
      } catch (SkinSpectraException | IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    };
  }

  /** Wrong use: what was wrong, and where help is. */
  private static int refuse(ParameterException e, String[] args) {
    CommandLine line = e.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("skin-spectra: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    if (line.getParent() == null) {
      line.usage(err);
    } else {
      String verb = line.getCommandSpec().qualifiedName(" ");
      err.println("'" + verb.replaceFirst(" (?=[^ ]*$)", " help ") + "' shows how to use it.");
    }
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  /** One message without a stack trace, unless {@code --debug} asks for it. */
  private static int explain(Exception e, CommandLine line, CommandLine.ParseResult parsed) {
    PrintWriter err = line.getErr();
    CommandLine.ParseResult verb = parsed;
    while (verb.hasSubcommand()) {
      verb = verb.subcommand();
    }
    if (verb.hasMatchedOption("--debug")) {
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
