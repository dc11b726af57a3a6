package org.skinspectra;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PackageDirectionTest {

  private static final String ROOT = "org.skinspectra.";

  /** From the ground up, the first being the root, whose package comment states the same. */
  private static final List<String> PACKAGES =
      List.of(
          "",
          "spectra",
          "cube",
          "profile",
          "skin",
          "model",
          "model.engine",
          "measure",
          "format",
          "session",
          "batch",
          "camera",
          "train",
          "evaluation",
          "benchmark",
          "report",
          "view",
          "commands",
          "cli");

  /** What a profile adds, which comes after {@code batch} and is known by none. */
  private static final String SPARK = "spark";

  /** What an image carries: its regions of interest and the overlay made of them. */
  private static final Set<String> REGIONS = Set.of("ij.gui.Roi", "ij.gui.Overlay");

  /** Of SciJava, what extension points are declared and found by. */
  private static final Set<String> METADATA =
      Set.of("org.scijava.plugin", "org.scijava.annotations");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.skinspectra");

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertEquals(
        new TreeSet<>(PACKAGES),
        CLASSES.stream()
            .map(PackageDirectionTest::part)
            .filter(part -> !part.equals(SPARK))
            .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void packagesImportOnlyFromThoseBeforeThem() {
    for (int i = 0; i < PACKAGES.size() - 1; i++) {
      List<String> after = PACKAGES.subList(i + 1, PACKAGES.size());
      forbid(List.of(PACKAGES.get(i)), "are in " + after, type -> isIn(after, type));
    }
  }

  @Test
  void nobodyRefersToSparkWhichIsFoundAsAService() {
    forbid(PACKAGES, "are for Spark", type -> isIn(List.of(SPARK), type));
    forbid(
        PACKAGES,
        "are Spark's or Hadoop's",
        type -> type.getName().matches("org\\.apache\\.(spark|hadoop)\\..*|scala\\..*"));
  }

  @Test
  void onlyTheEngineSeesTensorFlow() {
    forbid(
        allBut("model.engine"),
        "are TensorFlow's",
        type -> type.getPackageName().startsWith("org.tensorflow"));
  }

  @Test
  void nobodyRefersToTheEngineWhichIsFoundByName() {
    forbid(allBut("model.engine"), "are the engine's", type -> isIn(List.of("model.engine"), type));
  }

  @Test
  void onlyCameraSeesMicroManager() {
    forbid(
        allBut("camera"),
        "are Micro-Manager's",
        type -> type.getPackageName().startsWith("mmcorej"));
  }

  @Test
  void onlyWindowsCommandsAndTheShellSeeImageJsUserInterface() {
    forbid(
        allBut("view", "commands", "cli"),
        "are ImageJ's user interface",
        type ->
            Set.of("ij.IJ", "ij.WindowManager").contains(type.getName())
                || isGui(type) && !REGIONS.contains(type.getName()));
  }

  @Test
  void coreButCubeSeesNoRegionsOfInterest() {
    forbid(allBut("cube", "view", "commands", "cli"), "are in ij.gui", PackageDirectionTest::isGui);
  }

  @Test
  void onlyCommandsSeeSciJavasServices() {
    forbid(
        allBut("commands"),
        "are SciJava's services, commands or windows",
        type ->
            type.getName().startsWith("org.scijava.") && !METADATA.contains(type.getPackageName()));
  }

  @Test
  void commandsAndShellDoNotKnowEachOther() {
    forbid(List.of("commands"), "are the shell's", type -> isIn(List.of("cli"), type));
    forbid(List.of("cli"), "are commands", type -> isIn(List.of("commands", "view"), type));
  }

  private static void forbid(List<String> parts, String what, Predicate<JavaClass> forbidden) {
    DescribedPredicate<JavaClass> ours = describe("are in " + parts, type -> isIn(parts, type));
    noClasses().that(ours).should().dependOnClassesThat(describe(what, forbidden)).check(CLASSES);
  }

  private static List<String> allBut(String... parts) {
    return PACKAGES.stream().filter(part -> !List.of(parts).contains(part)).toList();
  }

  private static boolean isGui(JavaClass type) {
    return type.getPackageName().startsWith("ij.gui");
  }

  private static boolean isIn(List<String> parts, JavaClass type) {
    return (type.getPackageName() + ".").startsWith(ROOT) && parts.contains(part(type));
  }

  /** The package below the root, empty for the root itself. */
  private static String part(JavaClass type) {
    String name = type.getPackageName();
    return name.substring(Math.min(ROOT.length(), name.length()));
  }
}
