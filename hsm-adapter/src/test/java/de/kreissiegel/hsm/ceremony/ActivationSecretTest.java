package de.kreissiegel.hsm.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.hsm.ceremony.ShareRefused.Reason;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ActivationSecretTest {
  private static final Bytes VAULT = Bytes.fromHex("a1b2c3d4");
  private static final KeyId ROOT = new KeyId("root");
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void anyThresholdOfSharesMakeTheSecretAgain() throws Exception {
    long seed = RANDOM.nextLong();
    Random order = new Random(seed);
    for (int total = 2; total <= ActivationSecret.MOST_SHARES; total++) {
      int threshold = 2 + order.nextInt(total - 1);
      try (ActivationSecret secret = ActivationSecret.random(RANDOM)) {
        List<KeyShare> shares =
            new ArrayList<>(secret.split(threshold, total, VAULT, ROOT, RANDOM));
        Collections.shuffle(shares, order);
        try (ActivationSecret again =
            ActivationSecret.combine(shares.subList(0, threshold), VAULT, ROOT)) {
          assertThat(again.passphrase()).as("seed %d", seed).isEqualTo(secret.passphrase());
        }
      }
    }
  }

  @Test
  void theSharesAreShamirs() {
    try (ActivationSecret secret = ActivationSecret.random(RANDOM)) {
      List<KeyShare> shares = secret.split(3, 5, VAULT, ROOT, RANDOM);
      byte[] interpolated = new byte[KeyShare.SECRET_OCTETS];
      List<KeyShare> three = List.of(shares.get(4), shares.get(1), shares.get(2));
      for (KeyShare share : three) {
        int weight = 1;
        for (KeyShare other : three) {
          if (other != share) {
            int difference = other.number() ^ share.number();
            weight = times(weight, times(other.number(), inverse(difference)));
          }
        }
        byte[] octets = share.octets().toArray();
        for (int i = 0; i < octets.length; i++) {
          interpolated[i] ^= (byte) times(weight, octets[i] & 255);
        }
      }
      assertThat(ShareText.passphrase(interpolated)).isEqualTo(secret.passphrase());
    }
  }

  /** With k - 1 shares every secret remains possible: the shares of one secret differ each time. */
  @Test
  void aShareTellsNothingOfTheSecret() {
    try (ActivationSecret secret = ActivationSecret.random(RANDOM)) {
      Set<Integer> seen = new HashSet<>();
      for (int i = 0; i < 3000; i++) {
        KeyShare first = secret.split(2, 2, VAULT, ROOT, RANDOM).getFirst();
        seen.add(first.octets().toArray()[0] & 255);
      }
      assertThat(seen).hasSizeGreaterThan(250);
    }
  }

  @Test
  void refusesTooFewShares() {
    List<KeyShare> shares = shares(3, 5, ROOT, VAULT);
    assertThatThrownBy(() -> ActivationSecret.combine(shares.subList(0, 2), VAULT, ROOT))
        .isInstanceOf(ShareRefused.class)
        .hasMessage("share-count: 3 shares are needed, 2 are there");
    assertThat(reason(List.of())).isEqualTo(Reason.TOO_FEW);
  }

  @Test
  void refusesSharesOfAnotherVaultKeyOrSet() {
    List<KeyShare> shares = shares(2, 3, ROOT, VAULT);
    KeyShare foreign = shares(2, 3, ROOT, Bytes.fromHex("00000000")).get(1);
    KeyShare otherKey = shares(2, 3, new KeyId("ceremony"), VAULT).get(1);
    KeyShare earlier = shares(2, 3, ROOT, VAULT).get(1);
    assertThat(reason(List.of(shares.getFirst(), foreign))).isEqualTo(Reason.OTHER_VAULT);
    assertThat(reason(List.of(shares.getFirst(), otherKey))).isEqualTo(Reason.OTHER_KEY);
    assertThat(reason(List.of(shares.getFirst(), earlier))).isEqualTo(Reason.MIXED);
    assertThat(reason(List.of(shares.getFirst(), shares.getFirst()))).isEqualTo(Reason.TWICE);
  }

  @Test
  void noticesAnAlteredShare() {
    List<KeyShare> shares = shares(2, 3, ROOT, VAULT);
    KeyShare good = shares.get(1);
    byte[] octets = good.octets().toArray();
    octets[7] ^= 1;
    KeyShare altered =
        new KeyShare(2, 3, 2, good.vault(), good.key(), good.set(), Bytes.of(octets));
    assertThat(reason(List.of(shares.getFirst(), altered))).isEqualTo(Reason.WRONG);
  }

  @Test
  void refreshedSharesMakeTheSameSecretAndDoNotMixWithTheOldOnes() throws Exception {
    try (ActivationSecret secret = ActivationSecret.random(RANDOM)) {
      List<KeyShare> old = secret.split(2, 3, VAULT, ROOT, RANDOM);
      List<KeyShare> fresh = secret.split(2, 3, VAULT, ROOT, RANDOM);
      assertThat(ActivationSecret.combine(fresh.subList(1, 3), VAULT, ROOT).passphrase())
          .isEqualTo(secret.passphrase());
      assertThat(reason(List.of(old.getFirst(), fresh.get(1)))).isIn(Reason.MIXED, Reason.WRONG);
    }
  }

  private static Reason reason(List<KeyShare> shares) {
    return catchThrowableOfType(
            ShareRefused.class, () -> ActivationSecret.combine(shares, VAULT, ROOT))
        .reason();
  }

  private static List<KeyShare> shares(int threshold, int total, KeyId key, Bytes vault) {
    try (ActivationSecret secret = ActivationSecret.random(RANDOM)) {
      return secret.split(threshold, total, vault, key, RANDOM);
    }
  }

  /** Products in GF(2^8) modulo x^8 + x^4 + x^3 + x + 1 (FIPS 197 §4.2), the schoolbook's way. */
  private static int times(int a, int b) {
    int product = 0;
    for (int i = 0; i < 8; i++) {
      if ((b >> i & 1) != 0) {
        product ^= a << i;
      }
    }
    for (int bit = 14; bit >= 8; bit--) {
      if ((product >> bit & 1) != 0) {
        product ^= 0x11b << (bit - 8);
      }
    }
    return product;
  }

  private static int inverse(int a) {
    for (int b = 1; b < 256; b++) {
      if (times(a, b) == 1) {
        return b;
      }
    }
    throw new IllegalArgumentException("zero has none");
  }
}
