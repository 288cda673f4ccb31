package de.kreissiegel.ca.status;

import de.kreissiegel.ca.status.OcspQuestion.Asked;
import de.kreissiegel.ca.status.OcspQuestion.IssuerHash;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.ocsp.CertID;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.ocsp.OCSPRequest;
import org.bouncycastle.asn1.ocsp.Request;
import org.bouncycastle.asn1.ocsp.TBSRequest;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/** Reads an OCSPRequest (RFC 6960 §4.1.1). A signature on it is allowed, and not looked at. */
final class OcspRequestReader {
  /** More octets than this are no request. */
  static final int OCTETS_AT_MOST = 64 * 1024;

  /** More certificates than this are not answered at once. */
  static final int ASKED_AT_MOST = 100;

  private static final int NONCE_AT_MOST = 128;

  private OcspRequestReader() {}

  static OcspQuestion read(byte[] request) throws MalformedOcspRequest {
    if (request.length > OCTETS_AT_MOST || !DerShape.fits(request)) {
      throw new MalformedOcspRequest("not DER, or too long");
    }
    try {
      return read(OCSPRequest.getInstance(ASN1Primitive.fromByteArray(request)).getTbsRequest());
    } catch (IOException | RuntimeException notOne) {
      // Bouncy Castle tells of bad input by half a dozen unchecked exceptions.
      throw new MalformedOcspRequest("not an OCSPRequest: " + notOne.getMessage());
    }
  }

  private static OcspQuestion read(TBSRequest request) throws MalformedOcspRequest, IOException {
    if (request.getVersion().intValueExact() != 0) {
      throw new MalformedOcspRequest("not version 1");
    }
    ASN1Sequence list = request.getRequestList();
    if (list.size() == 0 || list.size() > ASKED_AT_MOST) {
      throw new MalformedOcspRequest(list.size() + " certificates asked for");
    }
    List<Asked> asked = new ArrayList<>(list.size());
    for (ASN1Encodable each : list) {
      Request one = Request.getInstance(each);
      nonce(one.getSingleRequestExtensions(), false);
      asked.add(asked(one.getReqCert()));
    }
    return new OcspQuestion(asked, nonce(request.getRequestExtensions(), true));
  }

  private static Asked asked(CertID id) throws MalformedOcspRequest, IOException {
    ASN1Encodable parameters = id.getHashAlgorithm().getParameters();
    if (parameters != null && !DERNull.INSTANCE.equals(parameters.toASN1Primitive())) {
      throw new MalformedOcspRequest("a hash has no parameters");
    }
    IssuerHash issuer =
        new IssuerHash(
            id.getHashAlgorithm().getAlgorithm().getId(),
            Bytes.of(id.getIssuerNameHash().getOctets()),
            Bytes.of(id.getIssuerKeyHash().getOctets()));
    return new Asked(Bytes.of(id.getEncoded("DER")), issuer, id.getSerialNumber().getValue());
  }

  /** The nonce among extensions; none other may be critical, since we know none other. */
  private static Optional<Bytes> nonce(@Nullable Extensions extensions, boolean nonceAllowed)
      throws MalformedOcspRequest {
    if (extensions == null) {
      return Optional.empty();
    }
    for (var id : extensions.getCriticalExtensionOIDs()) {
      if (!nonceAllowed || !id.equals(OCSPObjectIdentifiers.id_pkix_ocsp_nonce)) {
        throw new MalformedOcspRequest("unknown critical extension " + id);
      }
    }
    Extension nonce = extensions.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (!nonceAllowed || nonce == null) {
      return Optional.empty();
    }
    byte[] value = ASN1OctetString.getInstance(nonce.getParsedValue()).getOctets();
    if (value.length == 0 || value.length > NONCE_AT_MOST) {
      throw new MalformedOcspRequest("a nonce of " + value.length + " octets");
    }
    return Optional.of(Bytes.of(value));
  }
}
