package parley.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class IndependenceTest {
  @Test
  void theCheckerSharesNoCodeWithWhatItChecks() {
    classes()
        .that()
        .resideInAnyPackage("parley.faults.check", "parley.faults.history")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "parley.faults.check",
            "parley.faults.history",
            "java..",
            "org.jspecify..",
            "com.google.gson..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("parley.faults"));
  }
}
