package de.kreissiegel.hsm.signing;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.vault.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;

/** A vault with a key of each kind. */
public final class TestVault {
  public static final String PASSPHRASE = "operational-passphrase-of-a-test";
  public static final String CEREMONY_PASSPHRASE = "passphrase-of-the-ceremony";
  public static final String ROOT_PASSPHRASE = "own-passphrase-of-the-root";
  public static final X500Name ISSUER = new X500Name("CN=Test Issuer,O=Landkreis Test,C=DE");
  public static final X500Name ROOT = new X500Name("CN=Test Root,O=Landkreis Test,C=DE");
  public static final KeyId PEOPLE_KEY = new KeyId("people");
  public static final KeyId OCSP_KEY = new KeyId("people-ocsp");
  public static final KeyId ROOT_KEY = new KeyId("root");
  public static final KeyId AUDIT_KEY = new KeyId("audit");

  private static Path template;

  private TestVault() {}

  public static Vault create(Path directory) throws Exception {
    Vault vault =
        Vault.create(
            directory,
            PASSPHRASE.toCharArray(),
            CEREMONY_PASSPHRASE.toCharArray(),
            Clock.systemUTC(),
            new SecureRandom());
    Instant end = Instant.now().plus(Duration.ofDays(3650));
    vault.makeKey(
        ROOT_KEY,
        KeyAlgorithm.ECDSA_P384,
        KeyPolicy.root(Structures.name(ROOT), end),
        Optional.of(ROOT_PASSPHRASE.toCharArray()));
    vault.makeKey(
        PEOPLE_KEY,
        KeyAlgorithm.ECDSA_P384,
        KeyPolicy.issuing(Structures.name(ISSUER), Duration.ofDays(825), end),
        Optional.empty());
    vault.makeKey(OCSP_KEY, KeyAlgorithm.ECDSA_P256, KeyPolicy.ocspResponder(), Optional.empty());
    vault.makeKey(AUDIT_KEY, KeyAlgorithm.ECDSA_P256, KeyPolicy.audit(), Optional.empty());
    vault.lock(ROOT_KEY);
    vault.lock(Vault.CEREMONY_KEY);
    return vault;
  }

  /** Like {@link #create}, but copied from one that was made before: keys take long to make. */
  public static synchronized Vault copy(Path directory) throws Exception {
    if (template == null) {
      template = Files.createTempDirectory("vault-template");
      create(template.resolve("vault")).close();
    }
    Path from = template.resolve("vault");
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            directory.resolve(from.relativize(file).toString()),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return open(directory);
  }

  public static Vault open(Path directory) throws Exception {
    return Vault.open(directory, PASSPHRASE.toCharArray(), Clock.systemUTC(), new SecureRandom());
  }

  public static VaultKey key(Signer signer, KeyId id) throws SigningUnavailable {
    return signer.keys().stream().filter(key -> key.id().equals(id)).findFirst().orElseThrow();
  }
}
