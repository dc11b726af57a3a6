package org.skinspectra.format;

import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.SkinSpectraException;

/**
 * What a user says about a file to be written. A format refuses what it cannot do ({@link
 * WriteSupport}); nothing that was asked for is left out in silence.
 *
 * @param sample how a value is stored
 * @param scale of integer samples: value = stored / scale; {@link SampleType#usualScale} where none
 *     is given
 * @param clip whether values that an integer cannot hold are stored as the nearest that it can, NaN
 *     as 0, and counted; otherwise they are refused
 * @param interleave order of the samples
 * @param compressed whether the format's lossless compression is used
 * @param variable name of the variable, in files that name what they hold
 * @param format name of the format where several have the ending of the file; the one of highest
 *     priority where none is given
 */
public record WriteOptions(
    SampleType sample,
    OptionalDouble scale,
    boolean clip,
    Interleave interleave,
    boolean compressed,
    Optional<String> variable,
    Optional<String> format) {

  /** As float32, band sequential, not compressed, in the format of the ending. */
  public static final WriteOptions DEFAULT =
      new WriteOptions(
          SampleType.FLOAT32,
          OptionalDouble.empty(),
          false,
          Interleave.BSQ,
          false,
          Optional.empty(),
          Optional.empty());

  /**
   * Checks what can be checked without the file.
   *
   * @throws SkinSpectraException if the scale is not a finite number above 0
   */
  public WriteOptions {
    scale.ifPresent(
        given -> {
          if (!(given > 0 && given <= Double.MAX_VALUE)) {
            throw new SkinSpectraException(
                "The scale is %s; give a number above 0.".formatted(given));
          }
        });
  }

  public WriteOptions withSample(SampleType type) {
    return new WriteOptions(type, scale, clip, interleave, compressed, variable, format);
  }

  public WriteOptions withScale(double given) {
    return new WriteOptions(
        sample, OptionalDouble.of(given), clip, interleave, compressed, variable, format);
  }

  public WriteOptions withClip(boolean clips) {
    return new WriteOptions(sample, scale, clips, interleave, compressed, variable, format);
  }

  public WriteOptions withInterleave(Interleave order) {
    return new WriteOptions(sample, scale, clip, order, compressed, variable, format);
  }

  public WriteOptions withCompressed(boolean compresses) {
    return new WriteOptions(sample, scale, clip, interleave, compresses, variable, format);
  }

  public WriteOptions withVariable(String name) {
    return new WriteOptions(
        sample, scale, clip, interleave, compressed, Optional.ofNullable(name), format);
  }

  public WriteOptions withFormat(String name) {
    return new WriteOptions(
        sample, scale, clip, interleave, compressed, variable, Optional.ofNullable(name));
  }

  /** What is stored for the value 1; 1 for floating point. */
  public double scaleOrUsual() {
    return scale.orElse(sample.usualScale());
  }
}
