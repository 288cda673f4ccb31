package de.kreissiegel.ra.rules;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import de.kreissiegel.ca.planted.DirectoryInTheCore;
import de.kreissiegel.ca.planted.OwnDice;
import de.kreissiegel.ca.planted.OwnTime;
import de.kreissiegel.ca.planted.SpringInTheCore;
import de.kreissiegel.ca.planted.SqlInTheHall;
import de.kreissiegel.hsm.client.planted.KeyInTheClient;
import de.kreissiegel.hsm.planted.AuthorityInTheVault;
import de.kreissiegel.hsm.signing.planted.ChangingWord;
import de.kreissiegel.ldap.planted.BootInTheDirectory;
import de.kreissiegel.ra.pages.planted.SomePage;
import de.kreissiegel.ra.planted.TokenAtTheCounter;
import de.kreissiegel.ra.planted.VaultAtTheCounter;
import de.kreissiegel.ra.rest.planted.SomeResource;
import de.kreissiegel.ra.rest.planted.StorageAtTheDoor;
import de.kreissiegel.ra.tls.planted.DirectoryAtTheDoor;
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
      Map.ofEntries(
          entry("springStaysInTheCounter", List.of(SpringInTheCore.class)),
          entry("theDirectoryTakesOnlySpringLdap", List.of(BootInTheDirectory.class)),
          entry("theCoreKnowsNoDirectoryNoTokenAndNoCounter", List.of(DirectoryInTheCore.class)),
          entry("theVaultNeedsLittle", List.of(AuthorityInTheVault.class)),
          entry("theClientNeverSeesAKey", List.of(KeyInTheClient.class)),
          entry("nobodyReachesIntoTheVault", List.of(TokenAtTheCounter.class)),
          entry("onlyCeremoniesAndTheLauncherOpenTheVault", List.of(VaultAtTheCounter.class)),
          entry("wordsOfTheVaultDoNotChange", List.of(ChangingWord.class)),
          entry("validationStartsWithoutSpring", List.of(SpringInValidation.class)),
          entry("restDoesNotKnowPages", List.of(SomeResource.class)),
          entry("pagesDoNotKnowRest", List.of(SomePage.class)),
          entry(
              "onlyTheWiringKnowsAdapters",
              List.of(StorageAtTheDoor.class, DirectoryAtTheDoor.class)),
          entry("sqlStaysInOneRoom", List.of(SqlInTheHall.class)),
          entry("timeComesFromAClock", List.of(OwnTime.class)),
          entry("randomnessIsGiven", List.of(OwnDice.class)),
          entry(
              "roomsOfTheAuthorityHaveNoCycles",
              List.of(
                  de.kreissiegel.ca.plantedone.One.class, de.kreissiegel.ca.plantedtwo.Two.class)),
          entry(
              "roomsOfTheCounterHaveNoCycles",
              List.of(
                  de.kreissiegel.ra.plantedone.One.class, de.kreissiegel.ra.plantedtwo.Two.class)),
          entry(
              "roomsOfTheVaultHaveNoCycles",
              List.of(
                  de.kreissiegel.hsm.plantedone.One.class,
                  de.kreissiegel.hsm.plantedtwo.Two.class)));

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

  /** It takes two for a cycle; every other fault is found by itself. */
  private static boolean bites(Map.Entry<String, ArchRule> rule) {
    var faults = FAULTS.getOrDefault(rule.getKey(), List.of());
    return rule.getKey().endsWith("HaveNoCycles")
        ? isBroken(rule.getValue(), faults)
        : faults.stream().allMatch(fault -> isBroken(rule.getValue(), List.of(fault)));
  }

  private static boolean isBroken(ArchRule rule, List<Class<?>> faults) {
    var planted = new ClassFileImporter().importClasses(faults);
    return rule.allowEmptyShould(true).evaluate(planted).hasViolation();
  }
}
