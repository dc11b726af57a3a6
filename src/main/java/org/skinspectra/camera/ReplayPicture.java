package org.skinspectra.camera;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.skinspectra.cube.Frame;
import org.skinspectra.session.FrameKind;

/**
 * A stored frame that can be replayed.
 *
 * @param channel that a step asks for
 * @param camera that took it
 * @param kind what was in front of the camera
 * @param exposureMs exposure time, milliseconds; empty where it is not known
 * @param gain factor of amplification; empty where it is not known
 * @param taken when; for order
 * @param reading reads it for a step
 */
record ReplayPicture(
    String channel,
    String camera,
    FrameKind kind,
    Optional<Double> exposureMs,
    Optional<Double> gain,
    Instant taken,
    Function<RigStep, Frame> reading) {

  private static final double TOLERANCE = 1e-9;

  /** Whether it was taken as the step is. */
  boolean isExposedAs(RigStep step) {
    return exposureMs.map(ms -> isSame(ms, step.exposureMs())).orElse(true)
        && gain.map(g -> isSame(g, step.gain())).orElse(true);
  }

  private static boolean isSame(double a, double b) {
    return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
  }
}
