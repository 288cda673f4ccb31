package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.status.OcspCache.Kept;
import de.kreissiegel.ca.status.OcspQuestion.Asked;
import de.kreissiegel.ca.status.OcspSigner.Span;
import de.kreissiegel.ca.status.OcspSigner.Told;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Answers OCSP requests (RFC 6960), nonce (RFC 9654) and several certificates in one included. Safe
 * for use by many threads; blocks on the database and the vault.
 *
 * <p>One answer has one signature, so a request that asks for certificates of several authorities
 * is answered for the first of them that is ours; the others are {@code unknown}. If none is ours:
 * {@code unauthorized} (RFC 5019 §2.2.3). A serial number that was never issued is {@code unknown}.
 */
public final class OcspResponder {
  /**
   * How long an answer holds if nothing else is said. Short, since whoever keeps an answer doesn't
   * hear of a revocation before its end; long enough for an outage of the vault to be mended.
   */
  public static final Duration VALIDITY = Duration.ofHours(1);

  private static final System.Logger LOG = System.getLogger(OcspResponder.class.getName());

  private final OcspIssuers issuers;
  private final CertificateBook book;
  private final ResponderCertificates responders;
  private final OcspSigner signer;
  private final OcspCache cache = new OcspCache();
  private final Clock clock;
  private final Duration validity;

  /** A responder whose answers hold for {@link #VALIDITY}. */
  public OcspResponder(
      AuthorityCatalog catalog,
      CertificateBook book,
      ResponderCertificates responders,
      Signer signer,
      Clock clock) {
    this(catalog, book, responders, signer, clock, VALIDITY);
  }

  /**
   * @param validity from thisUpdate to nextUpdate, a minute at least; after a third of it a new
   *     answer is signed
   */
  public OcspResponder(
      AuthorityCatalog catalog,
      CertificateBook book,
      ResponderCertificates responders,
      Signer signer,
      Clock clock,
      Duration validity) {
    if (validity.compareTo(Duration.ofMinutes(1)) < 0) {
      throw new IllegalArgumentException("an OCSP answer holds for a minute at least");
    }
    this.issuers = new OcspIssuers(catalog);
    this.book = book;
    this.responders = responders;
    this.signer = new OcspSigner(signer);
    this.clock = clock;
    this.validity = validity;
  }

  /**
   * The answer to a request.
   *
   * @param request an OCSPRequest, DER, as it came; whatever it is, an answer comes back
   */
  public Answer respond(byte[] request) {
    try {
      return answer(OcspRequestReader.read(request));
    } catch (MalformedOcspRequest _) {
      return OcspError.MALFORMED_REQUEST.answer();
    } catch (SigningUnavailable | StatusUnknown hindrance) {
      LOG.log(WARNING, "OCSP answers \"try later\": " + hindrance.getMessage());
      return OcspError.TRY_LATER.answer();
    } catch (SigningRefused | RuntimeException fault) {
      LOG.log(ERROR, "OCSP answers \"internal error\"", fault);
      return OcspError.INTERNAL_ERROR.answer();
    }
  }

  private Answer answer(OcspQuestion question)
      throws SigningUnavailable, SigningRefused, StatusUnknown {
    Optional<Authority> ours =
        question.asked().stream().flatMap(a -> issuers.find(a.issuer()).stream()).findFirst();
    if (ours.isEmpty()) {
      return OcspError.UNAUTHORIZED.answer();
    }
    Authority authority = ours.get();
    List<Told> told;
    Optional<Bytes> responder;
    try {
      told = question.asked().stream().map(asked -> tell(authority, asked)).toList();
      responder = responders.current(authority.name());
    } catch (RuntimeException broken) {
      throw new StatusUnknown("the database can't be asked: " + broken.getMessage());
    }
    if (responder.isEmpty()) {
      throw new StatusUnknown("no responder certificate for " + authority.name());
    }
    if (question.nonce().isPresent() || told.size() > 1 || told.getFirst().status().isEmpty()) {
      return sign(authority, responder.get(), told, question.nonce());
    }
    return keptOrSigned(authority, responder.get(), told.getFirst());
  }

  private Told tell(Authority authority, Asked asked) {
    boolean itsOwn = issuers.find(asked.issuer()).filter(authority::equals).isPresent();
    // A number that we can't have given is not worth a question to the database.
    boolean possible = asked.serial().signum() > 0 && asked.serial().bitLength() <= 159;
    return new Told(
        asked,
        itsOwn && possible
            ? book.find(authority.name(), new SerialNumber(asked.serial()))
                .map(StoredCertificate::status)
            : Optional.empty());
  }

  private Answer keptOrSigned(Authority authority, Bytes responder, Told told)
      throws SigningUnavailable, SigningRefused, StatusUnknown {
    CertificateStatus status = told.status().orElseThrow();
    Bytes certId = told.asked().certId();
    Optional<Answer> kept = cache.find(certId, status, responder);
    Instant now = clock.instant();
    if (kept.isPresent() && now.isBefore(freshness(kept.get()).cacheableUntil())) {
      return kept.get();
    }
    try {
      Answer fresh = sign(authority, responder, List.of(told), Optional.empty());
      cache.keep(certId, new Kept(status, responder, fresh));
      return fresh;
    } catch (SigningUnavailable hindrance) {
      // It is past its prime, but it is true and it holds.
      if (kept.isPresent() && now.isBefore(freshness(kept.get()).nextUpdate())) {
        return kept.get();
      }
      throw hindrance;
    }
  }

  private static Freshness freshness(Answer kept) {
    return kept.freshness().orElseThrow();
  }

  private Answer sign(Authority authority, Bytes responder, List<Told> told, Optional<Bytes> nonce)
      throws SigningUnavailable, SigningRefused, StatusUnknown {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Instant end = Certificate.getInstance(responder.toArray()).getEndDate().getDate().toInstant();
    if (!end.isAfter(now)) {
      throw new StatusUnknown("the responder certificate for " + authority.name() + " has expired");
    }
    Instant next = now.plus(validity).truncatedTo(ChronoUnit.SECONDS);
    Span span = new Span(now, next.isBefore(end) ? next : end);
    Bytes encoded = signer.sign(authority.ocspKey().orElseThrow(), responder, told, span, nonce);
    Instant prime = now.plus(Duration.between(now, span.nextUpdate()).dividedBy(3));
    return new Answer(
        encoded,
        nonce.isPresent()
            ? Optional.empty()
            : Optional.of(new Freshness(now, span.nextUpdate(), prime)));
  }

  /**
   * An OCSPResponse.
   *
   * @param encoded DER; errors are responses, too (malformedRequest, tryLater, …)
   * @param freshness how long a cache may repeat it; empty if it may not (nonce, error)
   */
  public record Answer(Bytes encoded, Optional<Freshness> freshness) {}

  /**
   * The times of an answer that may be repeated.
   *
   * @param thisUpdate when it was made
   * @param nextUpdate until when it holds
   * @param cacheableUntil until when caches should repeat it: a third of its validity, after which
   *     a new one is signed here, too
   */
  public record Freshness(Instant thisUpdate, Instant nextUpdate, Instant cacheableUntil) {}

  /** The status can't be told now. */
  private static final class StatusUnknown extends Exception {
    private static final long serialVersionUID = 1L;

    StatusUnknown(String why) {
      super(why, null, false, false);
    }
  }
}
