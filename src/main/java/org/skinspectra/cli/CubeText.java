package org.skinspectra.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.skinspectra.format.CubeFiles;
import org.skinspectra.format.CubeFormat;
import org.skinspectra.format.Interleave;
import org.skinspectra.format.SampleType;
import org.skinspectra.format.WriteSupport;
import org.skinspectra.report.TextTable;
import org.skinspectra.spectra.Wavelengths;

/** Cubes and their formats in words, the same in all verbs. */
final class CubeText {

  private CubeText() {}

  /** How many bands there are and where: {@code 61 (400:10:1000)}. */
  static String bands(int bands, Optional<Wavelengths> wavelengths) {
    return bands + wavelengths.map(nm -> " (" + nm + ")").orElse(" (wavelengths not stated)");
  }

  /** What can be read, and what of it written how. */
  static TextTable formats() {
    TextTable table =
        TextTable.of(
            "format", "endings", "read", "write", "samples", "interleave", "compress", "variable");
    for (CubeFormat format : CubeFiles.formats()) {
      Optional<WriteSupport> writing = format.writing();
      table =
          table.with(
              format.name(),
              String.join(" ", format.endings()) + (format.isFolder() ? " (folder)" : ""),
              "yes",
              writing.isPresent() ? "yes" : "no",
              writing.map(CubeText::samples).orElse("-"),
              writing.map(CubeText::interleaves).orElse("-"),
              writing.map(can -> can.compression() ? "yes" : "no").orElse("-"),
              writing.map(can -> can.variables() ? "yes" : "no").orElse("-"));
    }
    return table;
  }

  /** {@link #formats}, for programs. */
  static List<Map<String, Object>> formatsAsJson() {
    return CubeFiles.formats().stream()
        .map(
            format -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("name", format.name());
              json.put("endings", format.endings());
              json.put("folder", format.isFolder());
              json.put("write", format.writing().isPresent());
              json.put(
                  "samples",
                  format
                      .writing()
                      .map(can -> can.samples().stream().sorted().map(SampleType::key).toList())
                      .orElse(List.of()));
              return json;
            })
        .toList();
  }

  private static String samples(WriteSupport can) {
    return can.samples().stream().sorted().map(SampleType::key).collect(Collectors.joining(" "));
  }

  private static String interleaves(WriteSupport can) {
    return can.interleaves().stream()
        .sorted()
        .map(Interleave::key)
        .collect(Collectors.joining(" "));
  }
}
