package de.kreissiegel.ca.hotline;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneCodeTest {
  private static final int CODES = 200;

  private final SecureRandom random = new SecureRandom();

  @Test
  void isFourGroupsOfFourWithoutCharactersThatLookAlike() {
    assertThat(PhoneCode.random(random).inGroups())
        .matches("[2-9FHJMRUWXY]{4}( [2-9FHJMRUWXY]{4}){3}");
  }

  @Test
  void hasMoreThanSixtyRandomBits() {
    double bits = (PhoneCode.LENGTH - 1) * Math.log(PhoneCode.ALPHABET.length()) / Math.log(2);

    assertThat(bits).isGreaterThan(60);
    assertThat(PhoneCode.ALPHABET.chars().distinct().count())
        .isEqualTo(PhoneCode.ALPHABET.length());
  }

  @Test
  void isAnotherOneEachTimeAndUsesEachCharacterInEachPlace() {
    var codes = new HashSet<String>();
    var seen = new HashSet<String>();
    for (int i = 0; i < 2000; i++) {
      String code = plain(PhoneCode.random(random));
      codes.add(code);
      for (int place = 0; place < code.length(); place++) {
        seen.add(place + ":" + code.charAt(place));
      }
    }

    assertThat(codes).hasSize(2000);
    assertThat(seen).hasSize(PhoneCode.LENGTH * PhoneCode.ALPHABET.length());
  }

  @Test
  void isReadAsPeopleWriteIt() {
    PhoneCode code = PhoneCode.random(random);
    String written = code.inGroups();

    for (String form :
        new String[] {
          written,
          written.replace(" ", ""),
          written.replace(' ', '-'),
          " " + written.toLowerCase(java.util.Locale.ROOT) + "\t",
          written.replace(' ', '\u00a0')
        }) {
      assertThat(PhoneCode.read(form)).as(form).contains(code);
    }
  }

  @Test
  void everySingleWrongCharacterIsNoticed() {
    for (int i = 0; i < CODES; i++) {
      String code = plain(PhoneCode.random(random));
      for (int place = 0; place < code.length(); place++) {
        for (char other : PhoneCode.ALPHABET.toCharArray()) {
          if (other != code.charAt(place)) {
            String wrong = code.substring(0, place) + other + code.substring(place + 1);
            assertThat(PhoneCode.read(wrong)).as("%s for %s", wrong, code).isEmpty();
          }
        }
      }
    }
  }

  @Test
  void everySwapOfTwoCharactersIsNoticed() {
    for (int i = 0; i < CODES; i++) {
      String code = plain(PhoneCode.random(random));
      for (int one = 0; one < code.length(); one++) {
        for (int other = one + 1; other < code.length(); other++) {
          if (code.charAt(one) != code.charAt(other)) {
            var swapped = new StringBuilder(code);
            swapped.setCharAt(one, code.charAt(other));
            swapped.setCharAt(other, code.charAt(one));
            assertThat(PhoneCode.read(swapped.toString())).as("%s for %s", swapped, code).isEmpty();
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "2222",
        "2222 2222 2222 222",
        "2222 2222 2222 2222 2",
        "0000 0000 0000 0000",
        "IIII OOOO 1111 0000",
        "ſſſſ ſſſſ ſſſſ ſſſſ",
        "２２２２ ２２２２ ２２２２ ２２２２"
      })
  void whatCannotBeOneIsNoCode(String typed) {
    assertThat(PhoneCode.read(typed)).isEmpty();
  }

  @Test
  void readsNoMoreThanPeopleType() {
    String code = PhoneCode.random(random).inGroups();

    assertThat(PhoneCode.read(code + " ".repeat(64 - code.length()))).isPresent();
    assertThat(PhoneCode.read(code + " ".repeat(65 - code.length()))).isEmpty();
  }

  @Test
  void doesNotTellItselfToALog() {
    PhoneCode code = PhoneCode.random(random);

    assertThat(String.valueOf(code)).doesNotContain(plain(code), code.inGroups());
  }

  private static String plain(PhoneCode code) {
    return code.inGroups().replace(" ", "");
  }
}
