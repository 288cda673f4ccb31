package de.kreissiegel.ra.walkthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  private static final char[] PASSWORD = "Straße".toCharArray();
  @TempDir Path directory;

  @Test
  void opensWhatItWrote() throws Exception {
    var root = TestAuthority.root("http://localhost");
    var keys = TestAuthority.newKeys();
    var leaf = root.leaf("CN=Erika", keys.getPublic());
    var file = directory.resolve("key.p12");

    KeyFile.write(file, PASSWORD, keys.getPrivate(), List.of(leaf, root.certificate()));

    assertThat(KeyFile.open(file, PASSWORD, leaf)).isEqualTo(2);
  }

  @Test
  void staysClosedToAnotherPassword() throws Exception {
    var root = TestAuthority.root("http://localhost");
    var keys = TestAuthority.newKeys();
    var leaf = root.leaf("CN=Erika", keys.getPublic());
    var file = directory.resolve("key.p12");
    KeyFile.write(file, PASSWORD, keys.getPrivate(), List.of(leaf, root.certificate()));

    assertThatThrownBy(() -> KeyFile.open(file, "Strasse".toCharArray(), leaf))
        .isInstanceOf(IOException.class);
  }

  @Test
  void noticesAKeyThatDoesNotBelong() throws Exception {
    var root = TestAuthority.root("http://localhost");
    var leaf = root.leaf("CN=Erika", TestAuthority.newKeys().getPublic());
    var file = directory.resolve("key.p12");
    KeyFile.write(
        file, PASSWORD, TestAuthority.newKeys().getPrivate(), List.of(leaf, root.certificate()));

    assertThatThrownBy(() -> KeyFile.open(file, PASSWORD, leaf))
        .isInstanceOf(Surprise.class)
        .hasMessageContaining("belongs to its certificate");
  }
}
