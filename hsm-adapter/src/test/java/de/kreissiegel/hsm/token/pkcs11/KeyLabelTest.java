package de.kreissiegel.hsm.token.pkcs11;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyLabelTest {
  private static final KeyId ID = new KeyId("root-2026");

  @Test
  void readsBackWhatItWrites() {
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      for (boolean own : new boolean[] {true, false}) {
        KeyLabel label = KeyLabel.of(ID, algorithm, own);
        assertThat(KeyLabel.parse(label.text())).contains(label);
      }
    }
  }

  @Test
  void isTheNameAloneWhereAttributesTellTheRest() {
    assertThat(KeyLabel.of(ID, KeyAlgorithm.ECDSA_P384, false).text()).isEqualTo("root-2026");
    assertThat(KeyLabel.of(ID, KeyAlgorithm.RSA_3072_PKCS1, true).text())
        .isEqualTo("root-2026 (rsa-3072-pkcs1, own PIN)");
  }

  @Test
  void leavesForeignLabelsAlone() {
    for (String foreign :
        List.of("", "Root", "root 2026", "root ()", "root (unknown)", "root (own PIN) x", "(x)")) {
      assertThat(KeyLabel.parse(foreign)).as(foreign).isEmpty();
    }
  }
}
