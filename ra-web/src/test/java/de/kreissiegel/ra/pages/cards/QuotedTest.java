package de.kreissiegel.ra.pages.cards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotedTest {
  private static final List<String> NASTY =
      List.of(
          "'",
          "''",
          "\\",
          "\"",
          "$(id)",
          "${HOME}",
          "`id`",
          ";",
          "&&",
          "|",
          ">",
          "*",
          "~",
          "!",
          "%n",
          "@{words.tools}",
          "\n",
          "\r\n",
          "\0",
          "\u0085",
          "\u2028",
          "‘",
          "’",
          "‚",
          "‛",
          "“",
          "ä",
          "ß",
          "😀",
          "\ud800",
          " ",
          "-e",
          "END",
          "#",
          "$0",
          "\\1");

  @Test
  void aShellReadsBackWhatItWasGiven() throws Exception {
    long seed = new Random().nextLong();
    List<String> values = values(seed, 2000);
    var script = new StringBuilder();
    values.forEach(
        value -> script.append("printf '%s\\0' ").append(Quoted.shell(value)).append('\n'));

    var process = new ProcessBuilder("/bin/sh", "-s").redirectErrorStream(true).start();
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  try (var in = process.getOutputStream()) {
                    in.write(script.toString().getBytes(StandardCharsets.UTF_8));
                  } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                  }
                });
    String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    writer.join();

    assertThat(process.waitFor()).isZero();
    assertThat(List.of(read.split("\0", -1)).subList(0, values.size()))
        .as("seed %d", seed)
        .isEqualTo(values.stream().map(QuotedTest::plain).toList());
  }

  @Test
  void powerShellReadsBackWhatItWasGiven() {
    long seed = new Random().nextLong();
    for (String value : values(seed, 2000)) {
      assertThat(read(Quoted.powershell(value))).as("seed %d", seed).isEqualTo(plain(value));
    }
  }

  @Test
  void aValueStaysOnItsLine() {
    for (String value : NASTY) {
      assertThat(Quoted.shell(value)).doesNotContain("\n", "\r", "\0");
      assertThat(Quoted.powershell(value)).doesNotContain("\n", "\r", "\0", "\u2028");
    }
  }

  /** By about_Quoting_Rules: all these quotes begin and end a string, two of them are one. */
  private static String read(String literal) {
    assertThat(literal).startsWith("'").endsWith("'");
    var read = new StringBuilder();
    for (int at = 1; at < literal.length() - 1; at++) {
      char here = literal.charAt(at);
      if ("'‘’‚‛".indexOf(here) >= 0) {
        at++;
        assertThat(at).as("the string ends early: %s", literal).isLessThan(literal.length() - 1);
        assertThat("'‘’‚‛").contains(String.valueOf(literal.charAt(at)));
      }
      read.append(here);
    }
    return read.toString();
  }

  private static String plain(String value) {
    var plain = new StringBuilder();
    value
        .codePoints()
        .forEach(
            one -> {
              if (Character.isISOControl(one) || one == 0x2028 || one == 0x2029) {
                plain.append(' ');
              } else if (Character.getType(one) == Character.SURROGATE) {
                plain.append('\ufffd');
              } else {
                plain.appendCodePoint(one);
              }
            });
    return plain.toString();
  }

  private static List<String> values(long seed, int count) {
    var random = new Random(seed);
    var values = new ArrayList<String>();
    for (int at = 0; at < count; at++) {
      var value = new StringBuilder();
      for (int parts = random.nextInt(6); parts >= 0; parts--) {
        value.append(NASTY.get(random.nextInt(NASTY.size())));
      }
      values.add(value.toString());
    }
    return values;
  }
}
