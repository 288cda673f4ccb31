package de.kreissiegel.ra.pages.passkeys;

import com.webauthn4j.converter.exception.DataConversionException;
import com.webauthn4j.converter.util.ObjectConverter;
import com.webauthn4j.data.attestation.authenticator.COSEKey;
import com.webauthn4j.data.attestation.authenticator.Curve;
import com.webauthn4j.data.attestation.authenticator.EC2COSEKey;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.PublicKey;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The public key of a passkey, as the vault knows keys. */
final class PasskeyKey {
  private static final ObjectConverter CONVERTER = new ObjectConverter();

  private PasskeyKey() {}

  /**
   * SubjectPublicKeyInfo of a key that the vault lets approve: ECDSA on P-256 or P-384. Of any
   * other, and of what can't be read, nothing.
   *
   * @param cose COSE_Key (RFC 9052 §7)
   */
  static Optional<Bytes> approving(Bytes cose) {
    try {
      COSEKey key = CONVERTER.getCborMapper().readValue(cose.toArray(), COSEKey.class);
      if (key instanceof EC2COSEKey onCurve
          && (Curve.SECP256R1.equals(onCurve.getCurve())
              || Curve.SECP384R1.equals(onCurve.getCurve()))) {
        PublicKey read = onCurve.getPublicKey();
        return Optional.ofNullable(read).map(one -> Bytes.of(one.getEncoded()));
      }
      return Optional.empty();
    } catch (DataConversionException | JacksonException unreadable) {
      return Optional.empty();
    }
  }
}
