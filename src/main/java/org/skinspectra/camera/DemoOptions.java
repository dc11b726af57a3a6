package org.skinspectra.camera;

import java.time.Clock;
import java.util.List;
import org.skinspectra.profile.CameraProfile;
import org.skinspectra.profile.SpectralResponse;
import org.skinspectra.spectra.Wavelengths;

/**
 * What a {@link DemoCameraSource} is. Immutable.
 *
 * @param response what its channels R, G, B and 960 nm see, on 400:10:1000 nm
 * @param width of its images in pixels, 32 to 2048
 * @param height of its images in pixels, 32 to 2048
 * @param seed of the noise and of the differences between pixels
 * @param person whom it sees first; each number is another rendered person
 * @param sensor of all its cameras
 * @param alignment of the camera {@code N960} where its setting {@code Mount} is {@code splitter}
 * @param whiteReflectance of its white reference, at every wavelength, above 0 to 1
 * @param realTime whether it takes the time that a camera takes; else it delivers at once
 * @param faults that befall it
 * @param clock that says when a frame was taken
 */
public record DemoOptions(
    SpectralResponse response,
    int width,
    int height,
    long seed,
    long person,
    DemoSensor sensor,
    DemoAlignment alignment,
    double whiteReflectance,
    boolean realTime,
    List<DemoFault> faults,
    Clock clock) {

  /** Shortest side of an image in pixels. */
  public static final int MIN_SIDE = 32;

  /** Longest side of an image in pixels. */
  public static final int MAX_SIDE = 2048;

  /**
   * @throws IllegalArgumentException if a value is not in the range stated for it, or the response
   *     is for other wavelengths
   */
  public DemoOptions {
    if (!response.wavelengths().matches(Wavelengths.VIS_NIR)) {
      throw new IllegalArgumentException(
          "The demo camera sees spectra on 400:10:1000 nm, but its response is for %s."
              .formatted(response.wavelengths()));
    }
    if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE) {
      throw new IllegalArgumentException(
          "The demo camera has sides of %d to %d pixels, not %dx%d."
              .formatted(MIN_SIDE, MAX_SIDE, width, height));
    }
    if (!(whiteReflectance > 0 && whiteReflectance <= 1)) {
      throw new IllegalArgumentException(
          "A white reference reflects above 0 and at most 1, not " + whiteReflectance + ".");
    }
    faults = List.copyOf(faults);
  }

  /**
   * A typical camera of 256×256 pixels that takes its time, with a white reference of 0.99 and
   * without faults.
   */
  public static DemoOptions of(SpectralResponse response) {
    return new DemoOptions(
        response,
        256,
        256,
        1,
        16,
        DemoSensor.TYPICAL,
        DemoAlignment.SPLITTER,
        0.99,
        true,
        List.of(),
        Clock.systemUTC());
  }

  /** The same camera with the response and the white reference of a profile. */
  public static DemoOptions of(CameraProfile profile) {
    return of(profile.response(Wavelengths.VIS_NIR))
        .withWhiteReflectance(Math.min(1, profile.white().constant()));
  }

  public DemoOptions withSize(int newWidth, int newHeight) {
    return new DemoOptions(
        response,
        newWidth,
        newHeight,
        seed,
        person,
        sensor,
        alignment,
        whiteReflectance,
        realTime,
        faults,
        clock);
  }

  public DemoOptions withSeed(long value) {
    return new DemoOptions(
        response,
        width,
        height,
        value,
        person,
        sensor,
        alignment,
        whiteReflectance,
        realTime,
        faults,
        clock);
  }

  public DemoOptions withPerson(long value) {
    return new DemoOptions(
        response,
        width,
        height,
        seed,
        value,
        sensor,
        alignment,
        whiteReflectance,
        realTime,
        faults,
        clock);
  }

  public DemoOptions withSensor(DemoSensor value) {
    return new DemoOptions(
        response,
        width,
        height,
        seed,
        person,
        value,
        alignment,
        whiteReflectance,
        realTime,
        faults,
        clock);
  }

  public DemoOptions withAlignment(DemoAlignment value) {
    return new DemoOptions(
        response,
        width,
        height,
        seed,
        person,
        sensor,
        value,
        whiteReflectance,
        realTime,
        faults,
        clock);
  }

  public DemoOptions withWhiteReflectance(double value) {
    return new DemoOptions(
        response, width, height, seed, person, sensor, alignment, value, realTime, faults, clock);
  }

  public DemoOptions withRealTime(boolean value) {
    return new DemoOptions(
        response,
        width,
        height,
        seed,
        person,
        sensor,
        alignment,
        whiteReflectance,
        value,
        faults,
        clock);
  }

  public DemoOptions withFaults(List<DemoFault> value) {
    return new DemoOptions(
        response,
        width,
        height,
        seed,
        person,
        sensor,
        alignment,
        whiteReflectance,
        realTime,
        value,
        clock);
  }

  public DemoOptions withClock(Clock value) {
    return new DemoOptions(
        response,
        width,
        height,
        seed,
        person,
        sensor,
        alignment,
        whiteReflectance,
        realTime,
        faults,
        value);
  }
}
