package org.skinspectra.format;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.skinspectra.SkinSpectraIOException;

/**
 * What a format can write.
 *
 * @param samples types of values
 * @param interleaves orders of samples
 * @param compression whether it can compress
 * @param variables whether what it writes has a name that the user may choose
 */
public record WriteSupport(
    Set<SampleType> samples, Set<Interleave> interleaves, boolean compression, boolean variables) {

  /** Float32 planes, one after the other, as they are. */
  public static final WriteSupport PLAIN =
      new WriteSupport(EnumSet.of(SampleType.FLOAT32), EnumSet.of(Interleave.BSQ), false, false);

  public WriteSupport {
    samples = Set.copyOf(samples);
    interleaves = Set.copyOf(interleaves);
  }

  /** The same for all types of values. */
  public WriteSupport withAllSamples() {
    return new WriteSupport(EnumSet.allOf(SampleType.class), interleaves, compression, variables);
  }

  /** The same for all orders of samples. */
  public WriteSupport withAllInterleaves() {
    return new WriteSupport(samples, EnumSet.allOf(Interleave.class), compression, variables);
  }

  /** The same, and compressed where that is asked for. */
  public WriteSupport withCompression() {
    return new WriteSupport(samples, interleaves, true, variables);
  }

  /** The same with a name to choose. */
  public WriteSupport withVariables() {
    return new WriteSupport(samples, interleaves, compression, true);
  }

  /**
   * Makes sure that a file can be written as the user wants it.
   *
   * @param format name of the format, for the message
   * @throws SkinSpectraIOException if not, with what is possible
   */
  void require(WriteOptions options, String format, Path target) {
    if (!samples.contains(options.sample())) {
      throw refusal(
          target,
          "%s files are not written with %s samples; give %s"
              .formatted(format, options.sample().key(), sampleKeys()));
    }
    if (options.scale().isPresent() && !options.sample().isInteger()) {
      throw refusal(
          target,
          "a scale (%s) is for integer samples, and %s values are written as they are; leave it out"
              .formatted(options.scale().getAsDouble(), options.sample().key()));
    }
    if (!interleaves.contains(options.interleave())) {
      throw refusal(
          target,
          "%s files are not written with interleave %s; give %s"
              .formatted(format, options.interleave().key(), interleaveKeys()));
    }
    if (options.compressed() && !compression) {
      throw refusal(target, format + " files are written uncompressed only");
    }
    if (options.variable().isPresent() && !variables) {
      throw refusal(target, "what " + format + " files hold has no name to choose");
    }
  }

  private static SkinSpectraIOException refusal(Path target, String why) {
    return new SkinSpectraIOException("Cannot write " + target + ": " + why + ".");
  }

  private String sampleKeys() {
    return samples.stream().sorted().map(SampleType::key).collect(Collectors.joining(" or "));
  }

  private String interleaveKeys() {
    return interleaves.stream().sorted().map(Interleave::key).collect(Collectors.joining(" or "));
  }
}
