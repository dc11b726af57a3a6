package org.skinspectra.profile;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.skinspectra.JsonText;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.spectra.SpectralTable;
import org.skinspectra.spectra.Wavelengths;

/**
 * Makes a camera profile of sensitivities that another program or a data sheet gives ({@link
 * ResponseFiles}). What the file does not say is assumed, and both the profile's notes and the
 * warnings say what.
 *
 * @param profile with a note for every warning
 * @param warnings for people, none if nothing was assumed
 */
public record ProfileImport(CameraProfile profile, List<String> warnings) {

  /** Noise of a measurement goes below zero by no more than this share of the largest value. */
  private static final double NEGATIVE_SHARE = 0.02;

  /** Share of a channel that lies beyond 700 nm, from which on it is worth a word. */
  private static final double INFRARED_SHARE = 0.05;

  private static final int FILE_NAME_SHOWN = 100;

  public ProfileImport {
    warnings = List.copyOf(warnings);
  }

  /**
   * What a file of sensitivities does not know.
   *
   * @param light of the rig
   * @param filter960 of the 960 nm camera; where it is empty and the file has no channel at 960 nm,
   *     {@link BandFilter#ASSUMED}
   * @param sensor of both cameras
   * @param white reference
   * @param author of the profile, otherwise that of the file
   * @param licence of the numbers, otherwise that of the file
   * @param day of the import
   */
  public record Options(
      ProfileLight light,
      Optional<BandFilter> filter960,
      SensorProfile sensor,
      WhiteReflectance white,
      Optional<String> author,
      Optional<String> licence,
      LocalDate day) {

    /** A linear sensor of 12 bits, a white of 0.99, and what the file says. */
    public static Options of(ProfileLight light, LocalDate day) {
      return new Options(
          light,
          Optional.empty(),
          SensorProfile.linear(12, 0),
          WhiteReflectance.of(0.99),
          Optional.empty(),
          Optional.empty(),
          day);
    }
  }

  /**
   * Imports a file. A name that ends in {@code .json} is rawtoaces or dcamprof, any other CSV with
   * the columns R, G, B (or red, green, blue) and perhaps 960 (or N960, NIR, IR).
   *
   * @throws SkinSpectraIOException if the file cannot be read or is no such table, or the channels
   *     do not fit the options; the message names the file
   */
  public static ProfileImport read(Path file, Options options) {
    ResponseDocument document = ResponseFiles.document(file);
    List<String> warnings = new ArrayList<>();
    try {
      SpectralTable responses = channels(document.table(), warnings);
      Optional<BandFilter> filter = filter(responses, options, warnings);
      if (document.licence().or(options::licence).isEmpty()) {
        warnings.add("No licence is stated: ask the author before you pass the numbers on.");
      }
      warnings.add(
          "Sensor numbers (%d bits, black level %s DN) and the white reference are those given at the import, not of the file."
              .formatted(
                  options.sensor().bits(), JsonText.number(options.sensor().blackLevelDn())));
      CameraProfile profile = profile(file, document, responses, filter, options, warnings);
      String leak = infraredLeak(profile);
      if (!leak.isEmpty()) {
        warnings.add(leak);
        profile = profile(file, document, responses, filter, options, warnings);
      }
      return new ProfileImport(profile, warnings);
    } catch (SkinSpectraIOException e) {
      throw e;
    } catch (SkinSpectraException e) {
      throw new SkinSpectraIOException(file + ": " + e.getMessage(), e);
    }
  }

  private static CameraProfile profile(
      Path file,
      ResponseDocument document,
      SpectralTable responses,
      Optional<BandFilter> filter,
      Options options,
      List<String> notes) {
    String name = shown(file);
    String source =
        document.format()
            + " "
            + name
            + document.instrument().map(i -> ", measured with " + i).orElse("")
            + document.date().map(d -> ", " + d).orElse("");
    ProfileOrigin origin =
        new ProfileOrigin(
            document.camera().orElse(name),
            options.author().or(document::author).orElse("unknown"),
            options.licence().or(document::licence).orElse("unknown"),
            source,
            options.day(),
            options.day(),
            notes);
    return new CameraProfile(
        origin,
        responses,
        filter,
        options.light(),
        options.sensor(),
        Optional.empty(),
        options.white(),
        Optional.empty(),
        Optional.empty());
  }

  private static String shown(Path file) {
    String name = file.getFileName().toString().replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
    return name.length() <= FILE_NAME_SHOWN ? name : name.substring(0, FILE_NAME_SHOWN);
  }

  private static SpectralTable channels(SpectralTable table, List<String> warnings) {
    List<String> left = new ArrayList<>(table.names());
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (int c = 0; c < CameraProfile.CHANNEL_NAMES.size(); c++) {
      String channel = CameraProfile.CHANNEL_NAMES.get(c);
      Optional<String> column = SpectralResponse.column(table, c);
      column.ifPresent(
          name -> {
            left.remove(name);
            columns.put(channel, nonNegative(channel, table.column(name), warnings));
          });
    }
    if (!columns.keySet().containsAll(Set.of("R", "G", "B"))) {
      throw new SkinSpectraException(
          "A camera has the columns R, G and B, but this table has %s. Name its columns so."
              .formatted(table.names()));
    }
    if (!left.isEmpty()) {
      warnings.add("The columns %s are left out: they are none of R, G, B, N960.".formatted(left));
    }
    Wavelengths nm = table.wavelengths();
    if (nm.first() > 400 || nm.last() < 700) {
      warnings.add(
          "The table reaches from %s to %s; beyond it R, G and B are taken as zero."
              .formatted(nm.label(0), nm.label(nm.size() - 1)));
    }
    return SpectralTable.of(nm, table.unit(), columns);
  }

  private static double[] nonNegative(String channel, double[] values, List<String> warnings) {
    double largest = Arrays.stream(values).max().orElseThrow();
    double smallest = Arrays.stream(values).min().orElseThrow();
    if (smallest >= 0) {
      return values;
    }
    if (!(smallest >= -NEGATIVE_SHARE * largest)) {
      throw new SkinSpectraException(
          "Channel %s goes down to %s, which is more than noise; a sensitivity is a number from 0. Correct its table."
              .formatted(channel, smallest));
    }
    warnings.add(
        "Channel %s has values below zero, down to %s; they are taken as zero."
            .formatted(channel, smallest));
    return Arrays.stream(values).map(v -> Math.max(v, 0)).toArray();
  }

  private static Optional<BandFilter> filter(
      SpectralTable responses, Options options, List<String> warnings) {
    boolean measured = responses.names().contains(CameraProfile.CHANNEL_NAMES.get(3));
    if (measured || options.filter960().isPresent()) {
      if (!measured) {
        warnings.add("960 nm was not measured: its sensor is assumed even over the filter's band.");
      }
      return options.filter960();
    }
    warnings.add(
        "960 nm was not measured: a filter at %s nm of %s nm width is assumed, and a sensor even over it."
            .formatted(
                JsonText.number(BandFilter.ASSUMED.centreNm()),
                JsonText.number(BandFilter.ASSUMED.fwhmNm())));
    return Optional.of(BandFilter.ASSUMED);
  }

  private static String infraredLeak(CameraProfile profile) {
    Wavelengths grid = Wavelengths.VIS_NIR;
    double[][] weights = profile.response(grid).weights();
    double[] shares = new double[3];
    for (int c = 0; c < shares.length; c++) {
      for (int i = 0; i < grid.size(); i++) {
        shares[c] += grid.get(i) > 700 ? weights[c][i] : 0;
      }
    }
    return Arrays.stream(shares).max().orElseThrow() < INFRARED_SHARE
        ? ""
        : String.format(
            Locale.ROOT,
            "Under %s %.0f, %.0f and %.0f %% of R, G and B lie beyond 700 nm; put an infrared-cut filter before them, or expect a large residual.",
            profile.light().name(),
            100 * shares[0],
            100 * shares[1],
            100 * shares[2]);
  }
}
