package de.kreissiegel.ca.lint;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameLooksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Poststelle",
        "Amt für Brand- und Katastrophenschutz",
        "Bürgermeister",
        "Zentrale Vergabestelle",
        "Max-Planck-Gymnasium Sekretariat",
        "Stadtkasse Haßfurt",
        "Soziale Dienste",
        "Kita Sonnenschein",
        "Freiwillige Feuerwehr"
      })
  void takesNoOfficeForAPerson(String name) {
    assertThat(NameLooks.likePerson(name)).isFalse();
    assertThat(NameLooks.likeHost(name)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Anna Amsel",
        "Dr. Anna Amsel",
        "Peter Neumann",
        "Grpić Ana",
        "Pnina Levi",
        "Gerd Rudolf Peters",
        "Αννα Αμσελ",
        "Анна Амсель",
        "Łukasz Żółć",
        "Nguyễn Văn An"
      })
  void takesNoPersonForAMark(String name) {
    assertThat(NameLooks.looksMarked(name)).isFalse();
    assertThat(NameLooks.mixesScripts(name)).isFalse();
  }
}
