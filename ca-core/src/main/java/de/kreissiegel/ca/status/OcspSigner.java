package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.asn1.x509.Certificate;
import org.jspecify.annotations.Nullable;

/** Has the vault sign OCSP ResponseData (RFC 6960 §4.2.1). */
final class OcspSigner {
  private final Signer signer;
  private final SigningKeys keys;
  private final ResponderCertificates responders;
  private final OcspForms forms;
  private final OcspSettings settings;
  private final Clock clock;

  /** The newest form of each authority: a request with a nonce isn't to read certificates. */
  private final Map<AuthorityName, OcspForm> newest = new ConcurrentHashMap<>();

  private volatile @Nullable Dated last;

  /** The times of the second just now. */
  private record Dated(OcspForm form, boolean archive, Instant second, OcspTerm term) {}

  OcspSigner(
      Signer signer,
      ResponderCertificates responders,
      OcspForms forms,
      OcspSettings settings,
      Clock clock) {
    this.signer = signer;
    this.keys = new SigningKeys(signer);
    this.responders = responders;
    this.forms = forms;
    this.settings = settings;
    this.clock = clock;
  }

  /** How answers for this authority look now. */
  OcspForm form(Authority authority) throws SigningUnavailable {
    Optional<Bytes> responder;
    try {
      responder = responders.current(authority.name());
    } catch (RuntimeException broken) {
      throw new SigningUnavailable("the database can't be asked for the responder", broken);
    }
    if (responder.isEmpty()) {
      throw new SigningUnavailable("no responder certificate for " + authority.name());
    }
    OcspForm form = newest.get(authority.name());
    if (form == null || !form.responder().equals(responder.get())) {
      form = read(authority, responder.get());
      newest.put(authority.name(), form);
    }
    if (!form.responderEnds().isAfter(clock.instant())) {
      throw new SigningUnavailable(
          "the responder certificate for " + authority.name() + " has expired");
    }
    return form;
  }

  private OcspForm read(Authority authority, Bytes responder) throws SigningUnavailable {
    Certificate certificate = Certificate.getInstance(responder.toArray());
    Bytes algorithm = Bytes.of(Der.of(keys.algorithm(key(authority), certificate)));
    return forms.of(authority.name(), responder, algorithm).orElseThrow();
  }

  /** The times of an answer that is made now: never past the responder's own certificate. */
  OcspTerm term(OcspForm form, boolean archive) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Dated known = last;
    if (known == null
        || known.form() != form
        || known.archive() != archive
        || !known.second().equals(now)) {
      known = new Dated(form, archive, now, term(form, archive, now));
      last = known;
    }
    return known.term();
  }

  private OcspTerm term(OcspForm form, boolean archive, Instant now) {
    Instant next = now.plus(settings.validity()).truncatedTo(ChronoUnit.SECONDS);
    Optional<Duration> kept = archive ? settings.archive() : Optional.empty();
    return new OcspTerm(
        now,
        next.isBefore(form.responderEnds()) ? next : form.responderEnds(),
        kept.map(now::minus).map(cutoff -> cutoff.truncatedTo(ChronoUnit.SECONDS)));
  }

  Bytes sign(OcspForm form, Bytes data) throws SigningUnavailable, SigningRefused {
    return signer
        .sign(
            new SignRequest(
                UUID.randomUUID(), key(form.authority()), SignedStructure.OCSP_RESPONSE, data))
        .signature();
  }

  private static KeyId key(Authority authority) {
    return authority.ocspKey().orElseThrow();
  }
}
