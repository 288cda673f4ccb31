package de.kreissiegel.ca.audit;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.VaultKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Signs with a real P-256 key and keeps a journal in memory: as much vault as the trail needs. */
public final class HeadSigner implements Signer {
  private final List<JournalRecord> journal = new ArrayList<>();
  private final KeyPair key;

  public HeadSigner() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      key = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public Bytes publicKey() {
    return Bytes.of(key.getPublic().getEncoded());
  }

  @Override
  public List<VaultKey> keys() {
    return List.of();
  }

  @Override
  public Signed sign(SignRequest request) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(key.getPrivate());
      signer.update(request.toBeSigned().toArray());
      Bytes signature = Bytes.of(signer.sign());
      Bytes hash = Bytes.of(new byte[32]);
      journal.add(
          new JournalRecord(
              journal.size(),
              Instant.EPOCH,
              Happening.SIGNED,
              request.id(),
              request.key(),
              request.structure(),
              Optional.of(request.toBeSigned()),
              signature,
              "",
              hash));
      return new Signed(signature, journal.size() - 1L, hash);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) {
    return journal.stream().skip(fromIndex).limit(atMost).toList();
  }
}
