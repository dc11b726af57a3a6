package org.skinspectra;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

@AnalyzeClasses(packages = "org.skinspectra", importOptions = ImportOption.DoNotIncludeTests.class)
class PackageDirectionTest {

  private static final String ROOT = "org.skinspectra.";

  /** From the ground up, the first being the root; package-info of the root states it too. */
  private static final List<String> PACKAGES =
      List.of(
          "", "spectra", "cube", "skin", "model", "measure", "session", "train", "report", "cli");

  /** What an image carries: its regions of interest and the overlay made of them. */
  private static final Set<String> SEEN_BY_CUBE = Set.of("ij.gui.Roi", "ij.gui.Overlay");

  @ArchTest
  static final ArchRule onlyModelAndTrainSeeTensorFlow =
      noClasses()
          .that(areNeitherIn("model", "train"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.tensorflow..");

  @ArchTest
  static final ArchRule onlyTheShellSeesImageJsWindows =
      noClasses()
          .that(areNeitherIn("cli"))
          .should()
          .dependOnClassesThat(
              describe("are ImageJ's user interface", PackageDirectionTest::isUserInterface));

  @ArchTest
  static final ArchRule onlyCubeSeesRegionsOfInterest =
      noClasses()
          .that(areNeitherIn("cube", "cli"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ij.gui..");

  @ArchTest
  static void everyPackageHasItsPlaceInTheOrder(JavaClasses all) {
    Set<String> found =
        all.stream().map(PackageDirectionTest::part).collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(PACKAGES), found);
  }

  @ArchTest
  static void packagesImportOnlyFromThoseBeforeThem(JavaClasses all) {
    for (int i = 0; i < PACKAGES.size() - 1; i++) {
      noClasses()
          .that(areIn(List.of(PACKAGES.get(i))))
          .should()
          .dependOnClassesThat(areIn(PACKAGES.subList(i + 1, PACKAGES.size())))
          .check(all);
    }
  }

  private static DescribedPredicate<JavaClass> areIn(List<String> parts) {
    return describe("are in " + parts, type -> isIn(parts, type));
  }

  private static DescribedPredicate<JavaClass> areNeitherIn(String... parts) {
    return describe("are not in " + List.of(parts), type -> !isIn(List.of(parts), type));
  }

  private static boolean isUserInterface(JavaClass type) {
    boolean gui =
        type.getPackageName().startsWith("ij.gui") && !SEEN_BY_CUBE.contains(type.getName());
    return gui || Set.of("ij.IJ", "ij.WindowManager").contains(type.getName());
  }

  private static boolean isIn(List<String> parts, JavaClass type) {
    String name = type.getPackageName() + ".";
    return name.startsWith(ROOT) && parts.contains(part(type));
  }

  /** The package below the root, empty for the root itself. */
  private static String part(JavaClass type) {
    String name = type.getPackageName();
    return name.substring(Math.min(ROOT.length(), name.length()));
  }
}
