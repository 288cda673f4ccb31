package de.kreissiegel.ra.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rules of the house, by name. */
final class Rules {
  private static final String SPRING = "org.springframework..";

  private Rules() {}

  static Map<String, ArchRule> all() {
    var rules = new LinkedHashMap<String, ArchRule>();
    frameworks(rules);
    VaultRules.add(rules);
    counter(rules);
    wholeHouse(rules);
    cycles(rules);
    return rules;
  }

  private static void frameworks(Map<String, ArchRule> rules) {
    rules.put(
        "springStaysInTheCounter",
        noClasses()
            .that()
            .resideInAnyPackage("de.kreissiegel.hsm..", "de.kreissiegel.ca..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPRING, "jakarta.servlet.."));
    rules.put(
        "theDirectoryTakesOnlySpringLdap",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.ldap..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "org.springframework.boot..",
                "org.springframework.context..",
                "org.springframework.web..",
                "org.springframework.security..",
                "jakarta.servlet.."));
    rules.put(
        "theCoreKnowsNoDirectoryNoTokenAndNoCounter",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.ca..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "com.unboundid..",
                "javax.naming..",
                "sun.security.pkcs11..",
                "de.kreissiegel.ldap..",
                "de.kreissiegel.ra.."));
  }

  private static void counter(Map<String, ArchRule> rules) {
    rules.put(
        "validationStartsWithoutSpring",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.ra.validation..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SPRING, "jakarta.servlet.."));
    rules.put(
        "restDoesNotKnowPages",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.ra.rest..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("de.kreissiegel.ra.pages.."));
    rules.put(
        "pagesDoNotKnowRest",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.ra.pages..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("de.kreissiegel.ra.rest.."));
    rules.put(
        "onlyTheWiringKnowsAdapters",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.ra..")
            .and()
            .resideOutsideOfPackages("de.kreissiegel.ra.wiring..", "de.kreissiegel.ra.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "de.kreissiegel.ldap..",
                "de.kreissiegel.hsm.client..",
                "de.kreissiegel.ca.storage.."));
  }

  private static void wholeHouse(Map<String, ArchRule> rules) {
    rules.put(
        "sqlStaysInOneRoom",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel..")
            .and()
            .resideOutsideOfPackages(
                "de.kreissiegel.ca", // puts the rooms together, and hands the DataSource on
                "de.kreissiegel.ca.storage..",
                "de.kreissiegel.ra.wiring..",
                "de.kreissiegel.ra.database..",
                "de.kreissiegel.ra.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.jdbi.."));
    rules.put(
        "timeComesFromAClock",
        noClasses()
            .that()
            .resideOutsideOfPackages("de.kreissiegel.ra.wiring..", "de.kreissiegel.ra.launcher..")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(ZonedDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis"));
    rules.put(
        "randomnessIsGiven",
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "de.kreissiegel.hsm.process..",
                "de.kreissiegel.ldap.demo..",
                "de.kreissiegel.ra.wiring..",
                "de.kreissiegel.ra.launcher..",
                "de.kreissiegel.ra.walkthrough..")
            .should()
            .callConstructor(SecureRandom.class));
  }

  private static void cycles(Map<String, ArchRule> rules) {
    rules.put(
        "roomsOfTheAuthorityHaveNoCycles",
        slices().matching("de.kreissiegel.ca.(*)..").should().beFreeOfCycles());
    rules.put(
        "roomsOfTheCounterHaveNoCycles",
        slices().matching("de.kreissiegel.ra.(*)..").should().beFreeOfCycles());
    rules.put(
        "roomsOfTheVaultHaveNoCycles",
        slices().matching("de.kreissiegel.hsm.(*)..").should().beFreeOfCycles());
  }
}
