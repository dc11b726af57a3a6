package org.skinspectra.camera;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.skinspectra.SkinSpectraException;

/**
 * Says what to do about an error of MMCore. It has one class of exception for all, so that its text
 * must tell; the texts are those of MMCore 10 to 12.
 *
 * @param versions of the jar and the native library, for errors between them
 */
record MMCoreErrors(String versions) {

  /**
   * @param text in lower case, that the error contains
   * @param remedy what to do
   */
  private record Known(String text, String remedy) {}

  private static final String GONE =
      "The device is not there: it was unplugged or unloaded, or the configuration names it"
          + " otherwise. Check its power, its cable and its label, and connect again.";
  private static final String ADAPTER =
      "The device adapter is missing, or a library of its maker that it needs. Install the maker's"
          + " driver and a Micro-Manager that has this adapter.";
  private static final String INTERFACE =
      "A device adapter of another Micro-Manager lies in this one's folder. Install Micro-Manager"
          + " anew, in an empty folder.";
  private static final String MEMORY =
      "There is not enough memory for the camera's frames. Close other programs, or read a smaller"
          + " region.";
  private static final String RUNNING =
      "Another live view or acquisition uses the camera. Stop it first.";
  private static final String PRESET =
      "The configuration has no such group or preset. Name one that it has in the rig, or add it"
          + " to the configuration.";

  /** The first that fits counts. */
  private static final List<Known> KNOWN =
      List.of(
          new Known("incompatible device interface version", INTERFACE),
          new Known("incompatible module interface version", INTERFACE),
          new Known("interface version mismatch", INTERFACE),
          new Known("module version mismatch", INTERFACE),
          new Known("failed to load device adapter", ADAPTER),
          new Known("no device adapter named", ADAPTER),
          new Known("failed to load module", ADAPTER),
          new Known("unable to load library", ADAPTER),
          new Known("no device with label", GONE),
          new Known("camera not loaded or initialized", GONE),
          new Known("device not defined or initialized", GONE),
          new Known("can't find the device", GONE),
          new Known("cannot set core property camera", GONE),
          new Known(
              "timed out",
              "The device did not become ready in time. Check its power and its cable, or give the"
                  + " step a longer time-out."),
          new Known("sequence acquisition is running", RUNNING),
          new Known("circular buffer - memory", MEMORY),
          new Known("out of memory", MEMORY),
          new Known("configuration group", PRESET),
          new Known("configuration not defined", PRESET),
          new Known("preset", PRESET),
          new Known(
              "value not allowed",
              "The device has no such property, or not this value for it. Look up both in"
                  + " Micro-Manager's device property browser and correct the rig."),
          new Known(
              "invalid property",
              "The device has no such property, or not this value for it. Look up both in"
                  + " Micro-Manager's device property browser and correct the rig."));

  private static final String OTHERWISE =
      "Check the device in Micro-Manager itself; where it fails there too, check its power, its"
          + " cable and its driver.";

  /**
   * The error to show.
   *
   * @param what was being done, such as {@code RGBCam takes a frame}; may be empty
   * @param call to MMCore, such as {@code setExposure(RGBCam, 20.0)}
   * @throws Error if it is one that nobody can act on
   */
  SkinSpectraException explain(String what, String call, Throwable failure) {
    if (failure instanceof SkinSpectraException explained) {
      return explained;
    }
    if (failure instanceof CancellationException abandoned) {
      throw abandoned;
    }
    if (failure instanceof LinkageError) {
      return new SkinSpectraException(mismatch(failure), failure);
    }
    if (failure instanceof OutOfMemoryError) {
      return new SkinSpectraException(
          "Java has too little memory for an image of the camera. Start it with more (-Xmx).",
          failure);
    }
    if (failure instanceof Error error) {
      throw error;
    }
    String text = String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", " ");
    return new SkinSpectraException(
        "%sMicro-Manager failed in %s: %s%s %s"
            .formatted(
                what.isEmpty() ? "" : what + ": ",
                call,
                text,
                text.endsWith(".") ? "" : ".",
                remedy(text)),
        failure);
  }

  /** The jar and the native library cannot work together. */
  String mismatch(Throwable failure) {
    return ("The parts of Micro-Manager are of different versions (%s): %s. Both must come from one"
            + " installation: install Micro-Manager anew, in an empty folder, and start this"
            + " program anew.")
        .formatted(versions, failure);
  }

  private static String remedy(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return KNOWN.stream()
        .filter(known -> lower.contains(known.text))
        .map(Known::remedy)
        .findFirst()
        .orElse(OTHERWISE);
  }
}
