package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;

/** Whether an OCSP answer comes from somebody whom the authority authorised (RFC 6960 §4.2.2.2). */
final class ResponderCheck {
  private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";

  private ResponderCheck() {}

  /**
   * Ends the walkthrough unless the response is signed by the issuer itself or by a certificate
   * that it issued for OCSP signing.
   *
   * @return the signer's distinguished name, for people
   */
  static String check(BasicOCSPResp response, X509Certificate issuer, Instant now) throws Surprise {
    try {
      X509CertificateHolder[] included = response.getCerts();
      var signer = included.length == 0 ? issuer : certificate(included[0]);
      var verifier = new JcaContentVerifierProviderBuilder().build(signer.getPublicKey());
      Surprise.unless(
          response.isSignatureValid(verifier),
          "a signature by " + signer.getSubjectX500Principal() + " under the OCSP response",
          "one that doesn't verify");
      if (!signer.equals(issuer)) {
        checkDelegate(signer, issuer, now);
      }
      return signer.getSubjectX500Principal().toString();
    } catch (OCSPException | OperatorCreationException | IOException fault) {
      throw new Surprise("a readable OCSP signature", String.valueOf(fault.getMessage()));
    } catch (GeneralSecurityException fault) {
      throw new Surprise(
          "an OCSP responder's certificate that the authority issued and that is valid now",
          String.valueOf(fault.getMessage()));
    }
  }

  private static void checkDelegate(X509Certificate signer, X509Certificate issuer, Instant now)
      throws Surprise, GeneralSecurityException {
    signer.verify(issuer.getPublicKey());
    signer.checkValidity(Date.from(now));
    List<String> purposes = signer.getExtendedKeyUsage();
    Surprise.unless(
        purposes != null && purposes.contains(OCSP_SIGNING),
        "OCSPSigning among the responder's purposes",
        String.valueOf(purposes));
    Surprise.unless(
        signer.getExtensionValue(OCSPObjectIdentifiers.id_pkix_ocsp_nocheck.getId()) != null,
        "id-pkix-ocsp-nocheck in the responder's certificate",
        "none");
  }

  private static X509Certificate certificate(X509CertificateHolder holder)
      throws IOException, GeneralSecurityException {
    return Anchors.parse(holder.getEncoded()).getFirst();
  }
}
