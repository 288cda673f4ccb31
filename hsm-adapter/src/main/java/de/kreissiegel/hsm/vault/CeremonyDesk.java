package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.token.KeyUnreadable;
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
    if (!algorithm.isMade()) {
      throw new IllegalArgumentException(
          "keys of the kind %s are taken over, not made".formatted(algorithm.word()));
    }
    requireAllowed(algorithm, policy);
    try {
      if (rack.software().key(id).isPresent()) {
        // A ceremony that was broken off left it without a policy: it never signed anything.
        rack.software().destroy(id);
      }
      requireNowhere(id);
      TokenKey key = token.make(id, algorithm, secret, own);
      return cabinet.put(key, token, sealedOrUnmade(key, policy, token));
    } catch (TokenUnavailable gone) {
      throw new IOException(gone.getMessage(), gone);
    }
  }

  /** Takes a foreign key over, onto the software token. */
  synchronized GuardedKey take(
      KeyId id,
      KeyAlgorithm algorithm,
      Bytes publicKey,
      byte[] secret,
      KeyPolicy policy,
      char[] passphrase)
      throws VaultUnusable, IOException {
    requireOpen();
    requireNew(id);
    requireAllowed(algorithm, policy);
    try {
      if (rack.software().key(id).isPresent()) {
        rack.software().destroy(id);
      }
      requireNowhere(id);
      TokenKey key = rack.software().take(id, algorithm, publicKey, secret, passphrase);
      return cabinet.put(key, rack.software(), sealedOrUnmade(key, policy, rack.software()));
    } catch (KeyUnreadable unfit) {
      throw new IllegalArgumentException(unfit.getMessage(), unfit);
    } catch (TokenUnavailable gone) {
      throw new IOException(gone.getMessage(), gone);
    }
  }

  /** Puts a key under a policy that lies on an HSM already, made by others. */
  synchronized GuardedKey adopt(
      KeyId id, Bytes publicKey, KeyPolicy policy, Token token, char[] pin)
      throws VaultUnusable, IOException {
    requireOpen();
    requireNew(id);
    try {
      token.activate(id, pin);
      TokenKey key =
          token
              .key(id)
              .filter(one -> one.publicKey().equals(publicKey))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "the key %s on the token %s is not that of the certificate"
                              .formatted(id, token.name())));
      requireAllowed(key.algorithm(), policy);
      return cabinet.put(key, token, sealed(key, policy));
    } catch (KeyUnreadable unreadable) {
      throw new WrongPassphrase("the key " + id + " doesn't open with this PIN");
    } catch (TokenUnavailable gone) {
      throw new IOException(gone.getMessage(), gone);
    }
  }

  private void requireAllowed(KeyAlgorithm algorithm, KeyPolicy policy) {
    try {
      policy.terms().require(algorithm.standing(), clock.instant());
    } catch (SigningRefused notAllowed) {
      throw new IllegalArgumentException(notAllowed.getMessage(), notAllowed);
    }
  }

  /** What lies on an HSM may be another vault's: nothing of it is destroyed unasked. */
  private void requireNowhere(KeyId id) {
    Optional<Token> holder = rack.holder(id);
    if (holder.isPresent()) {
      throw new IllegalArgumentException(
          "there is a key named %s on the token %s already; take another name or token, or take the"
                  .formatted(id, holder.get().name())
              + " key away with the HSM vendor's tool");
    }
  }

  /** Without its policy a key is of no use, and on an HSM would stand in the way. */
  private SealedPolicy sealedOrUnmade(TokenKey key, KeyPolicy policy, Token token)
      throws IOException, TokenUnavailable {
    boolean whole = false;
    try {
      SealedPolicy sealed = sealed(key, policy);
      whole = true;
      return sealed;
    } finally {
      if (!whole) {
        token.destroy(key.id());
      }
    }
  }

  /** Destroys all keys on HSMs that can be opened, of a vault whose making was broken off. */
  synchronized void abandon() throws VaultUnusable, IOException {
    requireOpen();
    for (GuardedKey key : cabinet.all()) {
      if (key.token() != rack.software()) {
        destroy(key);
      }
    }
  }

  private static void destroy(GuardedKey key) throws IOException {
    try {
      key.token().destroy(key.key().id());
    } catch (TokenUnavailable gone) {
      throw new IOException(gone.getMessage(), gone);
    }
  }

  KeyPolicy policy(KeyId id) {
    return known(id).policy();
  }

  synchronized void change(KeyId id, KeyPolicy policy) throws VaultUnusable, IOException {
    requireOpen();
    GuardedKey guarded = known(id);
    cabinet.put(guarded.key(), guarded.token(), sealed(guarded.key(), policy));
  }

  synchronized void destroy(KeyId id) throws VaultUnusable, IOException {
    requireOpen();
    destroy(known(id));
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
    if (cabinet
        .find(InnerKeys.CEREMONY)
        .filter(key -> key.token().isActive(InnerKeys.CEREMONY))
        .isEmpty()) {
      throw new CeremonyClosed(
          "the ceremony's key is locked; activate it, with those who hold its passphrase");
    }
  }
}
