package org.skinspectra.session;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.profile.CalibrationCheck;
import org.skinspectra.profile.Homography;
import org.skinspectra.profile.ProfileRegistration;
import org.skinspectra.profile.Registration;
import org.skinspectra.profile.RegistrationFit;
import org.skinspectra.profile.Warp;

/**
 * How the 960 nm image of a picture was laid on its RGB image.
 *
 * @param homography from pixels of the 960 nm image to pixels of the RGB image
 * @param residualPx standard error, root mean square over the image, pixels of RGB; empty where it
 *     is not known
 * @param origin where it comes from
 */
public record PictureRegistration(Homography homography, OptionalDouble residualPx, Origin origin) {

  /** Largest residual of a registration that is not warned of, pixels of RGB. */
  public static final double LARGEST_RESIDUAL_PX = 0.3;

  /**
   * Standard errors that a registration by pictures is allowed for: Student's t of 95 % at the 7
   * degrees of freedom of leaving out 8 groups of tiles. Edges that lie elsewhere at 960 nm are no
   * chance error, so that fewer stay within: of rendered pictures (128x128 pixels) that could be
   * registered, 92 % of 108 at 40 dB and 85 % of 98 at 30 dB.
   */
  private static final double ALLOWANCE = 2.365;

  /** Where a registration comes from. */
  public enum Origin {
    /** One sensor took both images. */
    SAME_SENSOR,
    /** It was measured before and stands in the profile. */
    PROFILE,
    /** The two images themselves. */
    IMAGES,
    /** The images did not match, so that they lie edge to edge, as good or bad as that is. */
    EDGE_TO_EDGE;

    /** As files and tables have it, such as {@code same sensor}. */
    public String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /**
   * Registers a picture.
   *
   * @param oneSensor whether the same camera took RGB and 960 nm
   * @param known registration of the profile
   * @param warnings takes what must be said about it
   */
  static PictureRegistration of(
      PictureReflectance picture,
      boolean oneSensor,
      Optional<ProfileRegistration> known,
      List<CalibrationCheck> warnings) {
    PictureRegistration registration;
    if (oneSensor && picture.isOfOneSize()) {
      registration =
          new PictureRegistration(Homography.IDENTITY, OptionalDouble.of(0), Origin.SAME_SENSOR);
    } else if (known.isPresent()) {
      registration = ofProfile(known.get());
    } else {
      registration = ofImages(picture, warnings);
    }
    registration.check().ifPresent(warnings::add);
    return registration;
  }

  /** Whether its error is most probably small enough; empty where it is not known. */
  public Optional<CalibrationCheck> check() {
    return residualPx.isPresent()
        ? Optional.of(residual(residualPx.getAsDouble(), origin))
        : Optional.empty();
  }

  private static PictureRegistration ofProfile(ProfileRegistration known) {
    return new PictureRegistration(
        known.homography(), OptionalDouble.of(known.residualPx()), Origin.PROFILE);
  }

  private static PictureRegistration ofImages(
      PictureReflectance picture, List<CalibrationCheck> warnings) {
    int width = picture.width();
    int height = picture.height();
    int infraredWidth = picture.infraredWidth();
    int infraredHeight = picture.infraredHeight();
    try {
      // Of the visible, red is most like 960 nm.
      Registration found =
          RegistrationFit.ofImages(
              picture.visible().get(0),
              width,
              height,
              picture.infrared(),
              infraredWidth,
              infraredHeight);
      return new PictureRegistration(
          found.homography(), OptionalDouble.of(found.residual()), Origin.IMAGES);
    } catch (SkinSpectraException e) {
      warnings.add(
          new CalibrationCheck(
              "registration.found",
              false,
              "The 960 nm image was laid on the RGB image edge to edge. " + e.getMessage(),
              1,
              0,
              "Measure the registration once with a target and store it in the profile, or take a picture with more edges in focus."));
      return new PictureRegistration(
          Homography.ofSizes(infraredWidth, infraredHeight, width, height),
          OptionalDouble.empty(),
          Origin.EDGE_TO_EDGE);
    }
  }

  private static CalibrationCheck residual(double residual, Origin origin) {
    double bound = origin == Origin.IMAGES ? ALLOWANCE * residual : residual;
    return new CalibrationCheck(
        "registration.residual",
        bound <= LARGEST_RESIDUAL_PX,
        String.format(
            Locale.ROOT,
            "The 960 nm image lies on the RGB image within %.3f px (%s%s); the limit is %s px.",
            bound,
            origin.key(),
            origin == Origin.IMAGES
                ? String.format(Locale.ROOT, ", mostly; standard error %.3f px", residual)
                : "",
            LARGEST_RESIDUAL_PX),
        bound,
        LARGEST_RESIDUAL_PX,
        "Focus both cameras, keep the object still, take a picture with more edges, or measure the registration once with a target ('profile measure') and store it in the profile.");
  }

  /** The resampling of the 960 nm plane of a picture. */
  Warp warp(PictureReflectance picture) {
    return new Warp(
        homography,
        picture.infraredWidth(),
        picture.infraredHeight(),
        picture.width(),
        picture.height());
  }

  /** Whether the pixels of both images are the same. */
  boolean changesNothing(PictureReflectance picture) {
    return homography.equals(Homography.IDENTITY) && picture.isOfOneSize();
  }
}
