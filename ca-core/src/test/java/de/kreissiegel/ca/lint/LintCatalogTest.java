package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.ShippedCertificates;
import java.security.PublicKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No lint is there for nothing: each passes a certificate, and each catches a mutated one. */
class LintCatalogTest {
  private static final LintCases CASES = new LintCases();

  static Stream<LintCases.LintCase> cases() {
    return CASES.all().values().stream().flatMap(List::stream);
  }

  static List<String> profiles() {
    return ShippedCertificates.profiles();
  }

  @Test
  void hasForEachLintWhatItPassesAndWhatItCatches() {
    assertThat(LintCatalog.all()).extracting(Lint::id).doesNotHaveDuplicates();
    assertThat(CASES.all().keySet())
        .containsExactlyInAnyOrderElementsOf(LintCatalog.all().stream().map(Lint::id).toList());
    assertThat(cases()).allSatisfy(one -> assertThat(one.caught()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void catchesWhatIsMutatedAndNothingElse(LintCases.LintCase one) {
    assertThat(one.passes().findings()).isEmpty();
    for (int at = 0; at < one.caught().size(); at++) {
      assertThat(one.caught().get(at).tripped())
          .as("mutation %d for %s", at + 1, one.lint())
          .contains(one.lint());
    }
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void passesWhatIsShipped(String profile) {
    PublicKey longer = SampleRequests.elliptic("secp384r1").getPublic();
    for (PublicKey key : List.of(SampleKeys.P256, longer, SampleKeys.RSA)) {
      assertThat(Trial.of(profile, key).findings()).isEmpty();
    }
  }

  @Test
  void speaksInTwoLanguagesAndNamesItsSource() {
    for (Lint lint : LintCatalog.all()) {
      assertThat(lint.id()).matches("[a-z0-9]+\\.[a-z0-9-]+");
      assertThat(lint.source()).isNotBlank();
      for (Locale language : List.of(Locale.GERMAN, Locale.ENGLISH)) {
        assertThat(lint.sentence(language)).endsWith(".").doesNotContain("  ");
      }
      assertThat(lint.sentence(Locale.GERMAN)).isNotEqualTo(lint.sentence(Locale.ENGLISH));
      assertThat(lint.sentence(Locale.FRENCH)).isEqualTo(lint.sentence(Locale.GERMAN));
      assertThat(LintCatalog.find(lint.id())).contains(lint);
    }
    assertThat(LintCatalog.find("none.such")).isEmpty();
  }
}
