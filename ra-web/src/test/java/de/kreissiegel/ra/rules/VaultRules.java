package de.kreissiegel.ra.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;

/** What the vault needs, what its own rooms may know, and who may come in. */
final class VaultRules {
  private VaultRules() {}

  static void add(Map<String, ArchRule> rules) {
    rules.put(
        "theVaultNeedsLittle",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel.hsm..")
            .should()
            .dependOnClassesThat()
            .resideOutsideOfPackages(
                "de.kreissiegel.hsm..",
                "java..",
                "javax.crypto..",
                "javax.net.ssl..",
                "javax.security.auth..",
                "jdk.net..",
                "com.amazon.corretto.crypto.provider..",
                "org.bouncycastle..",
                "org.snakeyaml..",
                "org.jspecify.."));
    rules.put(
        "theClientNeverSeesAKey",
        noClasses()
            .that()
            .resideInAnyPackage(
                "de.kreissiegel.hsm.client..",
                "de.kreissiegel.hsm.wire..",
                "de.kreissiegel.hsm.signing..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "de.kreissiegel.hsm.token..",
                "de.kreissiegel.hsm.journal..",
                "de.kreissiegel.hsm.policy..",
                "de.kreissiegel.hsm.vault..",
                "de.kreissiegel.hsm.process.."));
    rules.put(
        "nobodyReachesIntoTheVault",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel..")
            .and()
            .resideOutsideOfPackage("de.kreissiegel.hsm..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "de.kreissiegel.hsm.token..",
                "de.kreissiegel.hsm.wire..",
                "de.kreissiegel.hsm.disk..",
                "de.kreissiegel.hsm.tls..",
                "de.kreissiegel.hsm.process.."));
    rules.put(
        "onlyCeremoniesAndTheLauncherOpenTheVault",
        noClasses()
            .that()
            .resideInAPackage("de.kreissiegel..")
            .and()
            .resideOutsideOfPackages(
                "de.kreissiegel.hsm..",
                "de.kreissiegel.ca.ceremony..",
                "de.kreissiegel.ra.ceremony..",
                "de.kreissiegel.ra.launcher..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "de.kreissiegel.hsm.vault..",
                "de.kreissiegel.hsm.policy..",
                "de.kreissiegel.hsm.journal.."));
    rules.put(
        "wordsOfTheVaultDoNotChange",
        fields()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("de.kreissiegel.hsm.signing..")
            .should()
            .beFinal());
  }
}
