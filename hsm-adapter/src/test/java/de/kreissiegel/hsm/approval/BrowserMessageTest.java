package de.kreissiegel.hsm.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SigningRefused;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages that the pages' own code made (ra-web/frontend, {@code officer/message.ts}). A test
 * there fails when it makes them otherwise than they are kept here, and says how to bring these up
 * to date.
 */
class BrowserMessageTest {
  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "rsa"})
  void acceptsWhatTheBrowserSigned(String kind) throws Exception {
    Bytes statement = kept("statement");

    OfficerMessage message = OfficerMessage.verified(kept(kind), Identifiers.APPROVAL_STATEMENT);

    assertThat(message.content()).isEqualTo(statement);
    assertThat(ApprovalStatement.decode(message.content()).encoded()).isEqualTo(statement);
    assertThat(message.certificate().signs()).isTrue();
    assertThat(message.certificate().scope())
        .contains(new OfficerScope("eeeeeeee-0000-4000-8000-00000000000e", List.of("*")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "rsa"})
  void refusesItWithItsLastBitChanged(String kind) throws Exception {
    byte[] changed = kept(kind).toArray();
    changed[changed.length - 1] ^= 1;

    assertThatThrownBy(
            () -> OfficerMessage.verified(Bytes.of(changed), Identifiers.APPROVAL_STATEMENT))
        .isInstanceOf(SigningRefused.class)
        .hasMessageContaining("approval-signature");
  }

  private static Bytes kept(String name) throws IOException {
    try (InputStream octets =
        Objects.requireNonNull(
            BrowserMessageTest.class.getResourceAsStream("browser/" + name + ".der"), name)) {
      return Bytes.of(octets.readAllBytes());
    }
  }
}
