package de.kreissiegel.hsm.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import de.kreissiegel.hsm.ceremony.ShareRefused.Reason;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.security.SecureRandom;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class KeyShareTest {
  private static final KeyShare SHARE = share();
  private static final String TEXT = SHARE.text();

  @Test
  void readsWhatStandsOnPaper() throws Exception {
    assertThat(TEXT).hasSize(15 * 6 - 1).matches("([0-9A-HJKMNP-TV-Z]{5} ?){15}");
    assertThat(KeyShare.read(TEXT)).isEqualTo(SHARE);
    assertThat(KeyShare.read(SHARE.compact())).isEqualTo(SHARE);
    assertThat(KeyShare.read(TEXT.toLowerCase(Locale.ROOT).replace(' ', '-'))).isEqualTo(SHARE);
    assertThat(KeyShare.read(TEXT.replace('0', 'o').replace('1', 'l'))).isEqualTo(SHARE);
  }

  @Test
  void findsEachWrongCharacterAndNamesItsGroup() {
    for (int i = 0; i < TEXT.length(); i++) {
      if (TEXT.charAt(i) == ' ') {
        continue;
      }
      for (char wrong : ShareText.ALPHABET.toCharArray()) {
        if (wrong != TEXT.charAt(i)) {
          ShareRefused refused = refused(TEXT.substring(0, i) + wrong + TEXT.substring(i + 1));
          assertThat(refused.reason()).isEqualTo(Reason.GROUP);
          assertThat(refused.place()).isEqualTo(i / 6 + 1);
        }
      }
    }
  }

  @Test
  void findsNeighboursThatChangedPlaces() {
    for (int i = 0; i + 1 < TEXT.length(); i++) {
      char a = TEXT.charAt(i);
      char b = TEXT.charAt(i + 1);
      if (a != ' ' && b != ' ' && a != b) {
        String swapped = TEXT.substring(0, i) + b + a + TEXT.substring(i + 2);
        assertThat(refused(swapped).reason()).isEqualTo(Reason.GROUP);
      }
    }
  }

  @Test
  void findsGroupsThatChangedPlaces() {
    String swapped = TEXT.substring(6, 12) + TEXT.substring(0, 6) + TEXT.substring(12);
    assertThat(refused(swapped).place()).isEqualTo(1);
  }

  @Test
  void saysWhatElseIsWrong() {
    assertThat(refused(TEXT.substring(0, 80)).reason()).isEqualTo(Reason.LENGTH);
    assertThat(refused("").reason()).isEqualTo(Reason.LENGTH);
    assertThat(refused(TEXT.substring(0, 8) + "ü" + TEXT.substring(9)).place()).isEqualTo(2);
    assertThat(refused(ShareText.write(new byte[37])).reason()).isEqualTo(Reason.CHECKSUM);
  }

  @Test
  void staysSilentAboutItself() {
    assertThat(SHARE.toString()).doesNotContain(SHARE.octets().toHex());
    assertThatThrownBy(() -> SHARE.require(Bytes.fromHex("00000000"), new KeyId("root")))
        .hasMessageContaining("bring the shares of this vault");
  }

  private static ShareRefused refused(String typed) {
    return catchThrowableOfType(ShareRefused.class, () -> KeyShare.read(typed));
  }

  private static KeyShare share() {
    SecureRandom random = new SecureRandom();
    try (ActivationSecret secret = ActivationSecret.random(random)) {
      return secret.split(2, 3, Bytes.fromHex("a1b2c3d4"), new KeyId("root"), random).get(1);
    }
  }
}
