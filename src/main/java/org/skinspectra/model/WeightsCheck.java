package org.skinspectra.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.skinspectra.SkinSpectraException;

/** Compares weights with the tensors an architecture needs. */
final class WeightsCheck {

  private static final int SHOWN = 3;

  private final Architecture architecture;
  private final Weights weights;

  WeightsCheck(Architecture architecture, Weights weights) {
    this.architecture = architecture;
    this.weights = weights;
  }

  void run() {
    Map<String, int[]> expected = architecture.tensors();
    List<String> missing = new ArrayList<>();
    List<String> misshapen = new ArrayList<>();
    expected.forEach(
        (name, shape) -> {
          WeightTensor found = weights.tensors().get(name);
          String expectedShape = WeightTensor.shapeText(shape);
          if (found == null) {
            missing.add(Quoted.of(name) + " " + expectedShape);
          } else if (!Arrays.equals(found.shape(), shape)) {
            misshapen.add(Quoted.of(name) + " is " + found.shapeText() + ", not " + expectedShape);
          }
        });
    List<String> extra = new ArrayList<>();
    List<String> nonFinite = new ArrayList<>();
    weights
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!expected.containsKey(name)) {
                extra.add(Quoted.of(name) + " " + tensor.shapeText());
              }
              String fault = nonFinite(tensor);
              if (fault != null) {
                nonFinite.add(Quoted.of(name) + " " + fault);
              }
            });

    List<String> problems = new ArrayList<>();
    report(problems, "lack", "", missing);
    report(problems, "hold", " unknown", extra);
    report(problems, "hold", " misshapen", misshapen);
    report(problems, "hold", " non-finite", nonFinite);
    if (!problems.isEmpty()) {
      throw new SkinSpectraException(
          "The weights "
              + weights.source()
              + " do not fit "
              + architecture.describe()
              + ": they "
              + String.join("; they ", problems)
              + ".");
    }
  }

  private static void report(
      List<String> problems, String verb, String fault, List<String> tensors) {
    if (!tensors.isEmpty()) {
      String shown = String.join(", ", tensors.subList(0, Math.min(SHOWN, tensors.size())));
      String more = tensors.size() > SHOWN ? " and " + (tensors.size() - SHOWN) + " more" : "";
      problems.add(
          verb
              + " "
              + tensors.size()
              + fault
              + (tensors.size() == 1 ? " tensor: " : " tensors: ")
              + shown
              + more);
    }
  }

  private static String nonFinite(WeightTensor tensor) {
    float[] values = tensor.values();
    int count = 0;
    int first = -1;
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        count++;
        first = first < 0 ? i : first;
      }
    }
    return count == 0
        ? null
        : "(" + count + " of " + values.length + ", first " + values[first] + " at " + first + ")";
  }
}
