package de.kreissiegel.ra.pages.officer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.review.Risk;
import de.kreissiegel.ra.pages.Words;
import java.io.InputStreamReader;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an officer may have to read has words in both languages. */
class OfficerWordsTest {
  @ParameterizedTest
  @ValueSource(strings = {"messages", "messages_en"})
  void eachRiskHasASentence(String bundle) throws Exception {
    Properties words = words(bundle);
    for (Risk risk : Risk.values()) {
      assertThat(words.getProperty("risk." + risk)).as("%s in %s", risk, bundle).isNotBlank();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"messages", "messages_en"})
  void eachTemplateFitsIntoAReason(String bundle) throws Exception {
    Properties bundled = words(bundle);
    Words words = mock(Words.class);
    when(words.of(anyString())).thenAnswer(call -> bundled.getProperty(call.getArgument(0)));

    assertThat(RefusalTemplates.all(words))
        .hasSize(6)
        .allSatisfy(
            template -> {
              assertThat(template.title()).isNotBlank();
              assertThat(template.text()).isNotBlank().hasSizeLessThanOrEqualTo(500);
              assertThat(RefusalTemplates.reason("", template.name(), words))
                  .isEqualTo(template.text());
            });
    assertThat(RefusalTemplates.reason("eigene Worte", "unclear", words)).isEqualTo("eigene Worte");
    assertThat(RefusalTemplates.reason("", "unknown", words)).isEmpty();
  }

  private static Properties words(String bundle) throws Exception {
    var words = new Properties();
    try (var in = OfficerWordsTest.class.getResourceAsStream("/" + bundle + ".properties")) {
      words.load(new InputStreamReader(in, UTF_8));
    }
    return words;
  }
}
