package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeakKeyListsTest {
  @TempDir Path folder;

  @Test
  void readsAllListsOfAFolder() throws Exception {
    Files.writeString(folder.resolve("blacklist.RSA-2048"), "# comment\n\n00005890bc78bcbee3ca\n");
    Files.writeString(folder.resolve("blacklist.RSA-4096"), "00005c9c49fd31e889a3\r\n");
    Files.writeString(folder.resolve("README"), "not a list");
    WeakKeyLists lists = WeakKeyLists.read(folder);
    assertThat(lists.size()).isEqualTo(2);
    assertThat(lists.files()).containsExactly("blacklist.RSA-2048", "blacklist.RSA-4096");
  }

  @Test
  void namesFileAndLineOfWhatIsNoEntry() throws Exception {
    for (String bad : new String[] {"00005890BC78BCBEE3CA", "0000", "0".repeat(40), "x"}) {
      Files.writeString(folder.resolve("blacklist.RSA-2048"), "00005890bc78bcbee3ca\n" + bad);
      assertThatThrownBy(() -> WeakKeyLists.read(folder))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("blacklist.RSA-2048, line 2");
    }
    assertThatThrownBy(() -> WeakKeyLists.read(folder.resolve("none")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void hashesAModulusAsOpensslPrintsIt() {
    // printf 'Modulus=C0FFEE\n' | sha1sum | cut -c 21-40
    assertThat(WeakKeyLists.end(BigInteger.valueOf(0xc0ffee))).isEqualTo("6149ed99475722f13e18");
  }
}
