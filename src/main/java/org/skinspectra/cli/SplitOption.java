package org.skinspectra.cli;

import java.nio.file.Path;
import org.skinspectra.train.HyperSkinDataset;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which images of a data set models are scored on. */
final class SplitOption {

  private static final String TEST = "test";

  @Option(
      names = "--split",
      paramLabel = "train|valid|test",
      converter = SplitConverter.class,
      description =
          "Which images of a data set (default: test where there are some, else all that there"
              + " are).")
  private String split;

  /** The images of the wanted split; what they are and what is left out is named in the log. */
  HyperSkinDataset open(Path folder, ReportOptions report) {
    HyperSkinDataset all = HyperSkinDataset.open(folder);
    HyperSkinDataset chosen = chosen(all);
    report
        .err()
        .printf(
            "Images of %s: %d of %d%n",
            String.join(", ", chosen.splits()), chosen.images().size(), all.images().size());
    chosen.incomplete().forEach(line -> report.err().println("Left out: " + line));
    return chosen;
  }

  private HyperSkinDataset chosen(HyperSkinDataset all) {
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
