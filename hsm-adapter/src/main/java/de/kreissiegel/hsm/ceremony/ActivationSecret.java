package de.kreissiegel.hsm.ceremony;

import de.kreissiegel.hsm.ceremony.ShareRefused.Reason;
import de.kreissiegel.hsm.journal.Digests;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Algorithm;
import org.bouncycastle.crypto.threshold.ShamirSecretSplitter.Mode;
import org.bouncycastle.crypto.threshold.ShamirSplitSecret;
import org.bouncycastle.crypto.threshold.ShamirSplitSecretShare;

/**
 * The secret that activates a key: 160 random bits that nobody holds alone. It is split over n
 * custodians so that any k of them make it again and k - 1 know nothing (Shamir's secret sharing
 * over GF(2^8), each octet a polynomial of its own, share i its value at i).
 *
 * <p>Each share carries 24 bits of the secret's salted hash, so that a wrong combination is noticed
 * before a key is tried; 136 bits remain even to who solves that hash.
 */
public final class ActivationSecret implements AutoCloseable {
  /** More people than that don't come to a ceremony. */
  public static final int MOST_SHARES = 16;

  private static final int SALT_OCTETS = 2;

  private final byte[] secret;

  private ActivationSecret(byte[] secret) {
    this.secret = secret;
  }

  /** A new one. */
  public static ActivationSecret random(SecureRandom randomness) {
    byte[] secret = new byte[KeyShare.SECRET_OCTETS];
    randomness.nextBytes(secret);
    return new ActivationSecret(secret);
  }

  /** The passphrase that a token takes: 32 characters. The caller wipes it. */
  public char[] passphrase() {
    return ShareText.passphrase(secret);
  }

  /**
   * Splits it; each call makes another set, whose shares don't fit those of an earlier one.
   *
   * @param threshold k, at least 2
   * @param total n, from k to 16
   * @param vault {@link KeyShare#vaultId}
   * @param key whose secret it is
   */
  public List<KeyShare> split(
      int threshold, int total, Bytes vault, KeyId key, SecureRandom randomness) {
    if (threshold < 2 || total < threshold || total > MOST_SHARES) {
      throw new IllegalArgumentException(
          "at least 2 shares are needed, and %d at most are made".formatted(MOST_SHARES));
    }
    ShamirSplitSecret split =
        new ShamirSecretSplitter(Algorithm.AES, Mode.Native, secret.length, randomness)
            .resplit(secret, threshold, total);
    byte[] salt = new byte[SALT_OCTETS];
    randomness.nextBytes(salt);
    Bytes set = setOf(salt, secret);
    List<KeyShare> shares = new ArrayList<>();
    for (int number = 1; number <= total; number++) {
      byte[] octets = octets(split.getSecretShares()[number - 1]);
      shares.add(
          new KeyShare(
              threshold, total, number, vault, KeyShare.keyTag(key), set, Bytes.of(octets)));
      Arrays.fill(octets, (byte) 0);
    }
    return List.copyOf(shares);
  }

  /**
   * Makes the secret of its shares again.
   *
   * @param shares in any order
   * @throws ShareRefused too few, twice the same, of another vault, key or set, or altered
   */
  public static ActivationSecret combine(List<KeyShare> shares, Bytes vault, KeyId key)
      throws ShareRefused {
    Set<Integer> numbers = new HashSet<>();
    for (KeyShare share : shares) {
      share.require(vault, key);
      if (!share.set().equals(shares.getFirst().set())
          || share.threshold() != shares.getFirst().threshold()) {
        throw new ShareRefused(
            Reason.MIXED,
            share.number(),
            "share %d was made at another time than share %d; bring shares of one ceremony"
                .formatted(share.number(), shares.getFirst().number()));
      }
      if (!numbers.add(share.number())) {
        throw new ShareRefused(
            Reason.TWICE,
            share.number(),
            "share %d came twice; another custodian's is needed".formatted(share.number()));
      }
    }
    int threshold = shares.isEmpty() ? 2 : shares.getFirst().threshold();
    if (shares.size() < threshold) {
      throw new ShareRefused(
          Reason.TOO_FEW,
          0,
          "%d shares are needed, %d are there".formatted(threshold, shares.size()));
    }
    return combined(shares.subList(0, threshold));
  }

  private static ActivationSecret combined(List<KeyShare> shares) throws ShareRefused {
    byte[] secret = interpolate(shares);
    Bytes set = shares.getFirst().set();
    if (!setOf(Arrays.copyOf(set.toArray(), SALT_OCTETS), secret).equals(set)) {
      Arrays.fill(secret, (byte) 0);
      throw new ShareRefused(
          Reason.WRONG, 0, "one of these shares is not what was handed out; try another's");
    }
    return new ActivationSecret(secret);
  }

  private static byte[] interpolate(List<KeyShare> shares) {
    ShamirSplitSecretShare[] points =
        shares.stream()
            .map(share -> new ShamirSplitSecretShare(share.octets().toArray(), share.number()))
            .toArray(ShamirSplitSecretShare[]::new);
    try {
      return new ShamirSplitSecret(Algorithm.AES, Mode.Native, points).getSecret();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] octets(ShamirSplitSecretShare share) {
    try {
      return share.getEncoded();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Which splitting of which secret: a salt, and the start of the salted secret's hash. */
  private static Bytes setOf(byte[] salt, byte[] secret) {
    byte[] digest =
        Digests.sha256("kreissiegel share set".getBytes(StandardCharsets.US_ASCII), salt, secret)
            .toArray();
    byte[] set = Arrays.copyOf(salt, KeyShare.SET_OCTETS);
    System.arraycopy(digest, 0, set, SALT_OCTETS, KeyShare.SET_OCTETS - SALT_OCTETS);
    return Bytes.of(set);
  }

  /** Wipes it. */
  @Override
  public void close() {
    Arrays.fill(secret, (byte) 0);
  }
}
