package de.kreissiegel.ca.hotline;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

class CodeHashTest {
  private final SecureRandom random = new SecureRandom();
  private final PhoneCode code = PhoneCode.random(random);

  @Test
  void fitsItsCodeAndNoOther() {
    CodeHash hash = CodeHash.of(code, random);

    assertThat(hash.fits(code)).isTrue();
    assertThat(hash.fits(PhoneCode.random(random))).isFalse();
  }

  @Test
  void isSalted() {
    CodeHash one = CodeHash.of(code, random);
    CodeHash another = CodeHash.of(code, random);

    assertThat(one.salt()).isNotEqualTo(another.salt());
    assertThat(one.hash()).isNotEqualTo(another.hash());
  }

  @Test
  void isScryptOfSixteenMebibytes() {
    CodeHash hash = CodeHash.of(code, random);

    assertThat(hash.hash())
        .isEqualTo(
            Bytes.of(SCrypt.generate(code.octets(), hash.salt().toArray(), 1 << 14, 8, 1, 32)));
  }
}
