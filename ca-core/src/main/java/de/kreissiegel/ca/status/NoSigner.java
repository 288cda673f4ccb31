package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.util.List;

/** Stands where a node has no vault: it answers what others have signed. */
public final class NoSigner implements Signer {
  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    throw none();
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable {
    throw none();
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) throws SigningUnavailable {
    throw none();
  }

  private static SigningUnavailable none() {
    return new SigningUnavailable("this node has no vault");
  }
}
