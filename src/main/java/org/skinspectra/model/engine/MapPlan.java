package org.skinspectra.model.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.skinspectra.SkinSpectraException;
import org.skinspectra.SkinSpectraIOException;
import org.skinspectra.model.engine.TilePass.Slot;
import org.skinspectra.model.engine.TilePass.Source;

/**
 * Where the maps of one image are kept: in memory as long as they fit, else the largest of them in
 * temporary files.
 *
 * @param onDisk slots whose maps are kept in files
 * @param memoryBytes of the other maps, at the peak
 * @param diskBytes of the files, at the peak
 */
record MapPlan(Set<Slot> onDisk, long memoryBytes, long diskBytes) {

  /**
   * Of the memory that is free, what maps may take; the rest is for tiles, for the result and for
   * others.
   */
  static final double SHARE = 0.85;

  private static final double GIB = 1L << 30;

  MapPlan {
    onDisk = Set.copyOf(onDisk);
  }

  /**
   * The plan with the fewest maps in files. What is read least often goes there first: the input
   * that a stage adds to its result at its end, then the maps of full resolution, then all.
   *
   * @param image whose padded size the maps have
   * @param elementBytes of a value of a map
   * @param freeBytes of memory
   */
  static MapPlan of(List<TilePass> passes, PaddedImage image, int elementBytes, long freeBytes) {
    List<Slot> candidates =
        passes.stream()
            .flatMap(pass -> pass.target().stream())
            .distinct()
            .sorted(
                Comparator.comparingInt(Slot::level)
                    .thenComparing(slot -> slot.name().equals(TiledGraph.BODY) ? 0 : 1))
            .toList();
    Set<Slot> onDisk = new LinkedHashSet<>();
    MapPlan plan = of(passes, image, elementBytes, onDisk);
    for (Slot slot : candidates) {
      if (plan.memoryBytes() <= SHARE * freeBytes) {
        break;
      }
      onDisk.add(slot);
      plan = of(passes, image, elementBytes, onDisk);
    }
    return plan;
  }

  private static MapPlan of(
      List<TilePass> passes, PaddedImage image, int elementBytes, Set<Slot> onDisk) {
    return new MapPlan(
        onDisk,
        peak(passes, image, elementBytes, slot -> !onDisk.contains(slot)),
        peak(passes, image, elementBytes, onDisk::contains));
  }

  /** The most bytes that some slots take together while the passes run. */
  private static long peak(
      List<TilePass> passes, PaddedImage image, int elementBytes, Predicate<Slot> counted) {
    long peak = 0;
    Set<Slot> alive = new HashSet<>();
    for (int i = 0; i < passes.size(); i++) {
      TilePass pass = passes.get(i);
      List<Slot> slots = new ArrayList<>(alive);
      pass.target().filter(t -> !(alive.contains(t) && pass.inPlace())).ifPresent(slots::add);
      peak =
          Math.max(
              peak,
              slots.stream()
                  .filter(counted)
                  .mapToLong(slot -> bytes(slot, image, elementBytes))
                  .sum());
      pass.target().ifPresent(alive::add);
      alive.retainAll(neededAfter(passes, i));
    }
    return peak;
  }

  private static long bytes(Slot slot, PaddedImage image, int elementBytes) {
    return (image.pixels() >> 2 * slot.level()) * slot.channels() * elementBytes;
  }

  /** Slots whose maps a pass behind this one reads, before another map takes their place. */
  static Set<Slot> neededAfter(List<TilePass> passes, int index) {
    Set<Slot> needed = new HashSet<>();
    Set<Slot> replaced = new HashSet<>();
    for (TilePass pass : passes.subList(index + 1, passes.size())) {
      pass.sources().stream()
          .map(Source::slot)
          .filter(slot -> !replaced.contains(slot))
          .forEach(needed::add);
      pass.target().ifPresent(replaced::add);
    }
    return needed;
  }

  /**
   * Makes sure that the files fit on their disk.
   *
   * @throws SkinSpectraException if they do not, naming what is needed and free
   */
  void requireDisk(Path folder, PaddedImage image) {
    if (onDisk.isEmpty()) {
      return;
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < diskBytes) {
        throw new SkinSpectraException(
            String.format(
                Locale.ROOT,
                "A frame of %dx%d pixels does not fit in memory and needs %.2f GiB in %s, where %.2f GiB are free. Give another folder with -Djava.io.tmpdir=…, close other programs, use bfloat16, or reconstruct a smaller region.",
                image.width(),
                image.height(),
                diskBytes / GIB,
                folder,
                free / GIB));
      }
    } catch (IOException e) {
      throw new SkinSpectraIOException("Cannot look at the space in " + folder + ": " + e, e);
    }
  }
}
