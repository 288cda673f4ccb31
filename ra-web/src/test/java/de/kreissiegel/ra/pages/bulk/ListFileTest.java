package de.kreissiegel.ra.pages.bulk;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import de.kreissiegel.ca.bulk.BulkEntry;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListFileTest {
  private static final String PEM =
      "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "who;tenant\nanna;stadt-a.example\nbert;\n",
        "\uFEFFWer;Verwaltung\r\nanna;Stadt-A.example\r\n\r\nbert;\r\n",
        "tenant,who\nstadt-a.example,anna\n\"\",\"bert\"",
        "who ; tenant\n anna ; stadt-a.example \n bert ; \n"
      })
  void readsWhatOfficeProgramsWrite(String text) throws Refused {
    assertThat(read(text))
        .extracting(BulkEntry::who, BulkEntry::tenant, BulkEntry::fault)
        .containsExactly(tuple("anna", "stadt-a.example", ""), tuple("bert", "", ""));
  }

  @Test
  void readsRequestsInPemAndBareBase64() throws Refused {
    List<BulkEntry> entries = read("who;csr\nphone-1;\"" + PEM + "\"\nphone-2;MAA=\n");

    assertThat(entries).allMatch(one -> one.csr().isPresent());
    assertThat(entries.getFirst().csr()).isEqualTo(entries.getLast().csr());
  }

  @Test
  void saysOfARowAloneWhatIsWrongWithIt() throws Refused {
    assertThat(read("who;csr\n;\nanna;x;y\n\"a\nb\";\n" + "x".repeat(256) + ";\nanna;no request\n"))
        .hasSize(5)
        .noneMatch(one -> one.fault().isEmpty())
        .noneMatch(one -> one.who().chars().anyMatch(Character::isISOControl))
        .allMatch(one -> one.who().length() <= BulkEntry.LONGEST);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna\nbert\n",
        "who;who\na;b\n",
        "who;wer\na;b\n",
        "who;password\na;b\n",
        "who;\na;b\n",
        "who;tenant\n\"never ends\n"
      })
  void refusesAFileThatIsNoList(String text) {
    refuses(text.getBytes(UTF_8));
  }

  @Test
  void refusesOtherEncodingsAndTooManyRows() {
    refuses("who\nMüller\n".getBytes(ISO_8859_1));
    refuses(("who\n" + "anna\n".repeat(2001)).getBytes(UTF_8));
  }

  /** Whatever comes is a list or a refusal. */
  @Test
  void endsInNoOtherWay() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    String alphabet = "who;tenant,csr\"\n\r\uFEFFä\u0000=@";
    for (int i = 0; i < 2000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "who;csr\n" : "");
      random
          .ints(random.nextInt(60), 0, alphabet.length())
          .forEach(at -> text.append(alphabet.charAt(at)));
      try {
        assertThat(read(text.toString())).as("seed %d: %s", seed, text).isNotNull();
      } catch (Refused refused) {
        assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_DATA_FORMAT);
      }
    }
  }

  private static List<BulkEntry> read(String text) throws Refused {
    return ListFile.read(text.getBytes(UTF_8));
  }

  private static void refuses(byte[] content) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> ListFile.read(content))
        .satisfies(
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.BAD_DATA_FORMAT));
  }
}
