package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.NamedSigner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SignersTest {
  private static final Path SOCKET = Path.of("/run/s");

  private static List<String> names(@Nullable Path socket, @Nullable Map<String, URI> members)
      throws IOException {
    try (var signer =
        (AutoCloseable)
            Signers.of(
                new Installation.Signer(socket, members, null, Duration.ofSeconds(1)),
                Clock.systemUTC())) {
      return ((de.kreissiegel.hsm.signing.Signer) signer)
          .members().stream().map(NamedSigner::name).toList();
    } catch (IOException | RuntimeException known) {
      throw known;
    } catch (Exception unexpected) {
      throw new AssertionError(unexpected);
    }
  }

  @Test
  void callsTheOnlyOneSigner() throws Exception {
    assertThat(names(SOCKET, null)).containsExactly("signer");
  }

  @Test
  void namesSeveralAsConfigured() throws Exception {
    Map<String, URI> members = new LinkedHashMap<>();
    members.put("here", URI.create("unix:/run/a"));
    members.put("there", URI.create("unix:///run/b"));
    assertThat(names(null, members)).containsExactly("here", "there");
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> names(null, null))
        .hasMessageContaining("either 'socket' or 'members'");
    assertThatThrownBy(() -> names(SOCKET, Map.of("a", URI.create("unix:/run/a"))))
        .hasMessageContaining("and not both");
    assertThatThrownBy(() -> names(null, Map.of("a", URI.create("tls://host:1"))))
        .hasMessageContaining("a keystore and the signer's fingerprint are needed");
    assertThatThrownBy(() -> names(null, Map.of("a", URI.create("/run/a"))))
        .hasMessageContaining("unix:/path/to/socket or tls://host:port");
    assertThatThrownBy(() -> names(null, Map.of("A b", URI.create("unix:/run/a"))))
        .hasMessageContaining("not a signer's name");
  }
}
