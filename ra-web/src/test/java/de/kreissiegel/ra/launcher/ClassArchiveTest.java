package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassArchiveTest {
  @TempDir Path folder;

  @Test
  void isAFileOfItsOwnForEachPart() {
    assertThat(ClassArchive.of("web", folder.toString()))
        .contains("-XX:SharedArchiveFile=" + folder.resolve("web.jsa"));
    assertThat(ClassArchive.of("signer", folder.toString()))
        .contains("-XX:SharedArchiveFile=" + folder.resolve("signer.jsa"));
  }

  @Test
  void isLeftOutWhereItCannotBeKept() {
    assertThat(ClassArchive.of("web", null)).isEmpty();
    assertThat(ClassArchive.of("web", folder.resolve("missing").toString())).isEmpty();
  }
}
