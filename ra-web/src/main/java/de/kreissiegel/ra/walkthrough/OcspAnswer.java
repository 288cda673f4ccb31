package de.kreissiegel.ra.walkthrough;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.SingleResp;

/**
 * What a responder said of one certificate, after everything about the answer was checked: its
 * signer, its nonce, its subject and its dates (RFC 6960 §3.2).
 *
 * @param status as {@code good}, {@code revoked (affiliationChanged, 2026-11-22 10:15:00Z)}
 * @param responder the distinguished name in the responder's certificate
 */
record OcspAnswer(String status, String responder) {
  private static final Duration SKEW = Duration.ofSeconds(5);

  boolean isGood() {
    return status.equals("good");
  }

  boolean isRevoked() {
    return status.startsWith("revoked");
  }

  /**
   * Reads and checks an OCSPResponse.
   *
   * @param question what was asked
   * @param issuer who issued the certificate that was asked about
   */
  static OcspAnswer read(byte[] encoded, OcspQuestion question, X509Certificate issuer, Clock clock)
      throws Surprise {
    try {
      var response = new OCSPResp(encoded);
      Surprise.unless(
          response.getStatus() == OCSPResp.SUCCESSFUL,
          "a successful OCSP response",
          "responseStatus " + response.getStatus());
      if (!(response.getResponseObject() instanceof BasicOCSPResp basic)) {
        throw new Surprise("a BasicOCSPResponse", "another kind");
      }
      var responder = ResponderCheck.check(basic, issuer, clock.instant());
      checkNonce(basic, question);
      return new OcspAnswer(status(single(basic, question, clock.instant())), responder);
    } catch (IOException | OCSPException fault) {
      throw new Surprise("an OCSP response", String.valueOf(fault.getMessage()));
    }
  }

  private static void checkNonce(BasicOCSPResp response, OcspQuestion question) throws Surprise {
    Extension extension = response.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    Surprise.unless(extension != null, "the nonce in the OCSP response", "none");
    byte[] nonce = ASN1OctetString.getInstance(extension.getExtnValue().getOctets()).getOctets();
    Surprise.unless(
        Arrays.equals(nonce, question.nonce()), "our nonce in the OCSP response", "another one");
  }

  private static SingleResp single(BasicOCSPResp response, OcspQuestion question, Instant now)
      throws Surprise {
    for (SingleResp single : response.getResponses()) {
      if (single.getCertID().equals(question.id())) {
        Surprise.unless(
            !single.getThisUpdate().toInstant().isAfter(now.plus(SKEW)),
            "an OCSP answer of before now",
            "thisUpdate " + single.getThisUpdate().toInstant());
        Surprise.unless(
            single.getNextUpdate() == null
                || !single.getNextUpdate().toInstant().isBefore(now.minus(SKEW)),
            "an OCSP answer that is still fresh",
            "nextUpdate " + single.getNextUpdate());
        return single;
      }
    }
    throw new Surprise("an OCSP answer about our certificate", "answers about others");
  }

  // Bouncy Castle says null for good.
  private static String status(SingleResp single) {
    var status = single.getCertStatus();
    if (status == null) {
      return "good";
    }
    if (status instanceof RevokedStatus revoked) {
      var reason =
          revoked.hasRevocationReason()
              ? ReasonNames.of(revoked.getRevocationReason())
              : "no reason";
      var since = Text.time(revoked.getRevocationTime().toInstant());
      return "revoked (" + reason + ", since " + since + ")";
    }
    return "unknown";
  }
}
