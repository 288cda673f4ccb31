package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.settings.ConfigurationFaults;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** What a start that is refused says. */
class StartRefusalsTest {
  @TempDir private Path folder;

  @Test
  void aHierarchyWhoseSuperiorHasNotAnsweredIsRefusedWithTheWayOut() throws Exception {
    AuthorityFiles.write(folder, List.of(), Map.of());
    assertThatThrownBy(() -> HierarchyFolder.read(folder))
        .isInstanceOf(ConfigurationFaults.class)
        .hasMessageContaining("no authority yet")
        .hasMessageContaining("external-install");
  }

  @Test
  void ourOwnRefusalsComeWithoutATraceAndEverythingElseWithOne() {
    var refused = new IllegalStateException("wrapped", new ConfigurationFaults(List.of()));
    assertThat(reporters()).anyMatch(reporter -> reporter.reportException(refused));
    assertThat(reporters())
        .filteredOn(StartRefusals.class::isInstance)
        .hasSize(1)
        .noneMatch(reporter -> reporter.reportException(new IllegalStateException("a fault")));
  }

  /** As Spring Boot finds them. */
  private static List<SpringBootExceptionReporter> reporters() {
    return SpringFactoriesLoader.forDefaultResourceLocation()
        .load(
            SpringBootExceptionReporter.class,
            SpringFactoriesLoader.ArgumentResolver.of(
                org.springframework.context.ConfigurableApplicationContext.class,
                new StaticApplicationContext()));
  }
}
