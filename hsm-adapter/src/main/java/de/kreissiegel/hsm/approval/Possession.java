package de.kreissiegel.hsm.approval;

import static de.kreissiegel.hsm.approval.Refusal.require;

import de.kreissiegel.hsm.policy.ApprovalRule;
import de.kreissiegel.hsm.policy.AskedCertificate;
import de.kreissiegel.hsm.policy.DistinguishedEncoding;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Evidence;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/** Whether the applicant holds the private key, by the certification request that came along. */
final class Possession {
  private static final String RULE = "proof-of-possession";
  private static final int PARTS = 3;

  private Possession() {}

  /** Verifies each that came; one must have, if the rule asks for it. */
  static void check(AskedCertificate asked, ApprovalRule rule, List<Evidence> evidence)
      throws SigningRefused {
    boolean proved = false;
    for (Evidence one : evidence) {
      if (one instanceof Evidence.ProofOfPossession proof) {
        require(
            proves(proof.certificationRequest(), asked.publicKey()),
            RULE,
            "the certification request is of another key, or its signature doesn't hold");
        proved = true;
      }
    }
    require(proved || !rule.proofOfPossession(), RULE, "a certification request has to come along");
  }

  private static boolean proves(Bytes encoded, Bytes publicKey) {
    byte[] octets = encoded.toArray();
    if (!DistinguishedEncoding.accepts(octets, Der.LARGEST)) {
      return false;
    }
    try {
      ASN1Sequence request = ASN1Sequence.getInstance(octets);
      CertificationRequestInfo info = CertificationRequestInfo.getInstance(request.getObjectAt(0));
      AlgorithmIdentifier algorithm = AlgorithmIdentifier.getInstance(request.getObjectAt(1));
      ASN1BitString signature = ASN1BitString.getInstance(request.getObjectAt(2));
      // As it came, not written anew: not everybody sorts the attributes.
      byte[] signed = request.getObjectAt(0).toASN1Primitive().getEncoded();
      return request.size() == PARTS
          && Der.encoded(info.getSubjectPublicKeyInfo()).equals(publicKey)
          && Signatures.fitForMachines(algorithm)
          && Signatures.hold(
              algorithm, info.getSubjectPublicKeyInfo(), signed, signature.getOctets());
    } catch (IOException | RuntimeException _) {
      return false; // Bouncy Castle on what isn't one
    }
  }
}
