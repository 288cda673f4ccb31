package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Writes the answers of one authority's responder (RFC 6960 §4.2.1). All of an answer but what is
 * said of the certificate is known beforehand and only copied, so that an answer is put together
 * from a kept signature in less than a microsecond, and octet for octet as it was signed.
 */
final class OcspForm {
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int BIT_STRING = 0x03;
  private static final int INTEGER = 0x02;
  private static final int ENUMERATED = 0x0a;
  private static final int TAGGED_0 = 0xa0;
  private static final int TAGGED_1 = 0xa1;
  private static final int TAGGED_2 = 0xa2;
  private static final int GOOD = 0x80;
  private static final int UNKNOWN = 0x82;
  private static final byte[] SUCCESSFUL = {ENUMERATED, 1, 0};
  private static final byte[] BASIC = Der.of(OCSPObjectIdentifiers.id_pkix_ocsp_basic);

  /** An answer about one certificate has less beside the responder's certificate. */
  private static final int ROOM = 600;

  private final Authority authority;
  private final Bytes responder;
  private final Bytes algorithm;
  private final Instant responderEnds;
  private final byte[][] certIdHeads = new byte[CertIdHash.count()][];
  private final byte[] responderId;
  private final byte[] certificates;
  private final byte[] algorithmDer;

  /**
   * @param authority whose certificates are told of
   * @param responder the certificate of its responder, DER
   * @param algorithm by which the responder's key signs, AlgorithmIdentifier, DER
   */
  OcspForm(Authority authority, Bytes responder, Bytes algorithm) {
    this.authority = authority;
    this.responder = responder;
    this.algorithm = algorithm;
    this.responderEnds =
        Certificate.getInstance(responder.toArray()).getEndDate().getDate().toInstant();
    for (CertIdHash hash : CertIdHash.values()) {
      certIdHeads[hash.ordinal()] = hash.certIdHead(authority);
    }
    // The responder's key hash is SHA-1 by its definition.
    byte[] keyHash = OcspIssuers.digest("SHA-1", CertIdHash.publicKey(responder)).toArray();
    this.responderId = Der.wrap(TAGGED_2, Der.wrap(OCTET_STRING, keyHash));
    this.certificates = Der.wrap(TAGGED_0, Der.wrap(SEQUENCE, responder.toArray()));
    this.algorithmDer = algorithm.toArray();
  }

  /**
   * What is said of one certificate.
   *
   * @param certId CertID, DER
   * @param status empty for {@code unknown}
   */
  record Single(byte[] certId, Optional<CertificateStatus> status) {}

  Authority authority() {
    return authority;
  }

  Bytes responder() {
    return responder;
  }

  Bytes algorithm() {
    return algorithm;
  }

  /** When the responder's certificate ends; no answer holds longer. */
  Instant responderEnds() {
    return responderEnds;
  }

  /**
   * A CertID, DER.
   *
   * @param octets holds the content of the serial number's INTEGER
   */
  byte[] certId(CertIdHash hash, byte[] octets, int at, int length) {
    byte[] head = certIdHeads[hash.ordinal()];
    ReverseDer out = new ReverseDer(head.length + length + 6);
    out.put(octets, at, length).wrap(INTEGER, 0).put(head).wrap(SEQUENCE, 0);
    return out.toArray();
  }

  /**
   * ResponseData, which is signed.
   *
   * @param extensions {@code [1] EXPLICIT Extensions} of the whole response, or nothing
   */
  Bytes data(List<Single> singles, OcspTerm term, byte[] extensions) {
    ReverseDer out = new ReverseDer(ROOM + 100 * singles.size() + extensions.length);
    data(out, singles, term, extensions);
    return out.toBytes();
  }

  /** The OCSPResponse for {@link #data} that was signed. */
  Bytes response(Bytes data, Bytes signature) {
    ReverseDer out = new ReverseDer(ROOM + certificates.length + data.length());
    byte[] octets = signature.toArray();
    seal(out, octets, 0, octets.length);
    out.put(data.toArray());
    return finish(out);
  }

  /** The OCSPResponse about one certificate, whose signature lies in an array of many. */
  Bytes response(Single single, OcspTerm term, byte[] signatures, int at, int length) {
    ReverseDer out = new ReverseDer(ROOM + certificates.length);
    seal(out, signatures, at, length);
    data(out, List.of(single), term, new byte[0]);
    return finish(out);
  }

  private void seal(ReverseDer out, byte[] signatures, int at, int length) {
    out.put(certificates);
    int before = out.length();
    out.put(signatures, at, length).put(0).wrap(BIT_STRING, before).put(algorithmDer);
  }

  private static Bytes finish(ReverseDer out) {
    return out.wrap(SEQUENCE, 0)
        .wrap(OCTET_STRING, 0)
        .put(BASIC)
        .wrap(SEQUENCE, 0)
        .wrap(TAGGED_0, 0)
        .put(SUCCESSFUL)
        .wrap(SEQUENCE, 0)
        .toBytes();
  }

  private void data(ReverseDer out, List<Single> singles, OcspTerm term, byte[] extensions) {
    int before = out.length();
    out.put(extensions);
    int beforeSingles = out.length();
    for (int i = singles.size() - 1; i >= 0; i--) {
      single(out, singles.get(i), term);
    }
    out.wrap(SEQUENCE, beforeSingles).put(term.from).put(responderId).wrap(SEQUENCE, before);
  }

  private static void single(ReverseDer out, Single single, OcspTerm term) {
    int before = out.length();
    out.put(term.extensions).put(term.until).put(term.from);
    if (single.status().isEmpty()) {
      out.put(0).put(UNKNOWN);
    } else {
      switch (single.status().get()) {
        case CertificateStatus.Good _ -> out.put(0).put(GOOD);
        case CertificateStatus.OnHold(Instant since) ->
            revoked(out, since, RevocationReason.CERTIFICATE_HOLD);
        case CertificateStatus.Revoked(Instant since, RevocationReason reason, _) ->
            revoked(out, since, reason);
      }
    }
    out.put(single.certId()).wrap(SEQUENCE, before);
  }

  /** The reason is left out if it is {@code unspecified} (RFC 5280 §5.3.1). */
  private static void revoked(ReverseDer out, Instant since, RevocationReason reason) {
    int before = out.length();
    if (reason != RevocationReason.UNSPECIFIED) {
      out.put(reason.code()).wrap(ENUMERATED, before).wrap(TAGGED_0, before);
    }
    out.put(OcspTerm.time(since)).wrap(TAGGED_1, before);
  }
}
