package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.house.CostSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who pays for the house, as the configuration says it. */
class CostsTest {
  private static final TenantId DISTRICT = new TenantId("hassberge.example");

  @TempDir Path folder;

  @Test
  void areReadWithTheTenantsNamesAsTheyAre() throws Exception {
    assertThat(
            read(
                """
                    inhabitants:
                      stadt-hassfurt.example: 13600
                      stadt-ebern.example: 7300
                """))
        .isEqualTo(
            new CostSettings(
                DISTRICT,
                4_800_050,
                Map.of(
                    new TenantId("stadt-hassfurt.example"),
                    13_600L,
                    new TenantId("stadt-ebern.example"),
                    7_300L)));
  }

  @Test
  void goByUseWhereNobodyIsCounted() throws Exception {
    assertThat(read("").inhabitants()).isEmpty();
  }

  private CostSettings read(String inhabitants) throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("kreissiegel.yaml"),
            """
            kreissiegel:
              costs:
                euros: 48000.50
                district: hassberge.example
            """
                + inhabitants);
    return InstallationReader.binder(file)
        .bind("kreissiegel.costs", Installation.Costs.class)
        .get()
        .settings();
  }
}
