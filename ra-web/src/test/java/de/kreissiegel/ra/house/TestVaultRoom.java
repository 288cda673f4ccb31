package de.kreissiegel.ra.house;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.HierarchyPlan.RootAuthority;
import de.kreissiegel.ca.ceremony.KeyPolicies;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.policy.TenantRules;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.ceremony.HierarchyKeys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A real vault in a folder that goes with it, and the hierarchy of a ceremony that it held. */
public final class TestVaultRoom implements AutoCloseable {
  /** Where officers approve by security key. */
  public static final SecurityKeyPages SECURITY_KEYS =
      SecurityKeyPages.of(URI.create("https://pki.example:8443"));

  private static final String ORGANIZATION = "Landkreis Test";
  private static final RootAuthority ROOT =
      new RootAuthority(new AuthorityName("root"), "DEMO Test Root CA", new KeyId("root"));
  private static final List<IssuingAuthority> ISSUING =
      List.of(issuing("people"), issuing("devices"));

  private final Path folder;
  private final Vault vault;
  private final HierarchyPlan plan;

  /**
   * @param firstOfficers SHA-256 of the keys whose certificates need nobody's approval
   */
  public TestVaultRoom(
      StatusAddresses addresses, Set<Bytes> firstOfficers, Clock clock, SecureRandom random)
      throws Exception {
    folder = Files.createTempDirectory("kreissiegel-house");
    vault =
        Vault.create(
            folder.resolve("vault"), "test".toCharArray(), "ceremony".toCharArray(), clock, random);
    plan =
        new HierarchyPlan(
            ORGANIZATION,
            ROOT,
            ISSUING,
            Period.ofYears(6),
            Period.ofYears(5),
            Period.ofMonths(12),
            addresses);
    var keys = new HierarchyKeys(vault, Map.of(), Map.of());
    KeyPolicies policies = policies(firstOfficers);
    keys.make(plan, new KeyId("audit"), policies, "root".toCharArray(), clock.instant());
    keys.makeEscrow(new KeyId("escrow"), policies, 2);
    new HierarchyCeremony(vault, clock, random).perform(plan, folder.resolve("authorities"));
  }

  private KeyPolicies policies(Set<Bytes> firstOfficers) {
    return new KeyPolicies(
            plan,
            ProfileCatalog.bundled(),
            Set.of("localhost", "pki.example"),
            List.of(tenant("Stadt Haßfurt", Staff.HASSFURT), tenant("Stadt Ebern", Staff.EBERN)),
            firstOfficers)
        .approvedBySecurityKeys(SECURITY_KEYS);
  }

  /** Names other first officers, as a ceremony does. */
  void renewPolicies(Set<Bytes> firstOfficers) throws IOException, VaultUnusable {
    KeyPolicies policies = policies(firstOfficers);
    for (IssuingAuthority one : ISSUING) {
      Instant end = authorities().get(one.name()).notAfter();
      vault.changePolicy(one.key(), policies.issuing(one, end));
    }
  }

  private static TenantRules tenant(String name, TenantId id) {
    return KeyPolicies.tenant(name, Set.of(id.value()), Set.of(id.value()));
  }

  /** The public half of the key that signs the heads of the audit chains. */
  Bytes auditKey() {
    return vault.keys().stream()
        .filter(key -> key.id().equals(new KeyId("audit")))
        .findFirst()
        .orElseThrow()
        .publicKey();
  }

  public Vault vault() {
    return vault;
  }

  public AuthorityCatalog authorities() throws IOException {
    return AuthorityFiles.read(folder.resolve("authorities"));
  }

  private static IssuingAuthority issuing(String name) {
    return new IssuingAuthority(
        new AuthorityName(name),
        "DEMO Test CA " + name,
        new KeyId(name),
        new KeyId("ocsp-" + name));
  }

  @Override
  public void close() throws IOException {
    vault.close();
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
