package org.skinspectra.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.model.Weights;

/** The validations of a run, in their order. */
final class ValidationLog {

  private static final String KEY = "validations";

  private final List<ValidationScore> scores = new ArrayList<>();

  void add(ValidationScore score) {
    scores.add(score);
  }

  boolean isEmpty() {
    return scores.isEmpty();
  }

  List<ValidationScore> scores() {
    return List.copyOf(scores);
  }

  ValidationScore last() {
    return scores.get(scores.size() - 1);
  }

  /** The first of those with the smallest clamped angle. */
  ValidationScore best() {
    return scores.stream()
        .min(Comparator.comparingDouble(ValidationScore::clamped))
        .orElseThrow(() -> new IllegalStateException("Nothing was validated yet."));
  }

  /** For a checkpoint; every digit is kept. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (ValidationScore s : scores) {
      text.append(text.isEmpty() ? "" : ";")
          .append(s.step())
          .append(',')
          .append(s.challenge())
          .append(',')
          .append(s.clamped())
          .append(',')
          .append(s.wiener());
    }
    return text.toString();
  }

  void restore(Weights checkpoint) {
    scores.clear();
    String text = checkpoint.metadata().getOrDefault(KEY, "");
    try {
      for (String entry : text.isEmpty() ? new String[0] : text.split(";")) {
        String[] v = entry.split(",");
        scores.add(
            new ValidationScore(
                Long.parseLong(v[0]),
                Double.parseDouble(v[1]),
                Double.parseDouble(v[2]),
                Double.parseDouble(v[3])));
      }
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      throw new SkinSpectraException(
          "The checkpoint " + checkpoint.source() + " has damaged validations: " + text, e);
    }
  }
}
