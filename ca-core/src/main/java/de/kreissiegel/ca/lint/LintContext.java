package de.kreissiegel.ca.lint;

import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the linter is told beside the octets. What is unknown, as of a stranger's file, is empty:
 * lints that need it then say nothing.
 *
 * @param issuer whose key will sign it
 * @param order what was ordered
 * @param holder whom it names
 * @param purpose what its key is for
 * @param standing what the house knows of its key and its holder, if it was looked up already; else
 *     the linter asks
 */
public record LintContext(
    Optional<Issuer> issuer,
    Optional<Order> order,
    Optional<Holder> holder,
    Optional<KeyPurpose> purpose,
    Optional<KnownKeys.Standing> standing) {

  /** All that an authority knows of what it is about to sign. */
  public LintContext(Optional<Issuer> issuer, Optional<Order> order, Optional<Holder> holder) {
    this(issuer, order, holder, order.map(Order::purpose), Optional.empty());
  }

  /** Nothing is known but the octets. */
  public static LintContext unknown() {
    return new LintContext(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Nothing is known but what the key is for. */
  public static LintContext of(KeyPurpose purpose) {
    return new LintContext(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(purpose),
        Optional.empty());
  }

  /** The same, with what is known of its key and its holder. */
  public LintContext withStanding(KnownKeys.Standing known) {
    return new LintContext(issuer, order, holder, purpose, Optional.of(known));
  }

  /**
   * The authority.
   *
   * @param name its DN, DER of the Name, as in its own certificate
   * @param keyIdentifier the value of its subjectKeyIdentifier
   * @param signatureAlgorithm of its key, AlgorithmIdentifier, DER
   * @param notAfter when it ends
   * @param takenOver whether others made it: how its key signs is not ours to choose, and what it
   *     certifies is its responder alone
   */
  public record Issuer(
      Bytes name,
      Bytes keyIdentifier,
      Bytes signatureAlgorithm,
      Instant notAfter,
      boolean takenOver) {
    /** One that was made here. */
    public Issuer(Bytes name, Bytes keyIdentifier, Bytes signatureAlgorithm, Instant notAfter) {
      this(name, keyIdentifier, signatureAlgorithm, notAfter, false);
    }
  }

  /** Whether the authority was taken over from others. */
  boolean isOfTakenOver() {
    return issuer.filter(Issuer::takenOver).isPresent();
  }

  /**
   * What the profile and the request ask for.
   *
   * @param profile its name and what people read of it, for words that give a purpose away
   * @param purpose what the key is for
   * @param keyUsage the bits of keyUsage (RFC 5280 §4.2.1.3) by their numbers
   * @param extendedKeyUsages in dotted form
   * @param mail whether a mail address has to be there
   * @param dnsName whether a DNS name has to be there
   * @param directoryAttributes the value of subjectDirectoryAttributes, DER: the scope of an
   *     officer
   * @param key the SubjectPublicKeyInfo whose possession was proved, DER
   */
  public record Order(
      String profile,
      KeyPurpose purpose,
      Set<Integer> keyUsage,
      Set<String> extendedKeyUsages,
      boolean mail,
      boolean dnsName,
      Optional<Bytes> directoryAttributes,
      Bytes key) {
    public Order {
      keyUsage = Set.copyOf(keyUsage);
      extendedKeyUsages = Set.copyOf(extendedKeyUsages);
    }
  }

  /**
   * Whom it names.
   *
   * @param id the directory's id of it; empty for the system's own
   * @param kind of which kind
   * @param realName given name and surname, for people and for who is behind a pseudonym
   * @param enabled whether the directory lets it work
   * @param keyInVault whether the key is one of the vault's, which is certified again and again
   */
  public record Holder(
      Optional<String> id,
      HolderKind kind,
      Optional<String> realName,
      boolean enabled,
      boolean keyInVault) {}
}
