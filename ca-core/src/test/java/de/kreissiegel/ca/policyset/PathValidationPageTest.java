package de.kreissiegel.ca.policyset;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page tells of each rule what the code does. */
class PathValidationPageTest {
  @Test
  void eachRuleStandsThereWithItsSourceAndHowStrictItIs() throws Exception {
    List<String> lines = Files.readAllLines(Path.of("..", "docs", "path-validation.md"));
    assertThat(lines)
        .contains(
            Stream.of(CertificateRule.values())
                .map(PathValidationPageTest::line)
                .toArray(String[]::new));
  }

  private static String line(CertificateRule rule) {
    return "| `%s` | %s | %s | %s | %s | %s |"
        .formatted(
            rule.id(),
            rule.english(),
            rule.clause(),
            word(rule.under(PolicySet.COMPATIBILITY)),
            word(rule.under(PolicySet.BSI_KOMMUNAL)),
            word(rule.under(PolicySet.BSI_STRICT)));
  }

  private static String word(Strictness strictness) {
    return switch (strictness) {
      case OFF -> "–";
      case ADVISED -> "advised";
      case REQUIRED -> "required";
    };
  }
}
