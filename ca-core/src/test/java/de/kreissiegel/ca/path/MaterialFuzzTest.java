package de.kreissiegel.ca.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Whatever lies in a file, it is read or refused; and what was read can be asked about, as holder,
 * authority, anchor and CRL, under each set, without anything but a verdict.
 */
class MaterialFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void readsFilesOrSaysThatItCannot(byte[] file) throws Exception {
    PathMaterial read;
    try {
      read = PathMaterial.read(file);
    } catch (UnreadableMaterial expected) {
      return;
    }
    assertThat(read.certificates().size() + read.lists().size()).isPositive();
    read.end();
    for (Bytes certificate : read.certificates()) {
      for (PolicySet set : PolicySet.values()) {
        PathVerdict verdict =
            PathValidation.verify(
                new PathQuestion(
                    read.certificates(),
                    certificate,
                    read.certificates(),
                    read.lists(),
                    Instant.parse("2026-12-01T12:00:00Z"),
                    PathOptions.under(set)
                        .to(PathPurpose.CLIENT)
                        .naming(ExpectedName.of("a.example"), ExpectedName.of("a@a.example"))));
        assertThat(verdict.path()).isNotEmpty();
      }
    }
    assertThat(new PathMaterial(List.of(), List.of()).plus(read)).isEqualTo(read.plus(read));
  }

  @FuzzTest(maxDuration = "10m")
  void readsNamesOrSaysThatItCannot(byte[] octets) {
    String name = new String(octets, StandardCharsets.UTF_8);
    try {
      ExpectedName read = ExpectedName.of(name);
      assertThat(ExpectedName.of(read.toString())).isEqualTo(read);
    } catch (IllegalArgumentException expected) {
      assertThat(expected.getMessage()).isNotBlank();
    }
  }
}
