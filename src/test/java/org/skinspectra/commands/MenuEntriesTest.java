package org.skinspectra.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.module.ModuleItem;

/** What every menu entry has in common, so that macros of today run in years to come. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MenuEntriesTest {

  /** What a macro must give; whatever else an entry asks for has a default. */
  private static final Set<String> REQUIRED =
      Set.of(
          "Calibrate Session...: session",
          "Capture...: session",
          "Import...: file",
          "Measure Spectral Angle...: prediction",
          "Measure Spectral Angle...: reference",
          "ROI Spectra...: image",
          "Reconstruct Sessions...: input",
          "Reconstruct Sessions...: output",
          "Skin Indices...: image",
          "Take References...: session",
          "True Colour...: image");

  private Context fiji;
  private Collection<CommandInfo> entries;

  @BeforeAll
  void open() {
    fiji = new Context();
    entries = MenuCommand.entries(fiji).values();
  }

  @AfterAll
  void close() {
    fiji.dispose();
  }

  private static String leaf(CommandInfo entry) {
    return entry.getMenuPath().getLeaf().getName();
  }

  /** What a user or a macro gives; services are none of that. */
  private static List<ModuleItem<?>> inputs(CommandInfo entry) {
    return StreamSupport.<ModuleItem<?>>stream(entry.inputs().spliterator(), false)
        .filter(input -> !org.scijava.service.Service.class.isAssignableFrom(input.getType()))
        .filter(input -> input.getType() != Context.class)
        .toList();
  }

  @Test
  void theMenuHasTheEntriesOfTheManual() {
    assertEquals(
        Set.of(
            "Connect Camera...",
            "Disconnect Camera",
            "Live View",
            "Take References...",
            "Capture...",
            "Calibrate Session...",
            "Reconstruct Spectra...",
            "Measure Spectral Angle...",
            "ROI Spectra...",
            "Skin Indices...",
            "True Colour...",
            "Import...",
            "Show...",
            "Reconstruct Sessions...",
            "Diagnostics..."),
        new TreeSet<>(entries.stream().map(MenuEntriesTest::leaf).toList()));
  }

  @Test
  void onlyTheLiveViewNeedsADisplay() {
    assertEquals(
        List.of("Live View"),
        entries.stream().filter(e -> !e.canRunHeadless()).map(MenuEntriesTest::leaf).toList());
  }

  @Test
  void keysAreLowerCaseAndOfTypesThatMacrosCanGive() {
    List<String> wrong = new ArrayList<>();
    Set<Class<?>> types =
        Set.of(ImagePlus.class, String.class, File.class, int.class, double.class, boolean.class);
    for (CommandInfo entry : entries) {
      for (ModuleItem<?> input : inputs(entry)) {
        if (!input.getName().matches("[a-z][a-z0-9_]*") || !types.contains(input.getType())) {
          wrong.add(leaf(entry) + ": " + input.getName() + " of " + input.getType());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void noKeyHasBecomeRequiredSoThatOldMacrosRun() {
    Set<String> required = new TreeSet<>();
    for (CommandInfo entry : entries) {
      for (ModuleItem<?> input : inputs(entry)) {
        if (input.isRequired()) {
          required.add(leaf(entry) + ": " + input.getName());
        }
      }
    }
    assertEquals(new TreeSet<>(REQUIRED), required);
  }

  @Test
  void nothingButTheFolderOfASessionIsRememberedFromTheLastRun() {
    Set<String> remembered = new TreeSet<>();
    for (CommandInfo entry : entries) {
      for (ModuleItem<?> input : inputs(entry)) {
        if (input.isPersisted()) {
          remembered.add(input.getName());
        }
      }
    }
    assertEquals(Set.of("session"), remembered);
  }

  @Test
  void whatComesOutIsAnImageATableOrAText() {
    int outputs = 0;
    for (CommandInfo entry : entries) {
      for (ModuleItem<?> output : entry.outputs()) {
        outputs++;
        assertTrue(
            Set.of(ImagePlus.class, ResultsTable.class, String.class).contains(output.getType()),
            leaf(entry) + ": " + output.getName());
      }
    }
    assertTrue(outputs > entries.size(), outputs + " outputs");
  }
}
