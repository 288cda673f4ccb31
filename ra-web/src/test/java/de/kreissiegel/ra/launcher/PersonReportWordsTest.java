package de.kreissiegel.ra.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.disclosure.PersonReport.Section;
import java.util.Arrays;
import java.util.Locale;
import java.util.ResourceBundle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told about themselves has a heading in their language. */
class PersonReportWordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "en"})
  void namesEachSection(String language) {
    var words =
        ResourceBundle.getBundle(
            "de.kreissiegel.ra.launcher.person-report",
            Locale.of(language),
            getClass().getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    assertThat(words.keySet())
        .containsAll(Arrays.stream(Section.values()).map(Section::name).toList());
    if (!language.isEmpty()) {
      assertThat(words.getLocale().getLanguage()).isEqualTo(language);
    }
  }
}
