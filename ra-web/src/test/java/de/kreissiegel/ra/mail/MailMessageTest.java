package de.kreissiegel.ra.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.eclipse.angus.mail.smtp.SMTPMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a letter stands in a mail. */
class MailMessageTest {
  private static final Instant NOW = Instant.parse("2026-11-29T10:00:00Z");
  private static final MailText TEXT =
      new MailText("Grüße", "Zeile eins ä\nZeile zwei \n.\nFrom hier", "<p>Grüße</p>");

  private final Session session = Session.getInstance(new Properties());
  private final List<byte[]> signed = new ArrayList<>();

  @Test
  void saysFromWhomToWhomWhenAndThatNobodyNeedAnswer() throws Exception {
    SMTPMessage mail = mail("erika@stadt.example", TEXT);

    assertThat(mail.getHeader("From")).containsExactly("Kreissiegel <kreissiegel@kreis.example>");
    assertThat(mail.getHeader("To")).containsExactly("erika@stadt.example");
    assertThat(mail.getSubject()).isEqualTo("Grüße");
    assertThat(mail.getSentDate()).isEqualTo(java.util.Date.from(NOW));
    assertThat(mail.getMessageID()).isEqualTo("<" + SampleLetters.TOKEN + "@kreis.example>");
    assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    assertThat(mail.getHeader("MIME-Version")).containsExactly("1.0");
    assertThat(mail.getHeader("Content-Type")).hasSize(1);
    assertThat(mail.getEnvelopeFrom())
        .isEqualTo("bounces+" + SampleLetters.TOKEN + "@kreis.example");
  }

  @Test
  void signsExactlyTheOctetsThatAreSent() throws Exception {
    byte[] octets = octets(mail("erika@stadt.example", TEXT));
    String sent = new String(octets, StandardCharsets.ISO_8859_1);
    String content = new String(signed.getFirst(), StandardCharsets.ISO_8859_1);

    assertThat(sent).contains("multipart/signed; protocol=\"application/pkcs7-signature\"");
    String boundary = "\r\n--signed-" + SampleLetters.TOKEN;
    int begin = sent.indexOf(boundary + "\r\n") + boundary.length() + 2;
    assertThat(sent.substring(begin, sent.indexOf(boundary, begin))).isEqualTo(content);
    assertThat(content)
        .as("CRLF alone, and nothing but ASCII")
        .matches("(?s)([\\x20-\\x7e\\t]|\\r\\n)*");
    assertThat(content.lines()).as("no line ends in a blank").noneMatch(line -> line.endsWith(" "));
  }

  @Test
  void canBeReadAgainInBothForms() throws Exception {
    var read =
        new MimeMessage(session, new ByteArrayInputStream(octets(mail("e@x.example", TEXT))));
    var outer = (MimeMultipart) read.getContent();
    var both = (MimeMultipart) outer.getBodyPart(0).getContent();

    assertThat(outer.getCount()).isEqualTo(2);
    assertThat(both.getContentType()).startsWith("multipart/alternative");
    assertThat(both.getBodyPart(0).getContent())
        .isEqualTo("Zeile eins ä\r\nZeile zwei \r\n.\r\nFrom hier");
    assertThat(both.getBodyPart(1).getContent()).isEqualTo("<p>Grüße</p>");
  }

  @Test
  void keepsNamesWithLineEndsOutOfTheHeaders() throws Exception {
    for (String end : List.of("\r\n", "\n", "\r", "\r\n\r\n", "\u0085", "\u2028", "\0")) {
      var text =
          new MailText(
              "Für Erika" + end + "Bcc: all@x.example" + end + "X-Evil: 1", "t", "<p>h</p>");
      SMTPMessage mail = mail("erika@stadt.example", text);

      assertThat(mail.getHeader("Bcc")).isNull();
      assertThat(mail.getHeader("X-Evil")).isNull();
      assertThat(mail.getSubject()).startsWith("Für Erika").contains("Bcc: all@x.example");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "erika",
        "a@x.example, b@x.example",
        "a@x.example\r\nBcc: b@x.example",
        "Erika <a@x.example>",
        "group: a@x.example;",
        "a@x.example\n",
        "a b@x.example",
        "@x.example"
      })
  void sendsNothingToWhatIsNoAddress(String address) {
    assertThatThrownBy(() -> mail(address, TEXT)).isInstanceOf(MessagingException.class);
  }

  @Test
  void neverHasMoreHeadersWhateverTheWordsAre() throws Exception {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    List<String> usual = names(mail("e@x.example", TEXT));
    String letters = "aZ9 ä€\r\n\t:;<>@\"=?\u0000\u2028\ud83d\ude00";
    for (int i = 0; i < 300; i++) {
      var subject = new StringBuilder();
      for (int length = chance.nextInt(200); length >= 0; length--) {
        subject.append(letters.charAt(chance.nextInt(letters.length())));
      }
      String words = "x" + subject;
      assertThat(names(mail("e@x.example", new MailText(words, words, words))))
          .as("seed %d", seed)
          .isEqualTo(usual);
    }
  }

  private static List<String> names(SMTPMessage mail) throws Exception {
    var read =
        new MimeMessage(
            Session.getInstance(new Properties()), new ByteArrayInputStream(octets(mail)));
    return java.util.Collections.list(read.getAllHeaders()).stream()
        .map(jakarta.mail.Header::getName)
        .toList();
  }

  private SMTPMessage mail(String to, MailText text) throws Exception {
    MailSigner signer =
        content -> {
          signed.add(Arrays.copyOf(content, content.length));
          return new byte[] {1, 2, 3};
        };
    return new MailMessage(session, SampleLetters.SETTINGS, Optional.of(signer))
        .of(to, SampleLetters.TOKEN, text, NOW);
  }

  private static byte[] octets(SMTPMessage mail) throws Exception {
    var octets = new ByteArrayOutputStream();
    mail.writeTo(octets);
    return octets.toByteArray();
  }
}
