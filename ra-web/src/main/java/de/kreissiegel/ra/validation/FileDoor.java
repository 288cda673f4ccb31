package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.Crl;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.x509.CertificateBundle;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CRLs and the authorities' certificates, as files (RFC 5280 §4.2.1.13, §4.2.2.1; RFC 2585). */
final class FileDoor {
  private static final Pattern CRL = Pattern.compile("/crl/([a-z0-9][a-z0-9-]{0,39})\\.crl");
  private static final Pattern CA = Pattern.compile("/ca/([a-z0-9][a-z0-9-]{0,39})\\.(cer|p7c)");

  /** Caches may keep a CRL this long at most: a revocation is to be known soon. */
  private static final Duration CRL_KEPT = Duration.ofMinutes(5);

  private static final Duration CERTIFICATE_KEPT = Duration.ofDays(1);

  private final CrlShelf crls;
  private final AuthorityCatalog catalog;
  private final Clock clock;
  private final Instant started;

  FileDoor(CrlShelf crls, AuthorityCatalog catalog, Clock clock) {
    this.crls = crls;
    this.catalog = catalog;
    this.clock = clock;
    this.started = clock.instant();
  }

  Reply open(Call call) {
    Optional<Reply> file = crl(call.path()).or(() -> certificates(call.path()));
    if (file.isEmpty()) {
      return Reply.notFound();
    }
    return call.isRead() ? file.get().unlessKnown(call) : Reply.wrongMethod("GET, HEAD");
  }

  private Optional<Reply> crl(String path) {
    Matcher name = CRL.matcher(path);
    if (!name.matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return crls.current(new AuthorityName(name.group(1)))
        .map(
            crl ->
                Reply.of(200, "application/pkix-crl", crl.encoded().toArray())
                    .cacheable(now, crl.thisUpdate(), keptUntil(crl, now)));
  }

  private static Instant keptUntil(Crl crl, Instant now) {
    Instant kept = now.plus(CRL_KEPT);
    return kept.isBefore(crl.nextUpdate()) ? kept : crl.nextUpdate();
  }

  private Optional<Reply> certificates(String path) {
    Matcher name = CA.matcher(path);
    if (!name.matches()) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    return catalog
        .find(new AuthorityName(name.group(1)))
        .map(authority -> name.group(2).equals("cer") ? certificate(authority) : chain(authority))
        .map(reply -> reply.cacheable(now, started, now.plus(CERTIFICATE_KEPT)));
  }

  private static Reply certificate(Authority authority) {
    return Reply.of(200, "application/pkix-cert", authority.certificate().toArray());
  }

  /** The chain, and link certificates: whoever trusts another key of the root finds the way. */
  private Reply chain(Authority authority) {
    List<Bytes> all = new ArrayList<>(List.of(authority.certificate()));
    all.addAll(authority.chain());
    all.addAll(catalog.linksAround(authority));
    return Reply.of(
        200,
        "application/pkcs7-mime; smime-type=certs-only",
        CertificateBundle.certsOnly(all).toArray());
  }
}
