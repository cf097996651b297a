package parley.faults.matching;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class MatchingIndependenceTest {
  @Test
  void theCheckerSharesNoCodeWithWhatItChecks() {
    classes()
        .that()
        .resideInAPackage("parley.faults.matching.check")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("parley.faults.matching.check", "java..", "org.jspecify..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("parley.faults.matching"));
  }
}
