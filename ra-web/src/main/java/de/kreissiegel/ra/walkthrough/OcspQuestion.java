package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * One question to an OCSP responder (RFC 6960 §4.1), with a nonce (RFC 9654).
 *
 * @param id which certificate
 * @param nonce 32 random octets
 * @param encoded OCSPRequest, DER
 */
record OcspQuestion(CertificateID id, byte[] nonce, byte[] encoded) {
  private static final int NONCE_OCTETS = 32;
  // Every responder knows SHA-1 here; it only finds the issuer, nothing rests on it.
  private static final AlgorithmIdentifier SHA_1 =
      new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);

  static OcspQuestion about(IssuedCertificate subject, SecureRandom random) throws IOException {
    byte[] nonce = new byte[NONCE_OCTETS];
    random.nextBytes(nonce);
    try {
      var digests = new JcaDigestCalculatorProviderBuilder().build();
      var id =
          new CertificateID(
              digests.get(SHA_1),
              new JcaX509CertificateHolder(subject.issuer()),
              subject.certificate().getSerialNumber());
      var extension =
          new Extension(
              OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
              false,
              new DEROctetString(nonce).getEncoded());
      var request =
          new OCSPReqBuilder()
              .addRequest(id)
              .setRequestExtensions(new Extensions(extension))
              .build();
      return new OcspQuestion(id, nonce, request.getEncoded());
    } catch (OCSPException | OperatorCreationException | CertificateEncodingException fault) {
      throw new IllegalStateException("an OCSP request can always be built", fault);
    }
  }

  /** The address for GET (RFC 6960 appendix A.1). */
  URI address(URI responder) {
    var base64 = Base64.getEncoder().encodeToString(encoded);
    var path = URLEncoder.encode(base64, StandardCharsets.US_ASCII);
    return URI.create(responder + (responder.toString().endsWith("/") ? "" : "/") + path);
  }
}
