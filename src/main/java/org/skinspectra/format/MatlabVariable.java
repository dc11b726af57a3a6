package org.skinspectra.format;

import java.io.IOException;
import java.util.Optional;

/** A variable of a MATLAB file, of which so far only what it is was read. */
interface MatlabVariable {

  String name();

  /** Its size as MATLAB shows it: rows, columns, bands. */
  long[] size();

  /** Its class as MATLAB shows it, such as {@code double} or {@code complex single}. */
  String type();

  /** How its numbers are stored; empty unless they are real numbers, one for each element. */
  Optional<MatlabNumbers> numbers();

  /** Whether they are integers to MATLAB, however they are stored. */
  boolean isInteger();

  /** What an attribute of the variable says of its integers: value = stored / scale. */
  Optional<Double> scale();

  /** Whether it may be a cube. */
  default boolean isCube() {
    return size().length == 3 && numbers().isPresent() && !type().equals("char");
  }

  /**
   * All of its numbers, column by column; characters are numbers too.
   *
   * @return empty if it has others, none or more than {@code most}
   */
  Optional<double[]> values(int most) throws IOException;

  /** Opens its planes if it {@link #isCube}, after its size was held against the file's. */
  MatlabPlanes planes(double scale) throws IOException;
}
