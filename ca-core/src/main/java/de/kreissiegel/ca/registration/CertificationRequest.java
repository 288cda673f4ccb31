package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.approval.KeyProof;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * A PKCS#10 request (RFC 2986) whose sender has proved that they hold the private key. There is no
 * other way to one than the proof.
 */
public final class CertificationRequest {
  private static final int LARGEST = 16 * 1024;

  private final SubjectKey key;
  private final List<String> wishes;

  private CertificationRequest(SubjectKey key, List<String> wishes) {
    this.key = key;
    this.wishes = List.copyOf(wishes);
  }

  /**
   * Reads a request and verifies its proof of possession.
   *
   * @param encoded DER
   * @throws Refused BAD_DATA_FORMAT, BAD_ALG, BAD_POP, BAD_CERT_TEMPLATE
   */
  public static CertificationRequest verified(Bytes encoded) throws Refused {
    if (encoded.length() > LARGEST) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "the request is longer than 16 KiB");
    }
    byte[] octets = encoded.toArray();
    var parsed = parse(octets);
    SubjectKey key = keyOf(parsed);
    verify(parsed, key);
    return new CertificationRequest(key, NameWishes.in(parsed.getCertificationRequestInfo()));
  }

  public SubjectKey key() {
    return key;
  }

  /**
   * The names wished for: {@code cn:…}, {@code mail:…}, {@code dns:…}, {@code uri:…}; anything else
   * as {@code other:…}.
   */
  public List<String> wishes() {
    return wishes;
  }

  private static org.bouncycastle.asn1.pkcs.CertificationRequest parse(byte[] octets)
      throws Refused {
    try {
      if (DerShape.holds(octets)) {
        var parsed = org.bouncycastle.asn1.pkcs.CertificationRequest.getInstance(octets);
        if (parsed.getCertificationRequestInfo().getVersion().hasValue(0)
            && Arrays.equals(parsed.getEncoded(ASN1Encoding.DER), octets)) {
          return parsed;
        }
      }
    } catch (IOException | RuntimeException unreadable) {
      // The parser tells of bad input by many unchecked exceptions; all mean the same here.
    }
    throw new Refused(RefusalReason.BAD_DATA_FORMAT, "this is not a PKCS#10 request in DER");
  }

  private static SubjectKey keyOf(org.bouncycastle.asn1.pkcs.CertificationRequest parsed)
      throws Refused {
    try {
      return SubjectKey.of(
          Bytes.of(
              parsed
                  .getCertificationRequestInfo()
                  .getSubjectPublicKeyInfo()
                  .getEncoded(ASN1Encoding.DER)));
    } catch (IOException | RuntimeException unreadable) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "the public key can't be read");
    }
  }

  private static void verify(org.bouncycastle.asn1.pkcs.CertificationRequest parsed, SubjectKey key)
      throws Refused {
    try {
      byte[] signed = parsed.getCertificationRequestInfo().getEncoded(ASN1Encoding.DER);
      byte[] signature = parsed.getSignature().getOctets();
      AlgorithmIdentifier algorithm = parsed.getSignatureAlgorithm();
      Optional<Boolean> holds =
          KeyProof.holds(
              Bytes.of(algorithm.getEncoded(ASN1Encoding.DER)), key.info(), signed, signature);
      if (holds.isPresent() ? holds.get() : verified(algorithm, key, signed, signature)) {
        return;
      }
    } catch (IOException | GeneralSecurityException | RuntimeException unverifiable) {
      // Falls through: what can't be verified is not proved.
    }
    throw new Refused(
        RefusalReason.BAD_POP, "the signature does not prove possession of the private key");
  }

  private static boolean verified(
      AlgorithmIdentifier algorithm, SubjectKey key, byte[] signed, byte[] signature)
      throws Refused, GeneralSecurityException {
    Signature verifier = ProofAlgorithms.of(algorithm, key);
    verifier.initVerify(key.key());
    verifier.update(signed);
    return verifier.verify(signature);
  }
}
