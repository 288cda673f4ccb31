package de.kreissiegel.ra.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import de.kreissiegel.ca.letter.Courier;
import de.kreissiegel.ca.letter.LetterKind;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.mail.SmtpServer.Encryption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of letters at a server. */
class SmtpCourierTest {
  @Test
  void handsALetterOver() throws Exception {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    server.start();
    try {
      courier(server.getSmtp().getPort(), Encryption.NONE)
          .send(SampleLetters.of(LetterKind.REMINDER));

      assertThat(server.getReceivedMessages())
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.getSubject()).startsWith("Noch 14 Tage");
                assertThat(mail.getHeader("Return-Path"))
                    .containsExactly("<bounces+" + SampleLetters.TOKEN + "@kreis.example>");
              });
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 no such user, true",
    "RCPT, 451 4.7.1 greylisted, false",
    "., 554 5.7.1 looks like spam, true",
    "., 452 4.3.1 no room, false"
  })
  void tellsALetterThatWasNotTaken(String command, String answer, boolean permanent)
      throws Exception {
    try (var server = new ScriptedServer(Map.of(command, answer))) {
      var refusal =
          catchThrowableOfType(
              Courier.NotTaken.class,
              () ->
                  courier(server.port(), Encryption.NONE).send(SampleLetters.of(LetterKind.READY)));

      assertThat(refusal.isPermanent()).isEqualTo(permanent);
      assertThat(refusal).hasMessageContaining(answer.substring(4));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "hello, 554 go away",
    "hello, 421 too busy",
    "MAIL, 553 not from you",
    "MAIL, 451 later",
  })
  void tellsThatTheServerIsAway(String command, String answer) throws Exception {
    try (var server = new ScriptedServer(Map.of(command, answer))) {
      assertThatThrownBy(
              () ->
                  courier(server.port(), Encryption.NONE).send(SampleLetters.of(LetterKind.READY)))
          .isInstanceOf(Courier.Away.class);
    }
  }

  @Test
  void sendsNothingInTheOpenWhereTlsIsAskedFor() throws Exception {
    try (var server = new ScriptedServer(Map.of())) {
      assertThatThrownBy(
              () ->
                  courier(server.port(), Encryption.STARTTLS)
                      .send(SampleLetters.of(LetterKind.READY)))
          .isInstanceOf(Courier.Away.class)
          .hasMessageContaining("STARTTLS");
    }
    assertThatThrownBy(
            () ->
                new SmtpServer(
                    "mail.kreis.example",
                    25,
                    Encryption.NONE,
                    List.of(),
                    Optional.empty(),
                    Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sendsNothingUnsignedWhereThereIsNoCertificate() throws Exception {
    MailSigner signer =
        _ -> {
          throw new Refused(RefusalReason.SIGNER_UNAVAILABLE, "the vault does not answer");
        };
    var courier =
        new SmtpCourier(
            server(1, Encryption.NONE),
            SampleLetters.SETTINGS,
            SampleLetters.words(null),
            Optional.of(signer),
            Clock.systemUTC());

    assertThatThrownBy(() -> courier.send(SampleLetters.of(LetterKind.READY)))
        .isInstanceOf(Courier.Away.class)
        .hasMessageContaining("can't be signed");
  }

  @Test
  void neverTriesAnAddressThatIsNone() throws Exception {
    var refusal =
        catchThrowableOfType(
            Courier.NotTaken.class,
            () ->
                courier(1, Encryption.NONE)
                    .send(SampleLetters.to(LetterKind.READY, "a@x.example, b@x.example", "E")));

    assertThat(refusal.isPermanent()).isTrue();
  }

  private static SmtpCourier courier(int port, Encryption encryption) throws Exception {
    return new SmtpCourier(
        server(port, encryption),
        SampleLetters.SETTINGS,
        SampleLetters.words(null),
        Optional.empty(),
        Clock.systemUTC());
  }

  private static SmtpServer server(int port, Encryption encryption) {
    return new SmtpServer(
        "localhost", port, encryption, List.of(), Optional.empty(), Duration.ofSeconds(5));
  }
}
