package de.kreissiegel.ca.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.UUID;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/** A certification request to an external superior, signed in the vault (RFC 2986). */
public final class SuperiorRequest {
  private SuperiorRequest() {}

  /**
   * Makes it.
   *
   * @param key the authority's; its policy must let it sign requests for this name
   * @return CertificationRequest, DER
   * @throws SigningRefused if its policy doesn't
   */
  public static Bytes make(
      Signer vault, KeyId key, String organization, String commonName, SecureRandom random)
      throws SigningUnavailable, SigningRefused, IOException {
    VaultKey told =
        vault.keys().stream()
            .filter(one -> one.id().equals(key))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("the vault has no key " + key));
    var info =
        new CertificationRequestInfo(
            AuthorityNames.of(organization, commonName),
            SubjectPublicKeyInfo.getInstance(told.publicKey().toArray()),
            new DERSet());
    Bytes signature =
        vault
            .sign(
                new SignRequest(
                    new UUID(random.nextLong(), random.nextLong()),
                    key,
                    SignedStructure.CERTIFICATION_REQUEST,
                    Bytes.of(info.getEncoded("DER"))))
            .signature();
    return AuthorityTbs.assemble(info, told, signature);
  }
}
