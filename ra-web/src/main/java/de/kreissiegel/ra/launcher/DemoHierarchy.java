package de.kreissiegel.ra.launcher;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.HierarchyPlan.RootAuthority;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ra.ceremony.HierarchyKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The demo's ceremony: a root and two issuing authorities. Every name carries DEMO, so that nobody
 * takes what they issue for real.
 */
final class DemoHierarchy {
  private static final String ORGANIZATION = "Landkreis Haßberge";
  private static final RootAuthority ROOT =
      new RootAuthority(
          new AuthorityName("root"), "DEMO Landkreis Haßberge Root CA 1", new KeyId("root"));
  private static final List<IssuingAuthority> ISSUING =
      List.of(
          new IssuingAuthority(
              new AuthorityName("people"),
              "DEMO Landkreis Haßberge Personen CA 1",
              new KeyId("people"),
              new KeyId("ocsp-people")),
          new IssuingAuthority(
              new AuthorityName("devices"),
              "DEMO Landkreis Haßberge Geräte CA 1",
              new KeyId("devices"),
              new KeyId("ocsp-devices")));

  /** BSI TR-03116-4 §6.1.2: roots 6 years, issuing authorities 5. */
  private static final Period ROOT_VALIDITY = Period.ofYears(6);

  private static final Period ISSUING_VALIDITY = Period.ofYears(5);

  private static final KeyId AUDIT = new KeyId("audit");
  private static final KeyId ESCROW = new KeyId("escrow");
  private static final int ESCROW_OFFICERS = 2;

  private final Clock clock;
  private final SecureRandom random;

  DemoHierarchy(Clock clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** The two keys that verifiers of the logs need, SubjectPublicKeyInfo. */
  record LogKeys(Bytes journal, Bytes audit) {}

  /**
   * Makes the vault, its keys, and with them the hierarchy's files. The root's key and the one that
   * signs policies are locked when this returns; in a demo one passphrase opens both.
   */
  LogKeys make(
      Path vaultFolder,
      Path authorities,
      char[] operationalPassphrase,
      char[] rootPassphrase,
      Set<Bytes> firstOfficers,
      URI validationBase,
      URI pages)
      throws VaultUnusable, IOException, SigningUnavailable, SigningRefused {
    try (Vault vault =
        Vault.create(vaultFolder, operationalPassphrase, rootPassphrase, clock, random)) {
      HierarchyPlan plan =
          new HierarchyPlan(
              ORGANIZATION,
              ROOT,
              ISSUING,
              ROOT_VALIDITY,
              ISSUING_VALIDITY,
              Period.ofMonths(12),
              new StatusAddresses(validationBase));
      var keys = new HierarchyKeys(vault, Map.of(), Map.of());
      KeyPolicies policies = policies(plan, firstOfficers, pages);
      keys.make(plan, AUDIT, policies, rootPassphrase, clock.instant());
      keys.makeEscrow(ESCROW, policies, ESCROW_OFFICERS);
      new HierarchyCeremony(vault, clock, random).perform(plan, authorities);
      vault.lock(ROOT.key());
      Bytes audit =
          vault.keys().stream()
              .filter(key -> key.id().equals(AUDIT))
              .findFirst()
              .orElseThrow()
              .publicKey();
      return new LogKeys(vault.journalPublicKey(), audit);
    }
  }

  /** For the houses of the sample district; the pages are reached as localhost. */
  private static KeyPolicies policies(HierarchyPlan plan, Set<Bytes> firstOfficers, URI pages) {
    List<TenantRules> tenants =
        SampleDistrict.houses().stream()
            .map(
                house ->
                    KeyPolicies.tenant(
                        house.name(), Set.of(house.domain()), Set.of(house.domain())))
            .toList();
    return new KeyPolicies(
            plan, ProfileCatalog.bundled(), Set.of("localhost"), tenants, firstOfficers)
        .approvedBySecurityKeys(SecurityKeyPages.of(pages));
  }
}
