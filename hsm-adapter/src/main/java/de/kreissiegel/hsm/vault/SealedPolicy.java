package de.kreissiegel.hsm.vault;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.policy.PolicyFault;
import de.kreissiegel.hsm.policy.PolicyFile;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/**
 * A key's policy, signed by the ceremony's key.
 *
 * @param digest SHA-256 of its file, as journal entries carry it
 */
record SealedPolicy(KeyPolicy policy, Bytes digest) {
  /** Whether both of its files are there; a crash may have left a key without. */
  static boolean exists(VaultFiles files, TokenKey key) {
    return Files.exists(files.policy(key.id())) && Files.exists(files.policySignature(key.id()));
  }

  /**
   * Reads one.
   *
   * @throws VaultDamaged if it isn't signed, isn't this key's or can't be read
   */
  static SealedPolicy read(VaultFiles files, TokenKey key, Bytes ceremonyKey)
      throws VaultDamaged, IOException {
    return read(
        files,
        key,
        ceremonyKey,
        Bytes.of(Files.readAllBytes(files.policy(key.id()))),
        Bytes.of(Files.readAllBytes(files.policySignature(key.id()))));
  }

  /** The same, of a text and a signature that came from elsewhere. */
  static SealedPolicy read(
      VaultFiles files, TokenKey key, Bytes ceremonyKey, Bytes policy, Bytes signature)
      throws VaultDamaged {
    byte[] text = policy.toArray();
    if (!PublicKeys.verifies(ceremonyKey, text, signature.toArray())) {
      throw new VaultDamaged(
          "the policy of %s is not signed by this vault's ceremony key; restore %s and its .sig as"
                  .formatted(key.id(), files.policy(key.id()))
              + " the last ceremony left them");
    }
    try {
      KeyPolicy read =
          PolicyFile.read(
              key.id(),
              key.publicKey(),
              files.policy(key.id()).toString(),
              new String(text, StandardCharsets.UTF_8));
      return new SealedPolicy(read, Digests.sha256(text));
    } catch (PolicyFault fault) {
      throw new VaultDamaged(String.valueOf(fault.getMessage()), fault);
    }
  }

  /** Writes one; its signature comes last and puts it in force. */
  static SealedPolicy write(
      VaultFiles files, TokenKey key, KeyPolicy policy, Bytes text, Bytes signature)
      throws IOException {
    Files.deleteIfExists(files.policySignature(key.id()));
    DurableFiles.write(files.policy(key.id()), text.toArray());
    DurableFiles.write(files.policySignature(key.id()), signature.toArray());
    return new SealedPolicy(policy, Digests.sha256(text.toArray()));
  }

  /** The text that is signed. */
  static Bytes text(TokenKey key, KeyPolicy policy) {
    return Bytes.of(
        PolicyFile.write(key.id(), key.publicKey(), policy).getBytes(StandardCharsets.UTF_8));
  }
}
