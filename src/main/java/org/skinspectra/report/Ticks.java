package org.skinspectra.report;

import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Round numbers along an axis.
 *
 * @param first lowest tick
 * @param step distance of ticks: 1, 2 or 5 times a power of ten
 * @param count number of ticks
 */
record Ticks(double first, double step, int count) {

  /** Ticks within the range, {@code most} at most. */
  static Ticks within(double low, double high, int most) {
    double step = step(low, high, most);
    double first = Math.ceil(low / step - 1e-9);
    double last = Math.floor(high / step + 1e-9);
    return new Ticks(first * step, step, (int) (last - first) + 1);
  }

  /** Ticks that enclose the range: the first is at or below it, the last at or above. */
  static Ticks enclosing(double low, double high, int most) {
    double step = step(low, high, most);
    // A float32 0.4 is a little more than 0.4 and still ends there.
    double first = Math.floor(low / step + 1e-6);
    double last = Math.ceil(high / step - 1e-6);
    return new Ticks(first * step, step, (int) (last - first) + 1);
  }

  private static double step(double low, double high, int most) {
    double raw = (high - low) / (most - 1);
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= raw * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  double last() {
    return first + (count - 1) * step;
  }

  double[] values() {
    return IntStream.range(0, count).mapToDouble(i -> first + i * step).toArray();
  }

  /** A value with the decimals that tell neighbouring ticks apart. */
  String label(double value) {
    int decimals = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
  }
}
