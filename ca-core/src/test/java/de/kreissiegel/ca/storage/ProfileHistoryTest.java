package de.kreissiegel.ca.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ProfileHistoryTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final ProfileName SMIME = new ProfileName("smime");
  private static final Instant FIRST = Instant.parse("2026-11-22T08:00:00Z");
  private static final Instant LATER = Instant.parse("2026-12-22T08:00:00Z");

  @TempDir private Path folder;

  private final JdbcProfileHistory history = new JdbcProfileHistory(DATABASE.database());

  @BeforeEach
  void empty() {
    DATABASE.clear();
  }

  @Test
  void keepsEachVersionAsItWasWrittenAndSinceWhen() throws Exception {
    history.keep(with(1, "P365D"), FIRST);
    history.keep(with(1, "P365D"), LATER);
    history.keep(with(2, "P180D"), LATER);

    assertThat(history.versionAt(SMIME, FIRST.minusSeconds(1))).isZero();
    assertThat(history.versionAt(SMIME, LATER.minusSeconds(1))).isOne();
    assertThat(history.versionAt(SMIME, LATER)).isEqualTo(2);
    assertThat(DATABASE.number("select count(*) from profile_version where text like '%P180D%'"))
        .isOne();
  }

  @Test
  void refusesAnotherTextUnderTheSameVersion() throws Exception {
    history.keep(with(1, "P365D"), FIRST);

    assertThatThrownBy(() -> history.keep(with(1, "P180D"), LATER))
        .isInstanceOf(ConfigurationFaults.class)
        .hasMessageContaining("smime.yaml: version")
        .hasMessageContaining("Write version: 2");
    assertThat(DATABASE.number("select count(*) from profile_version")).isOne();
  }

  @Test
  void refusesToGoBackToAnOlderVersion() throws Exception {
    history.keep(with(1, "P365D"), FIRST);
    history.keep(with(2, "P180D"), LATER);

    assertThatThrownBy(() -> history.keep(with(1, "P365D"), LATER))
        .isInstanceOf(ConfigurationFaults.class)
        .hasMessageContaining("Write version: 3");
  }

  private ProfileCatalog with(int version, String validity) throws Exception {
    Files.writeString(
        folder.resolve("smime.yaml"),
        ProfileCatalog.bundledFile("smime.yaml")
            .replaceFirst("(?m)^version: \\d+", "version: " + version)
            .replace("P365D", validity));
    return ProfileCatalog.load(folder);
  }
}
