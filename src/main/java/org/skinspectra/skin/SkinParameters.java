package org.skinspectra.skin;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** One value for every {@link SkinParameter}: a piece of skin. Immutable. */
public final class SkinParameters {

  private static final SkinParameter[] PARAMETERS = SkinParameter.values();

  private final double[] values;

  private SkinParameters(double[] values) {
    this.values = values;
  }

  /** Lightly pigmented skin at rest. */
  public static SkinParameters typical() {
    return new SkinParameters(
        Arrays.stream(PARAMETERS).mapToDouble(SkinParameter::typical).toArray());
  }

  /**
   * Typical skin except for the given values.
   *
   * @throws IllegalArgumentException if a value is NaN or outside its parameter's meaningful range
   */
  public static SkinParameters of(Map<SkinParameter, Double> values) {
    double[] all = typical().values;
    values.forEach((p, value) -> all[p.ordinal()] = p.requireMeaningful(value));
    return new SkinParameters(all);
  }

  /**
   * The same skin with another value of one parameter.
   *
   * @throws IllegalArgumentException if the value is NaN or outside the meaningful range
   */
  public SkinParameters with(SkinParameter parameter, double value) {
    double[] changed = values.clone();
    changed[parameter.ordinal()] = parameter.requireMeaningful(value);
    return new SkinParameters(changed);
  }

  /** Value of one parameter, in its unit. */
  public double get(SkinParameter parameter) {
    return values[parameter.ordinal()];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SkinParameters p && Arrays.equals(values, p.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.stream(PARAMETERS)
        .map(p -> (p.label() + " " + get(p) + " " + p.unit()).strip())
        .collect(Collectors.joining(", "));
  }
}
