package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.token.Token;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** What is done with keys in a ceremony, and only while the ceremony's key is active. */
final class CeremonyDesk {
  private final VaultFiles files;
  private final TokenRack rack;
  private final KeyCabinet cabinet;
  private final Desks desks;
  private final Clock clock;
  private final SecureRandom randomness;

  CeremonyDesk(
      VaultFiles files,
      TokenRack rack,
      KeyCabinet cabinet,
      Desks desks,
      Clock clock,
      SecureRandom randomness) {
    this.files = files;
    this.rack = rack;
    this.cabinet = cabinet;
    this.desks = desks;
    this.clock = clock;
    this.randomness = randomness;
  }

  synchronized GuardedKey make(
      KeyId id, KeyAlgorithm algorithm, KeyPolicy policy, Token token, char[] secret, boolean own)
      throws VaultUnusable, IOException {
    requireOpen();
    requireNew(id);
    try {
      policy.terms().require(algorithm.standing(), clock.instant());
    } catch (SigningRefused notAllowed) {
      throw new IllegalArgumentException(notAllowed.getMessage(), notAllowed);
    }
    try {
      Optional<Token> left = rack.holder(id);
      if (left.isPresent()) {
        // A ceremony that was broken off left it without a policy: it never signed anything.
        left.get().destroy(id);
      }
      TokenKey key = token.make(id, algorithm, secret, own);
      return cabinet.put(key, token, sealed(key, policy));
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    }
  }

  synchronized void change(KeyId id, KeyPolicy policy) throws VaultUnusable, IOException {
    requireOpen();
    GuardedKey guarded = known(id);
    cabinet.put(guarded.key(), guarded.token(), sealed(guarded.key(), policy));
  }

  synchronized void destroy(KeyId id) throws VaultUnusable, IOException {
    requireOpen();
    GuardedKey guarded = known(id);
    try {
      guarded.token().destroy(id);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone);
    }
    Files.deleteIfExists(files.policySignature(id));
    Files.deleteIfExists(files.policy(id));
    cabinet.remove(id);
  }

  synchronized KeyBackup backUp(KeyId id) throws VaultUnusable, IOException {
    requireOpen();
    GuardedKey guarded = known(id);
    TokenKey key = guarded.key();
    Bytes sealed =
        guarded
            .token()
            .sealed(id)
            .orElseThrow(
                () -> new IllegalArgumentException("the key " + id + " never leaves its token"));
    return new KeyBackup(
        id,
        key.publicKey(),
        key.ownPassphrase(),
        sealed,
        Bytes.of(Files.readAllBytes(files.policy(id))),
        Bytes.of(Files.readAllBytes(files.policySignature(id))));
  }

  synchronized void restore(KeyBackup backup) throws VaultUnusable, IOException {
    requireOpen();
    requireNew(backup.id());
    Token token = rack.software();
    TokenKey key =
        token.restore(backup.id(), backup.publicKey(), backup.sealed(), backup.ownPassphrase());
    SealedPolicy policy =
        SealedPolicy.read(
            files, key, files.ceremonyPublicKey(), backup.policy(), backup.policySignature());
    // Signed once more, so that the journal says which policy is in force here.
    cabinet.put(key, token, sealed(key, policy.policy()));
  }

  private GuardedKey known(KeyId id) {
    if (InnerKeys.are(id)) {
      throw new IllegalArgumentException("the key " + id + " is the vault's own");
    }
    return cabinet
        .find(id)
        .orElseThrow(() -> new IllegalArgumentException("there is no key named " + id));
  }

  private void requireNew(KeyId id) {
    if (InnerKeys.are(id) || cabinet.find(id).isPresent()) {
      throw new IllegalArgumentException("there is a key named " + id);
    }
  }

  private SealedPolicy sealed(TokenKey key, KeyPolicy policy) throws IOException {
    Bytes text = SealedPolicy.text(key, policy);
    UUID request = new UUID(randomness.nextLong(), randomness.nextLong());
    try {
      Bytes signature =
          desks
              .sign(new SignRequest(request, InnerKeys.CEREMONY, SignedStructure.KEY_POLICY, text))
              .signature();
      return SealedPolicy.write(files, key, policy, text, signature);
    } catch (SigningRefused | SigningUnavailable failed) {
      throw new IOException(
          "the policy of %s can't be signed: %s".formatted(key.id(), failed.getMessage()), failed);
    }
  }

  void requireOpen() throws CeremonyClosed {
    if (!rack.software().isActive(InnerKeys.CEREMONY)) {
      throw new CeremonyClosed(
          "the ceremony's key is locked; activate it, with those who hold its passphrase");
    }
  }
}
