package de.kreissiegel.ra.validation;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.status.CrlFile;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.x509.CertificateBundle;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CRLs and the authorities' certificates, as files (RFC 5280 §4.2.1.13, §4.2.2.1; RFC 2585). */
final class FileDoor {
  private static final Pattern CRL = Pattern.compile("/crl/([a-z0-9][a-z0-9-]{0,59})\\.crl");
  private static final Pattern CA = Pattern.compile("/ca/([a-z0-9][a-z0-9-]{0,39})\\.(cer|p7c)");

  /** Caches may keep a CRL this long at most: a revocation is to be known soon. */
  private static final Duration CRL_KEPT = Duration.ofMinutes(5);

  private static final int TAG_DIGITS = 32;

  private static final Duration CERTIFICATE_KEPT = Duration.ofDays(1);

  private final CrlShelf crls;
  private final AuthorityCatalog catalog;
  private final Instant started;

  FileDoor(CrlShelf crls, AuthorityCatalog catalog, Instant started) {
    this.crls = crls;
    this.catalog = catalog;
    this.started = started;
  }

  Reply open(Call call) {
    Optional<Reply> file = crl(call).or(() -> certificates(call));
    if (file.isEmpty()) {
      return Reply.notFound();
    }
    if (!call.isRead()) {
      file.get().body().close();
      return Reply.wrongMethod("GET, HEAD");
    }
    return file.get().unlessKnown(call);
  }

  private Optional<Reply> crl(Call call) {
    String path = call.path();
    Matcher name = CRL.matcher(path);
    Optional<String> label =
        name.matches()
            ? Optional.of(name.group(1))
            : catalog.withListAt(path).map(authority -> authority.name().value());
    if (label.isEmpty()) {
      return Optional.empty();
    }
    try {
      return opened(label.get(), call.at());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The file may go between the look and the opening: then there is a newer one. */
  private Optional<Reply> opened(String label, Instant now) throws IOException {
    while (true) {
      Optional<CrlFile> list = crls.current(label);
      try {
        return list.isEmpty() ? Optional.empty() : Optional.of(reply(list.get(), now));
      } catch (NoSuchFileException gone) {
        if (crls.current(label).equals(list)) {
          throw gone;
        }
      }
    }
  }

  private static Reply reply(CrlFile list, Instant now) throws IOException {
    return Reply.of(200, "application/pkix-crl", new Body.Stored(list.open(), list.length()))
        .cacheable(
            list.tag().toHex().substring(0, TAG_DIGITS),
            now,
            list.thisUpdate(),
            keptUntil(list, now));
  }

  private static Instant keptUntil(CrlFile crl, Instant now) {
    Instant kept = now.plus(CRL_KEPT);
    return kept.isBefore(crl.nextUpdate()) ? kept : crl.nextUpdate();
  }

  private Optional<Reply> certificates(Call call) {
    String path = call.path();
    Matcher name = CA.matcher(path);
    Instant now = call.at();
    if (!name.matches()) {
      return catalog
          .withCertificateAt(path)
          .map(FileDoor::certificate)
          .map(reply -> reply.cacheable(now, started, now.plus(CERTIFICATE_KEPT)));
    }
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
