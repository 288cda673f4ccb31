package de.kreissiegel.ca.status;

import de.kreissiegel.ca.status.OcspResponder.Answer;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** OCSP as a client speaks it, by bcpkix. */
final class OcspQueries {
  static final AlgorithmIdentifier SHA256 =
      new AlgorithmIdentifier(
          new org.bouncycastle.asn1.ASN1ObjectIdentifier("2.16.840.1.101.3.4.2.1"));

  private OcspQueries() {}

  static CertificateID id(AlgorithmIdentifier hash, Bytes issuer, SerialNumber serial)
      throws Exception {
    return new CertificateID(
        new JcaDigestCalculatorProviderBuilder().build().get(hash),
        new X509CertificateHolder(issuer.toArray()),
        serial.value());
  }

  static byte[] ask(CertificateID... ids) throws Exception {
    var builder = new OCSPReqBuilder();
    for (CertificateID id : ids) {
      builder.addRequest(id);
    }
    return builder.build().getEncoded();
  }

  static byte[] ask(Bytes issuer, SerialNumber serial) throws Exception {
    return ask(id(CertificateID.HASH_SHA1, issuer, serial));
  }

  static byte[] askWith(Extension extension, CertificateID id) throws Exception {
    return new OCSPReqBuilder()
        .addRequest(id)
        .setRequestExtensions(new Extensions(extension))
        .build()
        .getEncoded();
  }

  static Extension nonce(int octets) throws Exception {
    return new Extension(
        OCSPObjectIdentifiers.id_pkix_ocsp_nonce,
        false,
        new DEROctetString(new DEROctetString(new byte[octets])));
  }

  static int outcome(Answer answer) throws Exception {
    return new OCSPResp(answer.encoded().toArray()).getStatus();
  }

  /** The answer inside, its signature verified by the responder's certificate that it carries. */
  static BasicOCSPResp verified(Answer answer, Bytes issuer) throws Exception {
    BasicOCSPResp basic =
        (BasicOCSPResp) new OCSPResp(answer.encoded().toArray()).getResponseObject();
    X509CertificateHolder responder = basic.getCerts()[0];
    var providers = new JcaContentVerifierProviderBuilder();
    if (!responder.isSignatureValid(providers.build(new X509CertificateHolder(issuer.toArray())))
        || !basic.isSignatureValid(providers.build(responder))) {
      throw new AssertionError("the signature doesn't hold");
    }
    return basic;
  }
}
