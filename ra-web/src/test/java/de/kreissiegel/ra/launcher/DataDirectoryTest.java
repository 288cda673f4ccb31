package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path folder;

  @Test
  void makesAFolderThatIsNotThere() throws Exception {
    assertThat(data("new/deep").look()).isEqualTo(DataDirectory.State.EMPTY);
    assertThat(folder.resolve("new/deep")).isDirectory();
  }

  @Test
  void knowsAFirstStartThatDidNotComeToItsEnd() throws Exception {
    var data = data("half");
    data.look();
    data.begin();
    assertThat(data.look()).isEqualTo(DataDirectory.State.BEGUN);
    Files.writeString(data.configuration(), "");
    assertThat(data.look()).isEqualTo(DataDirectory.State.COMPLETE);
  }

  @Test
  void leavesAFolderOfSomethingElseAlone() throws Exception {
    Files.writeString(folder.resolve("thesis.txt"), "three years of work");
    var data = new DataDirectory(folder);
    assertThatThrownBy(data::look)
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("not Kreissiegel's");
    assertThatThrownBy(data::clear).isInstanceOf(LaunchFailure.class);
    assertThat(folder.resolve("thesis.txt")).exists();
  }

  @Test
  void saysThatAPathThatIsAFileIsNotADirectory() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> new DataDirectory(file).look())
        .isInstanceOf(LaunchFailure.class)
        .hasMessageContaining("--data");
  }

  @Test
  void clearsWhatIsOursAndNothingElse() throws Exception {
    var data = data("old");
    data.look();
    data.begin();
    DataDirectory.writeSecret(data.secret("vault-passphrase"), "secret");
    Files.writeString(data.configuration(), "");
    data.clear();
    assertThat(data.look()).isEqualTo(DataDirectory.State.EMPTY);
    assertThat(data.secret("vault-passphrase")).doesNotExist();
  }

  @Test
  void keepsSecretsForTheOwnerAlone() throws Exception {
    var data = data("secret");
    DataDirectory.writeSecret(data.secret("word"), "open sesame");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.secret("word"))))
        .isEqualTo("rw-------");
    assertThat(data.readSecret("word")).isEqualTo("open sesame");
  }

  private DataDirectory data(String name) {
    return new DataDirectory(folder.resolve(name));
  }
}
