package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PersonNameTest {
  @Test
  void leavesNamesThatFit() {
    assertThat(person("Dr. Jürgen Groß", "Jürgen", "Groß")).isEqualTo("Dr. Jürgen Groß");
  }

  @Test
  void dropsTitlesFirstThenShortensGivenNamesFromTheLastOn() {
    String surname = "von der Heydenreich-Schmalfußleutheusser";
    assertThat(person("Prof. Dr. Dr. h. c. Anna-Lena Marie " + surname, "Anna-Lena Marie", surname))
        .isEqualTo("Anna-Lena Marie " + surname);
    assertThat(
            person(
                "Anna-Lena Marie-Luise Friederike Karoline " + surname,
                "Anna-Lena Marie-Luise Friederike Karoline",
                surname))
        .isEqualTo("Anna-Lena M.-L. F. K. " + surname);
  }

  @Test
  void marksGroupsSoThatNobodyTakesThemForAPerson() {
    assertThat(PersonName.commonName(subject(SubjectKind.FUNCTION, "Bauamt", "", "")))
        .isEqualTo("GRP: Bauamt");
    assertThat(PersonName.commonName(subject(SubjectKind.FUNCTION, "GRP: Bauamt", "", "")))
        .isEqualTo("GRP: Bauamt");
  }

  @Test
  void givesNamesakesDifferentNumbersAndTheSamePersonTheSame() {
    assertThat(SubjectNames.distinction(new SubjectId("a")))
        .isEqualTo(SubjectNames.distinction(new SubjectId("a")))
        .isNotEqualTo(SubjectNames.distinction(new SubjectId("b")));
  }

  @Test
  void keepsTheBoundAndWholeCharactersWhateverTheName() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      String given = words(random, 1 + random.nextInt(4));
      String surname = words(random, 1 + random.nextInt(3));
      SubjectKind kind = SubjectKind.values()[random.nextInt(4)];
      String name =
          PersonName.commonName(subject(kind, "Dr. " + given + " " + surname, given, surname));
      assertThat(name.codePointCount(0, name.length()))
          .as("seed " + seed)
          .isBetween(1, PersonName.LONGEST);
      assertThat(new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .as("seed " + seed)
          .isEqualTo(name);
      assertThat(name).as("seed " + seed).isEqualTo(name.strip());
    }
  }

  private static String words(Random random, int count) {
    var text = new StringBuilder();
    for (int word = 0; word < count; word++) {
      text.append(word == 0 ? "" : random.nextBoolean() ? " " : "-");
      for (int letter = random.nextInt(24); letter >= 0; letter--) {
        text.appendCodePoint(
            switch (random.nextInt(8)) {
              case 0 -> 0x1F600 + random.nextInt(60);
              case 1 -> 'ß';
              case 2 -> 0x0308; // a combining diaeresis
              case 3 -> 0xD800 + random.nextInt(0x800);
              default -> 'a' + random.nextInt(26);
            });
      }
    }
    return text.toString();
  }

  private static String person(String name, String given, String surname) {
    return PersonName.commonName(subject(SubjectKind.PERSON, name, given, surname));
  }

  private static Subject subject(SubjectKind kind, String name, String given, String surname) {
    return new Subject(
        new SubjectId("x"),
        kind,
        House.TOWN,
        Set.of(House.TOWN),
        name,
        Optional.empty(),
        Optional.of(given).filter(text -> !text.isEmpty()),
        Optional.of(surname).filter(text -> !text.isEmpty()),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        true,
        "",
        Set.of());
  }
}
