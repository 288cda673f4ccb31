package de.kreissiegel.hsm.signing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {
  /** FIPS 180-4, examples of NIST for SHA-256. */
  @Test
  void hashesAsTheStandardDoes() {
    assertThat(Bytes.of("abc".getBytes(US_ASCII)).sha256().toHex())
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(Bytes.of(new byte[0]).sha256().toHex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }
}
