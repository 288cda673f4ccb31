package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.Extension;

/**
 * Hands out the newest CRLs; needs to read only. Looks into the database once a second at most, and
 * goes on handing out what it has when the database doesn't answer. Safe for use by many threads.
 */
public final class CrlShelf {
  private static final System.Logger LOG = System.getLogger(CrlShelf.class.getName());
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LOOK_AFTER_FAILURE = Duration.ofSeconds(10);

  private final CrlBook book;
  private final Clock clock;
  private final Map<AuthorityName, Crl> ceremony = new HashMap<>();
  private final ConcurrentMap<AuthorityName, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(Optional<Crl> crl, Instant lookAgain) {}

  public CrlShelf(AuthorityCatalog catalog, CrlBook book, Clock clock) {
    this.book = book;
    this.clock = clock;
    for (var authority : catalog.all()) {
      var name = authority.name();
      catalog.ceremonyCrl(name).ifPresent(crl -> ceremony.put(name, read(crl)));
      seen.put(name, new Seen(Optional.empty(), Instant.MIN));
    }
  }

  /** The newest CRL of this authority; empty if there is no such authority, or no CRL yet. */
  public Optional<Crl> current(AuthorityName authority) {
    if (ceremony.containsKey(authority)) {
      return Optional.ofNullable(ceremony.get(authority));
    }
    Seen last = seen.get(authority);
    if (last == null) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    if (now.isBefore(last.lookAgain())) {
      return last.crl();
    }
    // One looks; meanwhile the others take what is there, if there is anything.
    Seen meanwhile = new Seen(last.crl(), now.plus(LOOK_AFTER_FAILURE));
    if (last.crl().isPresent() && !seen.replace(authority, last, meanwhile)) {
      return last.crl();
    }
    return look(authority, last, now);
  }

  private Optional<Crl> look(AuthorityName authority, Seen last, Instant now) {
    try {
      Optional<Long> had = last.crl().map(Crl::number);
      Optional<Long> has = book.head(authority).map(CrlBook.Head::number);
      Optional<Crl> newest = had.equals(has) ? last.crl() : book.newest(authority);
      seen.put(authority, new Seen(newest, now.plus(LOOK)));
      return newest;
    } catch (RuntimeException broken) {
      if (last.crl().isEmpty()) {
        throw broken;
      }
      LOG.log(WARNING, "the last known CRL of {0} is served: {1}", authority, broken.getMessage());
      return last.crl();
    }
  }

  private static Crl read(Bytes encoded) {
    CertificateList list = CertificateList.getInstance(encoded.toArray());
    Extension number =
        list.getTBSCertList().getExtensions() == null
            ? null
            : list.getTBSCertList().getExtensions().getExtension(Extension.cRLNumber);
    BigInteger value =
        number == null
            ? BigInteger.ZERO
            : ASN1Integer.getInstance(number.getParsedValue()).getPositiveValue();
    Instant thisUpdate = list.getThisUpdate().getDate().toInstant();
    Instant nextUpdate =
        list.getNextUpdate() == null ? thisUpdate : list.getNextUpdate().getDate().toInstant();
    return new Crl(encoded, value.longValue(), thisUpdate, nextUpdate);
  }
}
