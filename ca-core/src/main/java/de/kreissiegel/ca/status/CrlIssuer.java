package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Makes the authorities' CRLs: full ones, when a status has changed, and at the latest when half of
 * the newest one's time is over. Any number of nodes may call it; the database lets one at a time.
 *
 * <p>CRL numbers are milliseconds since 1970, and always more than the number before. So they grow
 * also where a signed list was lost in a crash, or the database came back from an old backup.
 */
public final class CrlIssuer {
  /** From thisUpdate to nextUpdate, if nothing else is said. */
  public static final Duration VALIDITY = Duration.ofHours(24);

  private static final System.Logger LOG = System.getLogger(CrlIssuer.class.getName());
  private static final Actor SYSTEM = new Actor.Component("status");

  private final AuthorityCatalog catalog;
  private final Signer signer;
  private final SigningKeys keys;
  private final Records records;
  private final Duration validity;

  /**
   * Where the issuer reads and writes.
   *
   * @param transactions one of them makes one CRL
   * @param certificates whose status it tells
   * @param crls where it keeps them
   * @param audit where it says so
   */
  public record Records(
      Transactions transactions, CertificateBook certificates, CrlBook crls, AuditTrail audit) {}

  /** An issuer of CRLs that hold for {@link #VALIDITY}. */
  public CrlIssuer(AuthorityCatalog catalog, Signer signer, Records records) {
    this(catalog, signer, records, VALIDITY);
  }

  /**
   * @param validity from thisUpdate to nextUpdate, a minute at least
   */
  public CrlIssuer(AuthorityCatalog catalog, Signer signer, Records records, Duration validity) {
    if (validity.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("a CRL holds for a minute at least");
    }
    this.catalog = catalog;
    this.signer = signer;
    this.keys = new SigningKeys(signer);
    this.records = records;
    this.validity = validity;
  }

  /**
   * Makes the CRLs that are due. Meant to be called every second or two. Authorities whose CRL came
   * from a ceremony are left out. What can't be made now is logged, hinders no other authority, and
   * is due again next time; the old CRL goes on being served.
   *
   * @return the authorities that have a new CRL now
   */
  public List<AuthorityName> refresh(Instant now) {
    List<AuthorityName> renewed = new ArrayList<>();
    for (Authority authority : catalog.all()) {
      AuthorityName name = authority.name();
      if (catalog.ceremonyCrl(name).isPresent() || !now.isBefore(authority.notAfter())) {
        continue;
      }
      try {
        if (isDue(records.crls().head(name), name, now) && renew(authority, now)) {
          renewed.add(name);
        }
      } catch (SigningUnavailable hindrance) {
        LOG.log(WARNING, "no new CRL of {0} now: {1}", name, hindrance.getMessage());
      } catch (SigningRefused | RuntimeException fault) {
        LOG.log(ERROR, "no new CRL of " + name, fault);
      }
    }
    return renewed;
  }

  private boolean isDue(Optional<CrlBook.Head> newest, AuthorityName name, Instant now) {
    return newest.isEmpty()
        || !now.isBefore(newest.get().thisUpdate().plus(validity.dividedBy(2)))
        || newest.get().statusVersion() != records.certificates().statusVersion(name);
  }

  private boolean renew(Authority authority, Instant now)
      throws SigningUnavailable, SigningRefused {
    // The name of both hindrances is Exception: the transaction carries one type.
    try {
      return records
          .transactions()
          .<Boolean, Exception>inTransaction(t -> renewIn(t, authority, now));
    } catch (SigningUnavailable | SigningRefused | RuntimeException hindrance) {
      throw hindrance;
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private boolean renewIn(Transaction transaction, Authority authority, Instant now)
      throws SigningUnavailable, SigningRefused {
    AuthorityName name = authority.name();
    Optional<CrlBook.Head> newest = records.crls().lock(transaction, name);
    if (!isDue(newest, name, now)) {
      return false; // another node was quicker
    }
    Instant thisUpdate = now.truncatedTo(ChronoUnit.SECONDS);
    Instant nextUpdate = thisUpdate.plus(validity);
    long number = Math.max(newest.map(CrlBook.Head::number).orElse(0L) + 1, now.toEpochMilli());
    // First the version, then the entries: they may know more than it says, never less.
    long version = records.certificates().statusVersion(name);
    CrlWriter writer = new CrlWriter();
    records.certificates().eachRevoked(name, listedFrom(newest, thisUpdate), writer::add);
    AlgorithmIdentifier algorithm =
        keys.algorithm(authority.key(), Certificate.getInstance(authority.certificate().toArray()));
    byte[] tbs = writer.toBeSigned(authority, algorithm, number, thisUpdate, nextUpdate);
    Signed signed =
        signer.sign(
            new SignRequest(
                UUID.randomUUID(),
                authority.key(),
                SignedStructure.CERTIFICATE_LIST,
                Bytes.of(tbs)));
    Crl crl =
        new Crl(
            CrlWriter.signed(tbs, algorithm, signed.signature()), number, thisUpdate, nextUpdate);
    records.crls().insert(transaction, name, crl, version, signed.journalIndex());
    records
        .audit()
        .append(
            transaction,
            SYSTEM,
            "crl.issued",
            Optional.empty(),
            "crl:%s/%d".formatted(name, number),
            "%d entries, next update %s".formatted(writer.count(), nextUpdate));
    LOG.log(INFO, "CRL {0} of {1}: {2} entries", Long.toString(number), name, writer.count());
    return true;
  }

  /**
   * A certificate that has expired stays on the list until one regular CRL after its end has told
   * of it (RFC 5280 §3.3). Lists made for a change of status don't count as regular, so it stays
   * for the whole time of a list, and longer if none was made in that time.
   */
  private Instant listedFrom(Optional<CrlBook.Head> newest, Instant thisUpdate) {
    Instant usual = thisUpdate.minus(validity);
    return newest.map(CrlBook.Head::thisUpdate).filter(usual::isAfter).orElse(usual);
  }
}
