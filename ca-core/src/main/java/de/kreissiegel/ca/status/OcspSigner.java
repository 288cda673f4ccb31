package de.kreissiegel.ca.status;

import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.status.OcspQuestion.Asked;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.ocsp.BasicOCSPResponse;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.CertStatus;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPResponse;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.ocsp.ResponderID;
import org.bouncycastle.asn1.ocsp.ResponseBytes;
import org.bouncycastle.asn1.ocsp.ResponseData;
import org.bouncycastle.asn1.ocsp.RevokedInfo;
import org.bouncycastle.asn1.ocsp.SingleResponse;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;

/** Writes a BasicOCSPResponse (RFC 6960 §4.2.1) and has the vault sign it. */
final class OcspSigner {
  private final Signer signer;
  private final SigningKeys keys;

  OcspSigner(Signer signer) {
    this.signer = signer;
    this.keys = new SigningKeys(signer);
  }

  /**
   * What is said of one certificate.
   *
   * @param status empty if it was never issued, or not by this responder's authority
   */
  record Told(Asked asked, Optional<CertificateStatus> status) {}

  /**
   * From when until when it is said.
   *
   * @param thisUpdate whole seconds
   * @param nextUpdate whole seconds
   */
  record Span(Instant thisUpdate, Instant nextUpdate) {}

  /** The OCSPResponse, DER. */
  Bytes sign(KeyId key, Bytes responder, List<Told> told, Span span, Optional<Bytes> nonce)
      throws SigningUnavailable, SigningRefused {
    Certificate certificate = Certificate.getInstance(responder.toArray());
    AlgorithmIdentifier algorithm = keys.algorithm(key, certificate);
    byte[] data = Der.of(responseData(certificate, told, span, nonce));
    Bytes signature =
        signer
            .sign(
                new SignRequest(
                    UUID.randomUUID(), key, SignedStructure.OCSP_RESPONSE, Bytes.of(data)))
            .signature();
    var basic =
        new BasicOCSPResponse(
            ResponseData.getInstance(data),
            algorithm,
            new DERBitString(signature.toArray()),
            new DERSequence(certificate));
    var response =
        new OCSPResponse(
            new OCSPResponseStatus(OCSPResponseStatus.SUCCESSFUL),
            new ResponseBytes(
                OCSPObjectIdentifiers.id_pkix_ocsp_basic, new DEROctetString(Der.of(basic))));
    return Bytes.of(Der.of(response));
  }

  private static ResponseData responseData(
      Certificate responder, List<Told> told, Span span, Optional<Bytes> nonce) {
    byte[] publicKey = responder.getSubjectPublicKeyInfo().getPublicKeyData().getBytes();
    var responses = new ASN1EncodableVector(told.size());
    told.forEach(each -> responses.add(single(each, span)));
    return new ResponseData(
        new ResponderID(
            new DEROctetString(OcspIssuers.digest("SHA-1", publicKey).toArray())), // its definition
        time(span.thisUpdate()),
        new DERSequence(responses),
        nonce.map(OcspSigner::nonceExtension).orElse(null));
  }

  private static SingleResponse single(Told told, Span span) {
    return new SingleResponse(
        CertID.getInstance(ASN1Sequence.getInstance(told.asked().certId().toArray())),
        told.status().map(OcspSigner::status).orElseGet(OcspSigner::unknown),
        time(span.thisUpdate()),
        time(span.nextUpdate()),
        (Extensions) null);
  }

  private static CertStatus status(CertificateStatus status) {
    return switch (status) {
      case CertificateStatus.Good _ -> new CertStatus();
      case CertificateStatus.OnHold(Instant since) ->
          revoked(since, RevocationReason.CERTIFICATE_HOLD);
      case CertificateStatus.Revoked(Instant since, RevocationReason reason, _) ->
          revoked(since, reason);
    };
  }

  private static CertStatus revoked(Instant since, RevocationReason reason) {
    return new CertStatus(
        reason == RevocationReason.UNSPECIFIED
            ? new RevokedInfo(time(since))
            : new RevokedInfo(time(since), CRLReason.lookup(reason.code())));
  }

  private static CertStatus unknown() {
    return new CertStatus(2, DERNull.INSTANCE);
  }

  private static Extensions nonceExtension(Bytes nonce) {
    return new Extensions(
        new Extension(
            OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
            false,
            Der.of(new DEROctetString(nonce.toArray()))));
  }

  private static ASN1GeneralizedTime time(Instant instant) {
    return new DERGeneralizedTime(Date.from(instant));
  }
}
