package de.kreissiegel.ca.securitykey;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.OfficerCertificates;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.approval.MalformedEvidence;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.approval.SecurityKeyRegistration;
import de.kreissiegel.hsm.approval.SignedRegistration;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By which of their passkeys officers may approve. Each is registered once by a message that the
 * officer's own key signs; the vault is shown that message with each approval, and judges for
 * itself (WebAuthn Level 2 §7.2). What is looked at here spares people surprises, and nothing else.
 */
public final class SecurityKeys implements OfficerSecurityKeys {
  /** Clocks of officers' machines differ from ours; and nobody signs and then waits. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private static final Duration LONGEST_WAY = Duration.ofMinutes(15);
  private static final int NAMED = 32;

  private final Records records;
  private final OfficerCertificates certificates;
  private final Optional<SecurityKeyPages> rules;
  private final Clock clock;

  /** Where this is kept. */
  public record Records(Transactions transactions, SecurityKeyBook keys, AuditTrail audit) {}

  /**
   * @param certificates the officers'
   * @param rules where security keys are used; where the vault's policies name none, empty
   */
  public SecurityKeys(
      Records records,
      OfficerCertificates certificates,
      Optional<SecurityKeyPages> rules,
      Clock clock) {
    this.records = records;
    this.certificates = certificates;
    this.rules = rules;
    this.clock = clock;
  }

  @Override
  public Optional<SecurityKeyPages> rules() {
    return rules;
  }

  @Override
  public boolean isOf(SubjectId person, Bytes credential) {
    return records.keys().of(person).stream().anyMatch(key -> key.credential().equals(credential));
  }

  /**
   * Those by which the person may approve now, the oldest first: what a certificate signed that has
   * ended or was revoked since is not among them.
   */
  public List<SecurityKey> of(Actor.Person officer) {
    if (rules.isEmpty()) {
      return List.of();
    }
    Set<Bytes> good = digests(officer, clock.instant());
    return records.keys().of(officer.id()).stream()
        .filter(key -> good.contains(key.certificate()))
        .toList();
  }

  /**
   * Takes a registration.
   *
   * @param credential which of the person's passkeys
   * @param publicKey its SubjectPublicKeyInfo, as it was when it was made
   * @param signed a CMS SignedData over a {@link SecurityKeyRegistration}
   * @throws Refused NOT_AUTHORIZED (no security keys count here, or the person logged in with less
   *     than a strong proof); APPROVAL_INVALID (the message isn't by a good certificate of theirs,
   *     or says something else); NOT_FOUND (no passkey of theirs)
   */
  public void register(Actor.Person officer, Bytes credential, Bytes publicKey, Bytes signed)
      throws Refused {
    if (rules.isEmpty() || !officer.proof().isPersonal()) {
      throw new Refused(
          RefusalReason.NOT_AUTHORIZED, "security keys don't count here, or not for this log-in");
    }
    Instant now = clock.instant();
    SignedRegistration read = read(signed);
    SecurityKeyRegistration said = read.registration();
    require(
        said.credentialId().equals(credential)
            && said.publicKey().equals(publicKey)
            && said.relyingParty().equals(rules.get().relyingParty()),
        "what was signed is another security key");
    require(
        !said.created().isAfter(now.plus(CLOCKS))
            && !said.created().plus(LONGEST_WAY).isBefore(now),
        "the registration is too old, or not of our time");
    require(
        digests(officer, now).contains(read.certificate()),
        "the certificate is not a valid one of this officer");
    var key = new SecurityKey(credential, officer.id(), signed, read.certificate(), now);
    change(officer, credential, "securitykey.registered", all -> records.keys().put(all, key));
  }

  /**
   * Lets one count no longer; the passkey still logs in.
   *
   * @throws Refused NOT_FOUND; NOT_AUTHORIZED (by a password, or in an emergency)
   */
  public void remove(Actor.Person officer, Bytes credential) throws Refused {
    if (isOf(officer.id(), credential) && !officer.proof().isPersonal()) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "who takes it back has proved more");
    }
    change(
        officer,
        credential,
        "securitykey.removed",
        all -> records.keys().delete(all, officer.id(), credential));
  }

  /** What is done in a transaction; whether there was anything to do. */
  @FunctionalInterface
  private interface Change {
    boolean in(Transaction transaction);
  }

  private void change(Actor.Person officer, Bytes credential, String action, Change change)
      throws Refused {
    boolean done =
        records
            .transactions()
            .<Boolean, RuntimeException>inTransaction(
                transaction -> {
                  boolean changed = change.in(transaction);
                  if (changed) {
                    note(transaction, officer, credential, action);
                  }
                  return changed;
                });
    if (!done) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such security key of theirs");
    }
  }

  private void note(Transaction transaction, Actor.Person officer, Bytes credential, String act) {
    String octets = HexFormat.of().formatHex(credential.toArray());
    Optional<TenantId> tenant = officer.tenants().stream().sorted().findFirst();
    records
        .audit()
        .append(
            transaction,
            officer,
            act,
            tenant,
            "person:" + officer.id().value(),
            "passkey=" + octets.substring(0, Math.min(octets.length(), NAMED)));
  }

  private Set<Bytes> digests(Actor.Person officer, Instant now) {
    return certificates.of(officer.id(), now).stream()
        .map(Bytes::sha256)
        .collect(Collectors.toSet());
  }

  private static SignedRegistration read(Bytes signed) throws Refused {
    try {
      return SignedRegistration.read(signed);
    } catch (MalformedEvidence | SigningRefused unusable) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, String.valueOf(unusable.getMessage()));
    }
  }

  private static void require(boolean holds, String sentence) throws Refused {
    if (!holds) {
      throw new Refused(RefusalReason.APPROVAL_INVALID, sentence);
    }
  }
}
