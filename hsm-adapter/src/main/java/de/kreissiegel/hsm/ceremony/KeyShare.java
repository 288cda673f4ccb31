package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.ceremony.ShareRefused.Reason;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One custodian's share of a secret, 37 octets: version, threshold, total, number, vault (4), key
 * (2), set (5), the share itself (20), the first 2 octets of SHA-256 over all before. On paper: 15
 * groups of 5 characters.
 *
 * @param threshold how many shares make the secret
 * @param total how many were made
 * @param number which this is, from 1
 * @param vault which vault it belongs to, {@link #vaultId}
 * @param key which key, {@link #keyTag}
 * @param set which splitting: shares of two splittings don't fit each other
 * @param octets the share; a secret
 */
public record KeyShare(
    int threshold, int total, int number, Bytes vault, Bytes key, Bytes set, Bytes octets) {
  static final int SECRET_OCTETS = 20;
  static final int SET_OCTETS = 5;
  private static final int VERSION = 1;
  private static final int VAULT_OCTETS = 4;
  private static final int KEY_OCTETS = 2;
  private static final int CHECK_OCTETS = 2;
  private static final int LENGTH =
      4 + VAULT_OCTETS + KEY_OCTETS + SET_OCTETS + SECRET_OCTETS + CHECK_OCTETS;

  /** The short name of a vault: the start of its ceremony key's SHA-256. */
  public static Bytes vaultId(Bytes ceremonyPublicKey) {
    return start(Digests.sha256(ceremonyPublicKey.toArray()), VAULT_OCTETS);
  }

  /** The short name of a key's name. */
  public static Bytes keyTag(KeyId key) {
    return start(Digests.sha256(key.value().getBytes(StandardCharsets.US_ASCII)), KEY_OCTETS);
  }

  /** What stands on paper: 15 groups of 5 characters. */
  public String text() {
    byte[] encoded = encoded();
    try {
      return ShareText.write(encoded);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }

  /** What a QR code holds: the same without spaces. */
  public String compact() {
    return text().replace(" ", "");
  }

  /**
   * Reads what somebody typed or scanned; case, spaces and hyphens don't matter.
   *
   * @throws ShareRefused if it is mistyped; says in which group
   */
  public static KeyShare read(String typed) throws ShareRefused {
    byte[] octets = ShareText.read(typed, LENGTH);
    try {
      if (!check(octets).equals(Bytes.of(Arrays.copyOfRange(octets, LENGTH - CHECK_OCTETS, LENGTH)))
          || octets[0] != VERSION) {
        throw new ShareRefused(
            Reason.CHECKSUM, 0, "this is not a share of ours; compare all groups with the paper");
      }
      ByteBuffer rest = ByteBuffer.wrap(octets, 1, LENGTH - 1);
      return new KeyShare(
          rest.get(),
          rest.get(),
          rest.get(),
          next(rest, VAULT_OCTETS),
          next(rest, KEY_OCTETS),
          next(rest, SET_OCTETS),
          next(rest, SECRET_OCTETS));
    } finally {
      Arrays.fill(octets, (byte) 0);
    }
  }

  /**
   * Holds it against what is wanted.
   *
   * @throws ShareRefused if it is another vault's or another key's
   */
  public void require(Bytes wantedVault, KeyId wantedKey) throws ShareRefused {
    if (!vault.equals(wantedVault)) {
      throw new ShareRefused(
          Reason.OTHER_VAULT,
          number,
          "share %d belongs to the vault %s, this is %s; bring the shares of this vault"
              .formatted(number, vault.toHex(), wantedVault.toHex()));
    }
    if (!key.equals(keyTag(wantedKey))) {
      throw new ShareRefused(
          Reason.OTHER_KEY,
          number,
          "share %d is not of the key %s; take the sheet that names it"
              .formatted(number, wantedKey));
    }
  }

  private byte[] encoded() {
    ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
    buffer.put((byte) VERSION).put((byte) threshold).put((byte) total).put((byte) number);
    buffer.put(vault.toArray()).put(key.toArray()).put(set.toArray()).put(octets.toArray());
    buffer.put(check(buffer.array()).toArray());
    return buffer.array();
  }

  private static Bytes check(byte[] encoded) {
    return start(Digests.sha256(Arrays.copyOf(encoded, LENGTH - CHECK_OCTETS)), CHECK_OCTETS);
  }

  static Bytes start(Bytes digest, int octets) {
    return Bytes.of(Arrays.copyOf(digest.toArray(), octets));
  }

  private static Bytes next(ByteBuffer rest, int length) {
    byte[] octets = new byte[length];
    rest.get(octets);
    return Bytes.of(octets);
  }

  /** Never the share itself. */
  @Override
  public String toString() {
    return "share %d of %d (%d needed), vault %s".formatted(number, total, threshold, vault);
  }
}
