package org.skinspectra.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.math3.random.RandomGenerator;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.skin.Seeds;
import org.skinspectra.spectra.SpectralTable;

/**
 * Measured spectra divided by name into those that are learned from, those of the validation, and
 * those that are held out of both. Which spectrum goes where depends on the seed and its place in
 * its table.
 *
 * @param training what is learned from, a table for each file
 * @param validation what is validated with; files that have none are left out
 * @param heldOut number of spectra in neither
 */
record SpectraSplit(
    List<CompletedSpectra> training, List<CompletedSpectra> validation, int heldOut) {

  /** Apart from every other use of the seed. */
  private static final long STREAM = 0x53504C4954L;

  /**
   * Makes sure that the spectra which are to be held out exist.
   *
   * @param measured all spectra, also those that are left out for being unlike skin
   * @throws SkinSpectraException if one does not, naming it
   */
  static void requireNames(List<SpectralTable> measured, TrainingConfiguration configuration) {
    Set<String> unknown = new TreeSet<>(configuration.heldOut());
    measured.forEach(table -> table.names().forEach(unknown::remove));
    if (!unknown.isEmpty()) {
      throw new SkinSpectraException("There are no spectra named " + unknown + " to hold out.");
    }
  }

  /**
   * Divides tables.
   *
   * @throws SkinSpectraException if nothing is left to learn from
   */
  static SpectraSplit of(List<CompletedSpectra> tables, TrainingConfiguration configuration) {
    List<CompletedSpectra> training = new ArrayList<>();
    List<CompletedSpectra> validation = new ArrayList<>();
    int held = 0;
    for (int i = 0; i < tables.size(); i++) {
      SpectralTable table = tables.get(i).table();
      RandomGenerator random = Seeds.generator(configuration.seed() ^ STREAM, i);
      Map<String, double[]> learned = new LinkedHashMap<>();
      Map<String, double[]> validated = new LinkedHashMap<>();
      for (String name : table.names()) {
        boolean validate = random.nextDouble() < configuration.heldOutShare();
        if (configuration.heldOut().contains(name)) {
          held++;
        } else {
          (validate ? validated : learned).put(name, table.column(name));
        }
      }
      add(training, tables.get(i), learned);
      add(validation, tables.get(i), validated);
    }
    if (training.isEmpty()) {
      throw new SkinSpectraException("No spectrum is left to learn from; hold out fewer.");
    }
    return new SpectraSplit(List.copyOf(training), List.copyOf(validation), held);
  }

  private static void add(
      List<CompletedSpectra> tables, CompletedSpectra like, Map<String, double[]> columns) {
    if (!columns.isEmpty()) {
      SpectralTable table =
          SpectralTable.of(like.table().wavelengths(), like.table().unit(), columns);
      tables.add(new CompletedSpectra(table, like.measured()));
    }
  }
}
