package org.skinspectra.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.util.FastMath;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.StandardObserver;
import org.skinspectra.spectra.Wavelengths;

/** Makes the profiles in {@code camera-profiles/} from what their sources say. */
final class ShippedProfiles {

  static final Path FOLDER = Path.of("camera-profiles");

  private static final LocalDate DAY = LocalDate.of(2026, 11, 25);
  private static final Wavelengths GRID = Wavelengths.VIS_NIR;

  /**
   * Absorption coefficient of silicon at 300 K, 1/cm, 400 to 1000 nm in steps of 10 nm (Green &amp;
   * Keevers 1995, Progress in Photovoltaics 3:189).
   */
  private static final double[] SILICON = {
    95200, 67400, 50000, 39200, 31100, 25500, 21000, 17200, 14800, 12700, 11100, 9700, 8800, 7850,
    7050, 6390, 5780, 5320, 4880, 4490, 4140, 3810, 3520, 3270, 3040, 2810, 2580, 2380, 2210, 2050,
    1900, 1770, 1660, 1540, 1420, 1300, 1190, 1100, 1010, 928, 850, 775, 707, 647, 591, 535, 480,
    432, 383, 343, 306, 272, 240, 210, 183, 157, 134, 114, 95.9, 79.2, 64.0
  };

  private ShippedProfiles() {}

  /** Writes all of them. */
  public static void main(String[] arguments) {
    for (String name : CameraProfiles.names()) {
      CameraProfileFiles.write(FOLDER.resolve(name + ".json"), of(name));
    }
  }

  static CameraProfile of(String name) {
    return switch (name) {
      case "cie-1931-960-ideal" -> ideal();
      case "demo-camera" -> demo();
      case "generic-silicon-rgb-960" -> silicon();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static CameraProfile ideal() {
    double[][] observer = StandardObserver.on(GRID);
    double[] at960 = new double[GRID.size()];
    at960[GRID.indexOf(960)] = 1;
    return profile(
        "Ideal camera: CIE 1931 observer and the band at 960 nm",
        "CC-BY-SA-4.0",
        "R, G, B: colour-matching functions of the CIE 1931 2 degree standard observer (CIE 2019, "
            + "doi 10.25039/CIE.DS.xvudnb9b); N960: one band. Canonical channels by definition.",
        List.of("No such camera exists; its map to canonical channels is the identity."),
        table("relative", observer[0], observer[1], observer[2], at960),
        Optional.empty(),
        ProfileLight.named("E"),
        SensorProfile.linear(0, 0),
        1);
  }

  private static CameraProfile demo() {
    DoubleUnaryOperator infraredCut = nm -> 1 - logistic(nm, 675, 6);
    return profile(
        "Demo camera: colour sensor with infrared-cut filter, and a camera behind a 960 nm filter",
        "CC0-1.0",
        "Invented: R, G, B are normal curves at 600, 540 and 460 nm (standard deviations 36, 38, 32"
            + " nm) times an infrared-cut filter, 1/(1+exp((nm-675)/6)); N960 is silicon as in"
            + " generic-silicon-rgb-960.",
        List.of("No such camera exists; the built-in demo camera renders pictures by it."),
        table(
            "relative",
            rounded(nm -> bell(nm, 600, 36) * infraredCut.applyAsDouble(nm)),
            rounded(nm -> bell(nm, 540, 38) * infraredCut.applyAsDouble(nm)),
            rounded(nm -> bell(nm, 460, 32) * infraredCut.applyAsDouble(nm)),
            rounded(ShippedProfiles::quantumEfficiency)),
        Optional.of(BandFilter.ASSUMED),
        ProfileLight.named("3200K"),
        new SensorProfile(
            12, Optional.empty(), 64, Optional.of(BayerPattern.RGGB), Optional.empty()),
        0.99);
  }

  private static CameraProfile silicon() {
    return profile(
        "Generic silicon colour sensor without infrared-cut filter, with a 960 nm filter",
        "CC0-1.0",
        "Quantum efficiency 0.85*(1-exp(-a*d)): a the absorption of silicon at 300 K (Green &"
            + " Keevers 1995, Progress in Photovoltaics 3:189), d = 4 um a usual epitaxial layer,"
            + " 0.85 for reflection. Times dyes: R 0.03 + 0.92/(1+exp(-(nm-590)/8)); G 0.05 + 0.85"
            + " times a normal curve (532 nm, 36 nm); B 0.03 + 0.80 times a normal curve (455 nm, 34"
            + " nm); G and B rising to 0.95 as 1/(1+exp(-(nm-t)/18)) with t = 800 and 790 nm, since"
            + " dyes of colour filter arrays pass near infrared (Fredembach & Suesstrunk 2008,"
            + " Colouring the near-infrared, Color Imaging Conference 16). Light: normal curves at 450,"
            + " 565, 625 and 955 nm of standard deviation 10, 50, 35 and 20 nm, height 0.8, 1, 0.35"
            + " and 0.8.",
        List.of(
            "A model, not a measurement: measure your camera where 0.01 of reflectance matters.",
            "Both diodes shine for both images: R, G and B then see near infrared only where N960 does,"
                + " and the map to canonical channels takes it off. Under a lamp, 3200K, the residual"
                + " of that map is six times as large."),
        table(
            "quantum efficiency",
            rounded(nm -> quantumEfficiency(nm) * (0.03 + 0.92 * logistic(nm, 590, 8))),
            rounded(nm -> quantumEfficiency(nm) * dye(nm, 0.05, 0.85, 532, 36, 800)),
            rounded(nm -> quantumEfficiency(nm) * dye(nm, 0.03, 0.80, 455, 34, 790)),
            rounded(nm -> quantumEfficiency(nm) * 0.95)),
        Optional.of(BandFilter.ASSUMED),
        diodes(),
        new SensorProfile(
            12, Optional.empty(), 64, Optional.of(BayerPattern.RGGB), Optional.empty()),
        0.99);
  }

  private static CameraProfile profile(
      String name,
      String licence,
      String source,
      List<String> notes,
      SpectralTable responses,
      Optional<BandFilter> filter,
      ProfileLight light,
      SensorProfile sensor,
      double white) {
    return new CameraProfile(
        new ProfileOrigin(name, "Skin Spectra developers", licence, source, DAY, DAY, notes),
        responses,
        filter,
        light,
        sensor,
        Optional.empty(),
        WhiteReflectance.of(white),
        Optional.empty(),
        Optional.empty());
  }

  /** White light-emitting diodes and those of 955 nm together, without light between them. */
  private static ProfileLight diodes() {
    double[] power =
        rounded(
            nm ->
                0.8 * bell(nm, 450, 10)
                    + bell(nm, 565, 50)
                    + 0.35 * bell(nm, 625, 35)
                    + 0.8 * bell(nm, 955, 20));
    return new ProfileLight(
        "white and 955 nm diodes",
        Optional.of(SpectralTable.of(GRID, "relative power", ProfileLight.COLUMN, power)));
  }

  private static SpectralTable table(
      String unit, double[] r, double[] g, double[] b, double[] infrared) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    columns.put("R", r);
    columns.put("G", g);
    columns.put("B", b);
    columns.put("N960", infrared);
    return SpectralTable.of(GRID, unit, columns);
  }

  private static double dye(
      double nm, double leak, double height, double centre, double deviation, double opens) {
    double open = logistic(nm, opens, 18);
    return (1 - open) * (leak + height * bell(nm, centre, deviation)) + open * 0.95;
  }

  private static double quantumEfficiency(double nm) {
    double depthCm = 4e-4;
    return 0.85 * (1 - FastMath.exp(-SILICON[GRID.indexOf(nm)] * depthCm));
  }

  private static double bell(double nm, double centre, double deviation) {
    double z = (nm - centre) / deviation;
    return FastMath.exp(-0.5 * z * z);
  }

  private static double logistic(double nm, double centre, double width) {
    return 1 / (1 + FastMath.exp(-(nm - centre) / width));
  }

  /** Four decimals, as data sheets have no more. */
  private static double[] rounded(DoubleUnaryOperator response) {
    return Arrays.stream(GRID.toArray())
        .map(nm -> FastMath.rint(1e4 * response.applyAsDouble(nm)) / 1e4)
        .toArray();
  }
}
