package de.kreissiegel.hsm;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;

/** The plan of the vault. */
@AnalyzeClasses(
    packages = "de.kreissiegel.hsm",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule timeComesFromAClock =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule randomnessIsGiven =
      noClasses()
          .that()
          .resideOutsideOfPackage("..process..")
          .should()
          .callConstructor(SecureRandom.class);

  @ArchTest
  static final ArchRule roomsHaveNoCycles =
      slices().matching("de.kreissiegel.hsm.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule theClientNeverSeesAKey =
      noClasses()
          .that()
          .resideInAnyPackage("..client..", "..wire..", "..signing..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..token..", "..journal..", "..policy..", "..ceremony..", "..process..");

  @ArchTest
  static final ArchRule theVaultNeedsLittle =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "de.kreissiegel.hsm..",
              "java..",
              "jdk.net..",
              "org.bouncycastle..",
              "org.snakeyaml..",
              "org.jspecify..");

  @ArchTest
  static final ArchRule wordsDoNotChange =
      fields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage("..signing..", "..policy..")
          .and()
          .areNotDeclaredIn("de.kreissiegel.hsm.policy.DerCursor")
          .should()
          .beFinal();
}
