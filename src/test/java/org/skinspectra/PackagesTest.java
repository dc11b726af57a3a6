package org.skinspectra;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackagesTest {

  /** From the ground up, as the Javadoc of the root package has it. */
  private static final List<String> ORDER =
      List.of("spectra", "cube", "skin", "model", "measure", "session", "train", "report", "cli");

  /** Parts of ij.gui that an image holds, rather than windows on it. */
  private static final List<String> IMAGE_DATA = List.of("ij.gui.Roi", "ij.gui.Overlay");

  private static JavaClasses classes;

  @BeforeAll
  static void importClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.skinspectra");
  }

  @Test
  void theRootImportsNoOther() {
    noClasses()
        .that()
        .resideInAPackage("org.skinspectra")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.skinspectra.(*)..")
        .check(classes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spectra", "cube", "skin", "model", "measure", "session", "train", "report"})
  void aPackageImportsOnlyFromThoseBeforeIt(String name) {
    String[] later =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(other -> "org.skinspectra." + other + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("org.skinspectra." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(later)
        .check(classes);
  }

  @Test
  void onlyModelAndTrainSeeTensorFlow() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.skinspectra.model..", "org.skinspectra.train..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow..")
        .check(classes);
  }

  @Test
  void theCoreOpensNoWindowOfImageJ() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.skinspectra.report..", "org.skinspectra.cli..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("ij.IJ")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("ij.WindowManager")
        .orShould()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "belong to ij.gui, regions and overlays of them excepted",
                type ->
                    type.getPackageName().startsWith("ij.gui")
                        && !IMAGE_DATA.contains(type.getName())))
        .check(classes);
  }
}
