package de.kreissiegel.ca.madekey;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.keyfile.KeyFile;
import de.kreissiegel.ca.keyfile.TransportPassword;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.SubjectKey;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;

/** The one door for keys that the server makes. */
public final class MadeKeyDesk {
  /** As long as a browser keeps a key that nobody collects. */
  private static final Duration KEPT = Duration.ofDays(90);

  private static final int LONGEST_TYPED = 64;

  private final Books books;
  private final EscrowDesk escrow;
  private final CertificateInventory inventory;
  private final AuthorityCatalog authorities;
  private final Clock clock;
  private final SecureRandom random;

  /** What is read and written. */
  public record Books(Transactions transactions, MadeKeyBook keys, AuditTrail audit) {}

  public MadeKeyDesk(
      Books books,
      EscrowDesk escrow,
      CertificateInventory inventory,
      AuthorityCatalog authorities,
      Clock clock,
      SecureRandom random) {
    this.books = books;
    this.escrow = escrow;
    this.inventory = inventory;
    this.authorities = authorities;
    this.clock = clock;
    this.random = random;
  }

  /**
   * A key that was made: what to apply with, and the file's password, which is kept nowhere.
   *
   * @param certificationRequest PKCS#10, DER
   * @param password in five groups
   */
  public record Made(Bytes certificationRequest, String password) {
    /** Never the password. */
    @Override
    public String toString() {
      return "Made[]";
    }
  }

  /** Whether the server makes keys of this kind for this tenant: only where it escrows them. */
  public boolean offers(TenantId tenant, ProfileName profile) {
    return escrow.keyFor(tenant, profile).isPresent();
  }

  /**
   * Makes a key on P-256 and leaves a copy in escrow; the applicant then applies with it.
   *
   * @throws Refused ESCROW_OFF, NOT_FOUND as {@link EscrowDesk#deposit}
   */
  public Made make(Actor.Person applicant, TenantId tenant, ProfileName profile) throws Refused {
    char[] password = TransportPassword.random(random);
    try (NewKey key = NewKey.random(random)) {
      escrow.depositMade(applicant, tenant, profile, key.certificationRequest(), key.encoded());
      Bytes sealed = SealedKey.seal(key.encoded(), password);
      books
          .transactions()
          .<Boolean, RuntimeException>inTransaction(
              transaction -> {
                books
                    .keys()
                    .put(
                        transaction,
                        new MadeKeyBook.MadeKey(
                            key.hash(), applicant.id(), sealed, clock.instant(), 0));
                note(transaction, applicant, "key.made", Optional.of(tenant), key.hash(), "");
                return true;
              });
      return new Made(key.certificationRequest(), new String(password));
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Certificates whose keys were made here and wait for the person. */
  public List<MadeKeyBook.Waiting> waiting(Actor.Person person) {
    return books.keys().waiting(person.id());
  }

  /**
   * Gives the key with its certificates out as a PKCS#12 file under that password, and destroys it
   * here. The fifth wrong password destroys it, too; then there is recovery.
   *
   * @throws Refused NOT_FOUND (not the person's, never was, was given out, destroyed: not told
   *     apart); WRONG_CODE
   */
  public Bytes collect(
      Actor.Person person, AuthorityName authority, SerialNumber serial, String typed)
      throws Refused {
    StoredCertificate certificate = inventory.viewOwn(person, authority, serial);
    char[] password =
        typed.length() > LONGEST_TYPED
            ? new char[0]
            : typed.strip().toLowerCase(Locale.ROOT).toCharArray();
    try {
      Outcome outcome =
          books
              .transactions()
              .<Outcome, RuntimeException>inTransaction(
                  transaction -> tried(transaction, person, certificate, password));
      return switch (outcome) {
        case Outcome.Given(Bytes file) -> file;
        case Outcome.Wrong(int left) ->
            throw new Refused(RefusalReason.WRONG_CODE, left + " more attempts");
        case Outcome.Gone _ ->
            throw new Refused(RefusalReason.NOT_FOUND, "no key waits here, or not any more");
      };
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private sealed interface Outcome {
    record Given(Bytes file) implements Outcome {}

    record Wrong(int left) implements Outcome {}

    record Gone() implements Outcome {}
  }

  private Outcome tried(
      Transaction transaction,
      Actor.Person person,
      StoredCertificate certificate,
      char[] password) {
    Bytes hash = hash(certificate);
    Optional<MadeKeyBook.MadeKey> found =
        books.keys().lock(transaction, hash).filter(one -> one.holder().equals(person.id()));
    if (found.isEmpty()) {
      return new Outcome.Gone();
    }
    Optional<byte[]> opened = SealedKey.open(found.get().sealed(), password);
    if (opened.isPresent()) {
      try {
        Bytes file = KeyFile.write(List.of(entry(opened.get(), certificate)), password);
        books.keys().destroy(transaction, hash);
        note(transaction, person, "key.collected", certificate.tenant(), hash, "");
        return new Outcome.Given(file);
      } finally {
        Arrays.fill(opened.get(), (byte) 0);
      }
    }
    int failures = found.get().failures() + 1;
    int left = MadeKeyBook.MadeKey.MOST_FAILURES - failures;
    note(
        transaction,
        person,
        "key.refused",
        certificate.tenant(),
        hash,
        "wrong password, " + failures + (left == 0 ? ", destroyed" : ""));
    if (left == 0) {
      books.keys().destroy(transaction, hash);
      return new Outcome.Gone();
    }
    books.keys().countFailure(transaction, hash);
    return new Outcome.Wrong(left);
  }

  private KeyFile.Entry entry(byte[] privateKey, StoredCertificate certificate) {
    Authority issuer = authorities.get(certificate.authority());
    List<Bytes> issuers = new ArrayList<>(List.of(issuer.certificate()));
    issuers.addAll(issuer.chain());
    return new KeyFile.Entry(privateKey, certificate.encoded(), issuers, certificate.subjectName());
  }

  /** Destroys what nobody collected, and keys whose copy was erased. A job's method. */
  public void destroyOld() {
    books
        .transactions()
        .<Integer, RuntimeException>inTransaction(
            transaction -> books.keys().destroyOld(transaction, clock.instant().minus(KEPT)));
  }

  private void note(
      Transaction transaction,
      Actor actor,
      String action,
      Optional<TenantId> tenant,
      Bytes keyHash,
      String detail) {
    books.audit().append(transaction, actor, action, tenant, "key:" + keyHash.toHex(), detail);
  }

  private static Bytes hash(StoredCertificate certificate) {
    try {
      return SubjectKey.hash(
          Bytes.of(
              Certificate.getInstance(certificate.encoded().toArray())
                  .getSubjectPublicKeyInfo()
                  .getEncoded("DER")));
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
