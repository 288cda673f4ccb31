package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.status.AnswerTable.Place;
import de.kreissiegel.ca.status.OcspIssuers.Issuer;
import de.kreissiegel.ca.status.OcspQuestion.Asked;
import de.kreissiegel.ca.status.OcspStanding.StatusUnknown;
import de.kreissiegel.ca.status.OcspStanding.Told;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Answers OCSP requests (RFC 6960), nonce (RFC 9654) and several certificates in one included. Safe
 * for use by many threads.
 *
 * <p>A request for one certificate without a nonce gets the answer that was signed ahead. Others
 * are signed for, and if nobody can sign, a request for one certificate still gets that answer.
 *
 * <p>One answer has one signature, so a request that asks for certificates of several authorities
 * is answered for the first of them that is ours; the others are {@code unknown}. If none is ours:
 * {@code unauthorized} (RFC 5019 §2.2.3). That is also what is said of an authority that has ended,
 * once the last answers have run out: its lists tell, and nobody need come again.
 */
public final class OcspResponder {
  private static final System.Logger LOG = System.getLogger(OcspResponder.class.getName());

  private final OcspIssuers issuers;
  private final OcspStanding standing;
  private final AnswerStore store;
  private final OcspSigner signer;
  private final OcspCounts counts;
  private final Inquiries inquiries;
  private final Clock clock;

  OcspResponder(
      OcspIssuers issuers,
      OcspStanding standing,
      AnswerStore store,
      OcspSigner signer,
      OcspCounts counts,
      Inquiries inquiries,
      Clock clock) {
    this.issuers = issuers;
    this.standing = standing;
    this.store = store;
    this.signer = signer;
    this.counts = counts;
    this.inquiries = inquiries;
    this.clock = clock;
  }

  /**
   * The answer to a request, if it is ready. Never blocks, and takes a microsecond or two.
   *
   * @param request an OCSPRequest, DER, as it came; it is not changed
   * @param now the time
   * @return null if {@link #respond} has to be asked
   */
  public @Nullable Answer ready(byte[] request, Instant now) {
    Issuer issuer = issuers.glance(request);
    if (issuer == null) {
      return null;
    }
    int at = issuer.serialAt();
    Place place = store.of(issuer.authority().name()).find(request, at, request.length - at);
    if (place == null || !place.batch().nextUpdate().isAfter(now)) {
      return null;
    }
    counts.ready.increment();
    inquiries.note(place);
    return answer(place, issuer.hash(), now);
  }

  /**
   * The answer to a request. May block on the database and the vault.
   *
   * @param request an OCSPRequest, DER, as it came; whatever it is, an answer comes back
   */
  public Answer respond(byte[] request) {
    Answer ready = ready(request, clock.instant());
    if (ready != null) {
      return ready;
    }
    try {
      return answer(OcspRequestReader.read(request));
    } catch (MalformedOcspRequest _) {
      counts.malformed.increment();
      return OcspError.MALFORMED_REQUEST.answer();
    } catch (SigningUnavailable | StatusUnknown hindrance) {
      counts.tryLater.increment();
      LOG.log(WARNING, "OCSP answers \"try later\": " + hindrance.getMessage());
      return OcspError.TRY_LATER.answer();
    } catch (SigningRefused | RuntimeException fault) {
      LOG.log(ERROR, "OCSP answers \"internal error\"", fault);
      return OcspError.INTERNAL_ERROR.answer();
    }
  }

  private Answer answer(OcspQuestion question)
      throws SigningUnavailable, SigningRefused, StatusUnknown {
    Optional<Issuer> ours =
        question.asked().stream().flatMap(a -> issuers.find(a.issuer()).stream()).findFirst();
    if (ours.isEmpty()) {
      return unauthorized();
    }
    Authority authority = ours.get().authority();
    Asked first = question.asked().getFirst();
    boolean one = question.asked().size() == 1;
    Place place = one ? standing.place(authority, first) : null;
    if (place != null) {
      inquiries.note(place);
    }
    if (place != null && question.nonce().isEmpty() && repeats(first, ours.get(), place)) {
      counts.ready.increment();
      return answer(place, ours.get().hash(), clock.instant());
    }
    if (ours.get().hasEnded(clock.instant())) {
      return place == null ? unauthorized() : answer(place, ours.get().hash(), clock.instant());
    }
    try {
      return signed(authority, question);
    } catch (SigningUnavailable | SigningRefused | StatusUnknown hindrance) {
      if (place == null) {
        throw hindrance;
      }
      if (question.nonce().isPresent()) {
        counts.nonceUnsigned.increment();
      }
      return answer(place, ours.get().hash(), clock.instant());
    }
  }

  private Answer unauthorized() {
    counts.unauthorized.increment();
    return OcspError.UNAUTHORIZED.answer();
  }

  /** Whether the answer has the CertID as it was asked: some leave the hash's NULL out. */
  private static boolean repeats(Asked asked, Issuer issuer, Place place) {
    AnswerBatch batch = place.batch();
    byte[] certId =
        batch
            .form()
            .certId(
                issuer.hash(),
                batch.octets(),
                batch.serialAt(place.at()),
                batch.serialLength(place.at()));
    return asked.certId().equals(Bytes.of(certId));
  }

  private Answer signed(Authority authority, OcspQuestion question)
      throws SigningUnavailable, SigningRefused, StatusUnknown {
    Told told = standing.tell(authority, question.asked());
    if (told.nothing()) {
      return unauthorized();
    }
    OcspForm form = signer.form(authority);
    OcspTerm term = signer.term(form, !told.extendedRevoked());
    byte[] extensions = OcspExtensions.of(question.nonce().orElse(null), told.extendedRevoked());
    Bytes data = form.data(told.singles(), term, extensions);
    Bytes encoded = form.response(data, signer.sign(form, data));
    counts.signed.increment();
    // What is said of a certificate that isn't there is not for caches: it may be there soon.
    boolean cacheable = question.nonce().isEmpty() && told.allIssued();
    return new Answer(
        encoded,
        cacheable
            ? Optional.of(
                new Freshness(
                    term.thisUpdate(),
                    term.nextUpdate(),
                    earlier(term.nextUpdate(), clock.instant().plus(told.maxAge()))))
            : Optional.empty());
  }

  private static Answer answer(Place place, CertIdHash hash, Instant now) {
    AnswerBatch batch = place.batch();
    return new Answer(
        batch.response(place.at(), hash),
        Optional.of(
            new Freshness(
                batch.thisUpdate(),
                batch.nextUpdate(),
                earlier(batch.nextUpdate(), now.plusSeconds(batch.maxAge(place.at()))))));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  /** What was answered so far. */
  public OcspCounts counts() {
    return counts;
  }

  /** When this node last heard all that there was to hear. */
  public Instant asOf() {
    return standing.asOf();
  }

  /** Whether that was a moment ago. */
  public boolean inStep() {
    return standing.inStep();
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
   * @param cacheableUntil until when caches may repeat it: the profile's {@code status-max-age}
   *     from now on, and never past nextUpdate
   */
  public record Freshness(Instant thisUpdate, Instant nextUpdate, Instant cacheableUntil) {}
}
