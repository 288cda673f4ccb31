package de.kreissiegel.hsm.token.pkcs11;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class Pkcs11ConfigTest {
  private static final Path LIBRARY = Path.of("/usr/lib/vendor/libcs_pkcs11.so");
  private static final TokenChoice TOKEN = new TokenChoice.Label("kreissiegel");

  private static Pkcs11Config config(String name, Path library, Optional<Path> pin, int sessions) {
    return new Pkcs11Config(name, library, TOKEN, pin, sessions);
  }

  private static void refuses(Runnable made, String sentence) {
    assertThatIllegalArgumentException().isThrownBy(made::run).withMessageContaining(sentence);
  }

  @Test
  void takesWhatIsUsual() {
    assertThatNoException()
        .isThrownBy(
            () -> config("hsm-1", LIBRARY, Optional.of(Path.of("/run/credentials/pin")), 16));
  }

  @Test
  void saysWhatIsWrong() {
    refuses(() -> config("HSM 1", LIBRARY, Optional.empty(), 16), "lower-case letters");
    refuses(() -> config("software", LIBRARY, Optional.empty(), 16), "the software token's own");
    refuses(() -> config("hsm", Path.of("lib.so"), Optional.empty(), 16), "an absolute path");
    refuses(
        () -> config("hsm", LIBRARY, Optional.of(Path.of("pin")), 16),
        "the PIN file of the token hsm must be an absolute path");
    refuses(() -> config("hsm", LIBRARY, Optional.empty(), 0), "1 to 1024 sessions");
    refuses(() -> config("hsm", LIBRARY, Optional.empty(), 1025), "1 to 1024 sessions");
  }

  @Test
  void takesOnlyLabelsAndNumbersThatATokenCanHave() {
    refuses(() -> new TokenChoice.Label(""), "1 to 32 octets");
    refuses(() -> new TokenChoice.Label("ü".repeat(17)), "1 to 32 octets");
    refuses(() -> new TokenChoice.Label("padded "), "no blanks around it");
    refuses(() -> new TokenChoice.Serial("12345678901234567"), "1 to 16 octets");
    refuses(() -> new TokenChoice.Slot(-1), "0 or more");
  }
}
