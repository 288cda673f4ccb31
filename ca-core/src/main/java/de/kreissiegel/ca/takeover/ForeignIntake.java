package de.kreissiegel.ca.takeover;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.inventory.CertificateBook.NewCertificate;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/** From foreign certificates to rows, a batch in a transaction. */
final class ForeignIntake {
  private static final int BATCH = 500;

  /** None of our vaults' journals has it. */
  private static final long IN_NO_JOURNAL = -1;

  private static final Bytes NO_ENTRY = Bytes.of(new byte[32]);
  private static final CertificateStatus GOOD = new CertificateStatus.Good();

  private final Takeover.Books books;
  private final Authority authority;
  private final X509Certificate certificate;
  private final TenantRules tenants;
  private final ForeignList list;
  private final Remarks remarks;
  private final boolean dryRun;
  private final Set<BigInteger> seen = new HashSet<>();
  private final List<NewCertificate> batch = new ArrayList<>();
  private long read;
  private long added;
  private long known;
  private long bySerial;
  private long revoked;

  ForeignIntake(
      Takeover.Books books,
      Authority authority,
      X509Certificate certificate,
      TenantRules tenants,
      ForeignList list,
      Remarks remarks,
      boolean dryRun) {
    this.books = books;
    this.authority = authority;
    this.certificate = certificate;
    this.tenants = tenants;
    this.list = list;
    this.remarks = remarks;
    this.dryRun = dryRun;
  }

  void take(ForeignCertificate one, String source, LongConsumer progress) {
    if (++read % BATCH == 0) {
      progress.accept(read);
    }
    if (one.encoded().equals(authority.certificate())) {
      return; // its own, among them as a rule
    }
    String serial = one.serial().toString(16);
    if (!one.hasSerialInBounds()) {
      remarks.add(Remark.SERIAL, serial + " in " + source);
    } else if (!one.isBy(certificate)) {
      remarks.add(Remark.FOREIGN, serial + " in " + source);
    } else if (!seen.add(one.serial())) {
      again(one);
    } else {
      remark(one, serial);
      Optional<TenantId> tenant = tenants.of(one.serial(), one.names());
      if (tenant.isEmpty()) {
        remarks.add(Remark.NO_TENANT, serial);
      }
      add(stored(one, tenant.orElse(tenants.others())), one.publicKeyHash());
    }
  }

  /** The same file twice is no matter; another certificate of that number is. */
  private void again(ForeignCertificate one) {
    flush();
    boolean same =
        dryRun
            || books
                .certificates()
                .find(authority.name(), new SerialNumber(one.serial()))
                .filter(there -> there.encoded().equals(one.encoded()))
                .isPresent();
    if (!same) {
      remarks.add(Remark.SERIAL_TWICE, one.serial().toString(16));
    }
  }

  private void remark(ForeignCertificate one, String serial) {
    if (one.hasWeakKey()) {
      remarks.add(Remark.WEAK_KEY, serial);
    }
    if (one.isSignedWeakly()) {
      remarks.add(Remark.WEAK_SIGNATURE, serial);
    }
    if (!one.hasKeyIdentifier()) {
      remarks.add(Remark.NO_KEY_IDENTIFIER, serial);
    }
  }

  /** What is revoked, and not at hand: its number stays on the lists until the authority ends. */
  void takeListed() {
    list.entries()
        .forEach(
            (serial, status) -> {
              if (seen.add(serial)) {
                remarks.add(Remark.BY_SERIAL, serial.toString(16));
                bySerial++;
                StoredCertificate number = number(serial, status);
                add(number, number.encoded());
              }
            });
    flush();
  }

  boolean hasSeen(BigInteger serial) {
    return seen.contains(serial);
  }

  long refused() {
    return remarks.counts().entrySet().stream()
        .filter(entry -> !entry.getKey().isTaken())
        .mapToLong(java.util.Map.Entry::getValue)
        .sum();
  }

  Takeover.Outcome outcome(Optional<Long> listNumber) {
    return new Takeover.Outcome(added, known, bySerial, revoked, remarks, listNumber);
  }

  private StoredCertificate stored(ForeignCertificate one, TenantId tenant) {
    return new StoredCertificate(
        authority.name(),
        new SerialNumber(one.serial()),
        one.encoded(),
        new ProfileName(Takeover.PROFILE),
        0,
        Optional.of(tenant),
        Optional.empty(),
        one.subjectName(),
        one.alternativeNames(),
        Optional.empty(),
        one.notBefore(),
        one.notAfter(),
        list.entries().getOrDefault(one.serial(), GOOD),
        IN_NO_JOURNAL);
  }

  /** As one whose names were erased: a digest for octets, and nobody named. */
  private StoredCertificate number(BigInteger serial, CertificateStatus status) {
    Instant begin = certificate.getNotBefore().toInstant();
    return new StoredCertificate(
        authority.name(),
        new SerialNumber(serial),
        Bytes.of((authority.name() + "/" + serial.toString(16)).getBytes(StandardCharsets.US_ASCII))
            .sha256(),
        new ProfileName(Takeover.PROFILE),
        0,
        Optional.of(tenants.of(serial, List.of()).orElse(tenants.others())),
        Optional.empty(),
        "",
        "",
        Optional.empty(),
        begin,
        authority.notAfter(),
        status,
        IN_NO_JOURNAL);
  }

  private void add(StoredCertificate stored, Bytes publicKeyHash) {
    batch.add(new NewCertificate(stored, publicKeyHash, NO_ENTRY));
    if (batch.size() == BATCH) {
      flush();
    }
  }

  private void flush() {
    if (batch.isEmpty()) {
      return;
    }
    List<NewCertificate> whole = List.copyOf(batch);
    batch.clear();
    if (dryRun) {
      whole.forEach(this::count);
    } else {
      books
          .transactions()
          .<Integer, RuntimeException>inTransaction(
              transaction -> {
                write(transaction, whole);
                return whole.size();
              });
    }
  }

  private void count(NewCertificate one) {
    Optional<StoredCertificate> there =
        books.certificates().find(authority.name(), one.certificate().serial());
    if (there.isEmpty()) {
      added++;
      revoked += one.certificate().status() instanceof CertificateStatus.Good ? 0 : 1;
    } else {
      known(one.certificate(), there.get());
    }
  }

  private void write(Transaction transaction, List<NewCertificate> whole) {
    List<Boolean> news = books.certificates().insert(transaction, whole);
    long fresh = 0;
    long bad = 0;
    for (int i = 0; i < whole.size(); i++) {
      StoredCertificate one = whole.get(i).certificate();
      if (news.get(i)) {
        fresh++;
        bad += one.status() instanceof CertificateStatus.Good ? 0 : 1;
      } else {
        StoredCertificate there =
            books.certificates().lock(transaction, authority.name(), one.serial()).orElseThrow();
        if (known(one, there)) {
          books.certificates().setStatus(transaction, authority.name(), one.serial(), one.status());
          note(transaction, "certificate.revoked", there.auditName(), "by its authority before");
        }
      }
    }
    added += fresh;
    revoked += bad;
    if (fresh > 0) {
      note(
          transaction,
          "certificates.imported",
          "authority:" + authority.name(),
          "%d certificates, %d of them revoked or held, %s to %s"
              .formatted(
                  fresh,
                  bad,
                  whole.getFirst().certificate().serial(),
                  whole.getLast().certificate().serial()));
    }
  }

  /** Counts one that is here already; says whether its status became more. */
  private boolean known(StoredCertificate one, StoredCertificate there) {
    known++;
    if (!there.encoded().equals(one.encoded())) {
      if (!one.isErased()) {
        remarks.add(
            there.isErased() ? Remark.BY_SERIAL_BEFORE : Remark.SERIAL_TWICE, one.serial().toHex());
      }
      if (!there.isErased() && !one.isErased()) {
        return false;
      }
    }
    boolean more =
        switch (there.status()) {
          case CertificateStatus.Good _ -> !(one.status() instanceof CertificateStatus.Good);
          case CertificateStatus.OnHold _ -> one.status() instanceof CertificateStatus.Revoked;
          case CertificateStatus.Revoked _ -> false;
        };
    if (more) {
      revoked++;
    }
    return more;
  }

  private void note(Transaction transaction, String action, String object, String detail) {
    books.audit().append(transaction, Takeover.SELF, action, Optional.empty(), object, detail);
  }
}
