package org.skinspectra.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.skinspectra.train.HyperSkinDataset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which images of a data set models are scored on. */
final class DatasetOptions {

  private static final String TEST = "test";

  @Option(
      names = "--split",
      paramLabel = "train|valid|test",
      converter = SplitConverter.class,
      description =
          "Which images of a data set (default: test where there are some, else all that there"
              + " are).")
  private String split;

  @Option(
      names = "--subjects",
      paramLabel = "LIST",
      description =
          "Only these subjects, such as p001,p002, or 'challenge': the test subjects of the ICASSP"
              + " 2024 challenge.")
  private String subjects;

  @Mixin private InputOptions input;

  /** The wanted images; what they are and what is left out is named in the log. */
  HyperSkinDataset open(Path folder, ReportOptions report) {
    HyperSkinDataset all = HyperSkinDataset.open(folder, input.input());
    HyperSkinDataset chosen = ofSplit(all);
    if (subjects != null) {
      chosen = chosen.subjects(subjects);
    }
    report
        .err()
        .printf(
            Locale.ROOT,
            "Images of %s: %d of %d, input %s%n",
            String.join(", ", chosen.splits()),
            chosen.images().size(),
            all.images().size(),
            chosen.input());
    chosen.incomplete().forEach(line -> report.err().println("Left out: " + line));
    return chosen;
  }

  /** The chosen images in words. */
  String text(HyperSkinDataset chosen) {
    return "%d of %s, %s"
        .formatted(
            chosen.images().size(),
            String.join(", ", chosen.splits()),
            subjects == null ? "all subjects" : "subjects " + subjects);
  }

  private HyperSkinDataset ofSplit(HyperSkinDataset all) {
    if (split != null) {
      return all.split(split);
    }
    return all.splits().contains(TEST) ? all.split(TEST) : all;
  }

  /** Refuses what is no split. */
  private static final class SplitConverter implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!HyperSkinDataset.SPLITS.contains(text)) {
        throw new TypeConversionException(
            "'" + text + "' is no split; use " + String.join(", ", HyperSkinDataset.SPLITS) + ".");
      }
      return text;
    }
  }
}
