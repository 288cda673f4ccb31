package de.kreissiegel.ra.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import de.kreissiegel.ca.planted.OwnTime;
import de.kreissiegel.ca.planted.SpringInTheCore;
import de.kreissiegel.ca.planted.SqlInTheHall;
import de.kreissiegel.ldap.planted.BootInTheDirectory;
import de.kreissiegel.ra.pages.planted.SomePage;
import de.kreissiegel.ra.rest.planted.SomeResource;
import de.kreissiegel.ra.rest.planted.StorageAtTheDoor;
import de.kreissiegel.ra.validation.planted.SpringInValidation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A rule that was never red is no rule: each is held against a fault that was planted for it. */
class RulesBiteTest {
  private static final Map<String, List<Class<?>>> FAULTS =
      Map.of(
          "springStaysInTheCounter", List.of(SpringInTheCore.class),
          "theDirectoryTakesOnlySpringLdap", List.of(BootInTheDirectory.class),
          "validationStartsWithoutSpring", List.of(SpringInValidation.class),
          "restDoesNotKnowPages", List.of(SomeResource.class),
          "pagesDoNotKnowRest", List.of(SomePage.class),
          "doorsDoNotKnowAdapters", List.of(StorageAtTheDoor.class),
          "sqlStaysInOneRoom", List.of(SqlInTheHall.class),
          "timeComesFromAClock", List.of(OwnTime.class),
          "roomsOfTheAuthorityHaveNoCycles",
              List.of(
                  de.kreissiegel.ca.plantedone.One.class, de.kreissiegel.ca.plantedtwo.Two.class),
          "roomsOfTheCounterHaveNoCycles",
              List.of(
                  de.kreissiegel.ra.plantedone.One.class, de.kreissiegel.ra.plantedtwo.Two.class));

  @Test
  void eachRuleHasItsPlantedFault() {
    assertThat(FAULTS.keySet()).isEqualTo(Rules.all().keySet());
  }

  @TestFactory
  Stream<DynamicTest> findsThePlantedFault() {
    return Rules.all().entrySet().stream()
        .map(
            rule -> DynamicTest.dynamicTest(rule.getKey(), () -> assertThat(bites(rule)).isTrue()));
  }

  private static boolean bites(Map.Entry<String, com.tngtech.archunit.lang.ArchRule> rule) {
    var planted =
        new ClassFileImporter().importClasses(FAULTS.getOrDefault(rule.getKey(), List.of()));
    return rule.getValue().allowEmptyShould(true).evaluate(planted).hasViolation();
  }
}
