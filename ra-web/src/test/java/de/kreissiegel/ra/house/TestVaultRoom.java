package de.kreissiegel.ra.house;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.ceremony.HierarchyCeremony;
import de.kreissiegel.ca.ceremony.HierarchyPlan;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.ca.ceremony.HierarchyPlan.RootAuthority;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A real vault in a folder that goes with it, and the hierarchy of a ceremony that it held. */
public final class TestVaultRoom implements AutoCloseable {
  private static final String ORGANIZATION = "Landkreis Test";
  private static final RootAuthority ROOT =
      new RootAuthority(new AuthorityName("root"), "DEMO Test Root CA", new KeyId("root"));
  private static final List<IssuingAuthority> ISSUING =
      List.of(issuing("people"), issuing("devices"));
  private static final Duration LONG = Duration.ofDays(4000);

  private final Path folder;
  private final Vault vault;

  public TestVaultRoom(StatusAddresses addresses, Clock clock, SecureRandom random)
      throws Exception {
    folder = Files.createTempDirectory("kreissiegel-house");
    vault =
        Vault.create(
            folder.resolve("vault"), "test".toCharArray(), "ceremony".toCharArray(), clock, random);
    makeKeys(clock);
    new HierarchyCeremony(vault, clock, random)
        .perform(
            new HierarchyPlan(
                ORGANIZATION,
                ROOT,
                ISSUING,
                Period.ofYears(6),
                Period.ofYears(5),
                Period.ofMonths(12),
                addresses),
            folder.resolve("authorities"));
  }

  public Vault vault() {
    return vault;
  }

  public AuthorityCatalog authorities() throws IOException {
    return AuthorityFiles.read(folder.resolve("authorities"));
  }

  private void makeKeys(Clock clock) throws VaultUnusable, IOException {
    var latest = clock.instant().plus(LONG);
    make(ROOT.key(), KeyAlgorithm.ECDSA_P384, KeyPolicy.root(name(ROOT.commonName()), latest));
    for (IssuingAuthority authority : ISSUING) {
      make(
          authority.key(),
          KeyAlgorithm.ECDSA_P384,
          KeyPolicy.issuing(name(authority.commonName()), Duration.ofDays(3 * 366), latest));
      make(authority.ocspKey(), KeyAlgorithm.ECDSA_P256, KeyPolicy.ocspResponder());
    }
    make(new KeyId("audit"), KeyAlgorithm.ECDSA_P256, KeyPolicy.audit());
  }

  private void make(KeyId id, KeyAlgorithm algorithm, KeyPolicy policy)
      throws VaultUnusable, IOException {
    vault.makeKey(id, algorithm, policy, Optional.empty());
  }

  private static IssuingAuthority issuing(String name) {
    return new IssuingAuthority(
        new AuthorityName(name),
        "DEMO Test CA " + name,
        new KeyId(name),
        new KeyId("ocsp-" + name));
  }

  private static Bytes name(String commonName) {
    return AuthorityNames.encoded(ORGANIZATION, commonName);
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
