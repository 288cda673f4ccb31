package de.kreissiegel.ra.validation;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.List;

/** Signs a million answers in the loader's own process, by the provider that the signer has. */
final class LoadVault implements Signer {
  private final TestVault keys;

  LoadVault(TestVault keys) {
    this.keys = keys;
  }

  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    return keys.keys();
  }

  @Override
  public Signed sign(SignRequest request) {
    try {
      Signature signature =
          Signature.getInstance("SHA256withECDSA", AmazonCorrettoCryptoProvider.INSTANCE);
      signature.initSign(keys.pair(request.key()).getPrivate());
      signature.update(request.toBeSigned().toArray());
      return new Signed(Bytes.of(signature.sign()), 0, Bytes.of(new byte[32]));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) {
    return List.of();
  }
}
