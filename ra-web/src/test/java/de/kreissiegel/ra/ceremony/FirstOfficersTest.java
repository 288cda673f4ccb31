package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstOfficersTest {
  private static final Bytes ONE = Bytes.of(new byte[32]);
  private static final Bytes OTHER = Bytes.of("01234567890123456789012345678901".getBytes());

  @TempDir Path trust;

  @Test
  void readsWhatItWrote() throws Exception {
    FirstOfficers.write(trust, Map.of(ONE, "Jürgen Weiß", OTHER, "Käthe Größl"));

    assertThat(FirstOfficers.read(trust)).containsExactlyInAnyOrder(ONE, OTHER);
  }

  @Test
  void hasNoneWhereThereIsNoFile() throws Exception {
    assertThat(FirstOfficers.read(trust)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab  too short", "", "no hash at all"})
  void doesNotOverlookALineThatIsNone(String line) throws Exception {
    Files.writeString(
        trust.resolve("first-officers.txt"), ONE.toHex() + "  Jürgen Weiß\n" + line + "\n");

    assertThatThrownBy(() -> FirstOfficers.read(trust))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("first-officers.txt");
  }
}
