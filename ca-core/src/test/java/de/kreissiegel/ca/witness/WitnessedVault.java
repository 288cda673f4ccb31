package de.kreissiegel.ca.witness;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.tree.HashTree;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A vault of which nothing counts but its journal's hashes and its checkpoints, right or wrong. */
final class WitnessedVault implements VaultDoor {
  /** From where on entries were read. */
  final List<Long> read = new ArrayList<>();

  private final SecureRandom random = new SecureRandom();
  private final List<Bytes> hashes = new ArrayList<>();
  private KeyPair pair = pair();
  private Optional<SignedCheckpoint> checkpoint = Optional.empty();

  private static KeyPair pair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Bytes publicKey() {
    return Bytes.of(pair.getPublic().getEncoded());
  }

  void changesItsKey() {
    pair = pair();
  }

  void grow(int size) {
    while (hashes.size() < size) {
      byte[] hash = new byte[32];
      random.nextBytes(hash);
      hashes.add(Bytes.of(hash));
    }
  }

  void cut(int size) {
    hashes.subList(size, hashes.size()).clear();
  }

  void swap(int one, int other) {
    Collections.swap(hashes, one, other);
  }

  void says(SignedCheckpoint said) {
    checkpoint = Optional.of(said);
  }

  /** The true one. */
  SignedCheckpoint signed() {
    HashTree tree = new HashTree();
    hashes.forEach(hash -> tree.add(hash.toArray()));
    return signed(hashes.size(), tree.root(), hashes.getLast());
  }

  SignedCheckpoint signed(long size, Bytes root, Bytes head) {
    CheckpointNote note = CheckpointNote.of(publicKey(), size, root, head);
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(note.text().getBytes(StandardCharsets.UTF_8));
      return new SignedCheckpoint(size, head, note.signedBy(publicKey(), signature.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public SignedCheckpoint checkpoint() {
    return checkpoint.orElseThrow();
  }

  @Override
  public List<VaultKey> keys() {
    return List.of(
        new VaultKey(
            new KeyId("journal"),
            publicKey(),
            Bytes.of(new byte[0]),
            Set.of(),
            VaultKey.State.ACTIVE));
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) {
    read.add(fromIndex);
    List<JournalRecord> records = new ArrayList<>();
    long end = Math.min(hashes.size(), fromIndex + atMost);
    for (long i = fromIndex; i < end; i++) {
      records.add(
          new JournalRecord(
              i,
              Instant.EPOCH,
              Happening.SIGNED,
              new UUID(0, i),
              new KeyId("people"),
              SignedStructure.CERTIFICATE,
              Optional.empty(),
              Bytes.of(new byte[0]),
              "",
              hashes.get((int) i)));
    }
    return records;
  }

  @Override
  public VaultHealth health() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Released release(ReleaseRequest request) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Signed sign(SignRequest request) {
    throw new UnsupportedOperationException();
  }
}
