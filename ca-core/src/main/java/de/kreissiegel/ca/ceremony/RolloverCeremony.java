package de.kreissiegel.ca.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.HierarchyPlan.IssuingAuthority;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;

/** Certifies the next generation of an authority. The keys that sign are active. */
public final class RolloverCeremony {
  private static final Duration BACKDATING = Duration.ofMinutes(5);

  private final HierarchyPlan plan;
  private final Signer vault;
  private final Clock clock;
  private final SecureRandom random;

  public RolloverCeremony(HierarchyPlan plan, Signer vault, Clock clock, SecureRandom random) {
    this.plan = plan;
    this.vault = vault;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A root's next generation, and what leads from one to the other (RFC 9810 §4.4).
   *
   * @param certificate the new key, signed by itself, DER
   * @param newWithOld the new key, signed by the old one: for those who trust the old certificate
   * @param oldWithNew the old key, signed by the new one: for those who trust the new certificate
   * @param crl the new key's first CRL
   */
  public record RootGeneration(Bytes certificate, Bytes newWithOld, Bytes oldWithNew, Bytes crl) {}

  /**
   * An issuing authority's next certificate.
   *
   * @param generation the new generation, its key in the vault
   * @param root the generation of the root that signs
   * @param latestEnd what the algorithm calendar allows at most
   * @return DER; it ends with the root at the latest
   */
  public Bytes issuing(IssuingAuthority generation, Authority root, Optional<Instant> latestEnd)
      throws SigningUnavailable, SigningRefused, IOException {
    Instant now = now();
    VaultKey by = key(root.key());
    return sign(
        by,
        SignedStructure.CERTIFICATE,
        new AuthorityTbs(random)
            .issuing(
                plan.addresses(),
                root.name(),
                X500Name.getInstance(root.subjectName().toArray()),
                by,
                AuthorityNames.of(plan.organization(), generation.commonName()),
                key(generation.key()),
                generation.names(),
                now.minus(BACKDATING),
                earlier(end(now, plan.issuingValidity(), latestEnd), root.notAfter())));
  }

  /**
   * A root's next generation. Both keys' policies let them sign under the root's own name.
   *
   * @param old the generation that goes
   * @param number the new one's
   * @param latestEnd what the algorithm calendar allows at most
   */
  public RootGeneration root(Authority old, int number, Optional<Instant> latestEnd)
      throws SigningUnavailable, SigningRefused, IOException {
    Instant now = now();
    var make = new AuthorityTbs(random);
    HierarchyPlan next = plan.withRootGeneration(number);
    X500Name name = X500Name.getInstance(old.subjectName().toArray());
    VaultKey oldKey = key(old.key());
    VaultKey newKey = key(next.ownRoot().key());
    Instant begin = now.minus(BACKDATING);
    Instant end = end(now, plan.rootValidity(), latestEnd);
    Bytes own = sign(newKey, SignedStructure.CERTIFICATE, make.root(name, newKey, begin, end));
    Instant shared = earlier(old.notAfter(), end);
    return new RootGeneration(
        own,
        link(make, old.name(), name, oldKey, newKey, begin, shared),
        link(make, next.ownRoot().name(), name, newKey, oldKey, beginning(old), shared),
        sign(
            newKey,
            SignedStructure.CERTIFICATE_LIST,
            make.emptyCrl(name, newKey, now, end(now, plan.rootCrlValidity(), Optional.empty()))));
  }

  private Bytes link(
      AuthorityTbs make,
      AuthorityName by,
      X500Name name,
      VaultKey byKey,
      VaultKey key,
      Instant begin,
      Instant end)
      throws SigningUnavailable, SigningRefused, IOException {
    return sign(
        byKey,
        SignedStructure.CERTIFICATE,
        make.link(plan.addresses(), by, name, byKey, key, begin, end));
  }

  private static Instant beginning(Authority authority) {
    return Certificate.getInstance(authority.certificate().toArray())
        .getStartDate()
        .getDate()
        .toInstant();
  }

  private Bytes sign(VaultKey key, SignedStructure structure, ASN1Object toBeSigned)
      throws SigningUnavailable, SigningRefused, IOException {
    Bytes octets = Bytes.of(toBeSigned.getEncoded("DER"));
    UUID id = new UUID(random.nextLong(), random.nextLong());
    Bytes signature = vault.sign(new SignRequest(id, key.id(), structure, octets)).signature();
    return AuthorityTbs.assemble(toBeSigned, key, signature);
  }

  private VaultKey key(KeyId id) throws SigningUnavailable {
    return vault.keys().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the vault has no key " + id));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /** notAfter is inclusive (RFC 5280 §4.1.2.5). */
  private static Instant end(Instant start, Period length, Optional<Instant> latest) {
    Instant end = start.atOffset(ZoneOffset.UTC).plus(length).toInstant().minusSeconds(1);
    return latest.filter(end::isAfter).orElse(end);
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
