package de.kreissiegel.ra.pages.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Lines, folds and escapes of a calendar, read again by RFC 5545's own words. */
class CalendarTextTest {
  private static final List<String> PIECES =
      List.of(
          "a", "Z", " ", ",", ";", ":", "\\", "\\n", "\n", "\"", "ä", "ß", "€", "😀", "\t", "é");

  @Test
  void saysTheSameAfterUnfoldingAndNoLineIsLongerThan75Octets() {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      var words = new StringBuilder();
      int length = chance.nextInt(300);
      for (int i = 0; i < length; i++) {
        words.append(PIECES.get(chance.nextInt(PIECES.size())));
      }
      var file = new CalendarText();
      file.text("SUMMARY", words.toString());

      byte[] octets = file.toString().getBytes(StandardCharsets.UTF_8);
      assertThat(lines(octets))
          .as("seed %d, round %d", seed, round)
          .allSatisfy(
              line -> {
                assertThat(line).hasSizeLessThanOrEqualTo(75);
                // A line by itself is UTF-8: no character was cut.
                assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("\uFFFD");
              });
      String unfolded = new String(octets, StandardCharsets.UTF_8).replace("\r\n ", "");
      assertThat(unfolded).startsWith("SUMMARY:").endsWith("\r\n");
      assertThat(unescaped(unfolded.substring(8, unfolded.length() - 2)))
          .as("seed %d, round %d", seed, round)
          .isEqualTo(words.toString());
    }
  }

  @Test
  void fillsALineToItsLastOctet() {
    var file = new CalendarText();
    file.text("X", "a".repeat(73) + "b" + "c".repeat(73) + "d");
    assertThat(file).hasToString("X:" + "a".repeat(73) + "\r\n b" + "c".repeat(73) + "\r\n d\r\n");
  }

  @Test
  void writesDaysAndMomentsInFormsOfTheStandard() {
    var file = new CalendarText();
    file.day("DTSTART", LocalDate.of(2026, 3, 29));
    file.moment("DTSTAMP", Instant.parse("2026-03-29T01:02:03.987Z"));
    assertThat(file).hasToString("DTSTART;VALUE=DATE:20260329\r\nDTSTAMP:20260329T010203Z\r\n");
  }

  @Test
  void letsNobodyAddAPropertyByABreakInWords() {
    var file = new CalendarText();
    file.text("SUMMARY", "one\r\nURL:https://elsewhere.example\rtwo\u0000\u0007");
    assertThat(file).hasToString("SUMMARY:one\\nURL:https://elsewhere.example\\ntwo\r\n");
  }

  /** Whoever brings rules of their own brings them to the whole process. */
  @Test
  void nothingOnTheClassPathBringsTimeZonesOfItsOwn() {
    assertThat(ServiceLoader.load(ZoneRulesProvider.class)).isEmpty();
    assertThat(ZoneId.getAvailableZoneIds()).noneMatch(one -> one.contains("ical4j"));
  }

  private static List<byte[]> lines(byte[] octets) {
    var lines = new ArrayList<byte[]>();
    int begin = 0;
    for (int i = 0; i + 1 < octets.length; i++) {
      if (octets[i] == '\r' && octets[i + 1] == '\n') {
        lines.add(java.util.Arrays.copyOfRange(octets, begin, i));
        begin = i + 2;
      }
    }
    return lines;
  }

  private static String unescaped(String value) {
    var words = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char one = value.charAt(i);
      if (one == '\\') {
        char next = value.charAt(++i);
        words.append(next == 'n' || next == 'N' ? '\n' : next);
      } else {
        words.append(one);
      }
    }
    return words.toString();
  }
}
