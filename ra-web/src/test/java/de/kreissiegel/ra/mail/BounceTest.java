package de.kreissiegel.ra.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What comes back. */
class BounceTest {
  private static final String TOKEN = SampleLetters.TOKEN;

  /** As Postfix 3.7 writes it. */
  private static final String REPORT =
      """
      Return-Path: <>
      Delivered-To: bounces+%s@kreis.example
      From: MAILER-DAEMON@mail.kreis.example (Mail Delivery System)
      Subject: Undelivered Mail Returned to Sender
      To: bounces+%s@kreis.example
      Auto-Submitted: auto-replied
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status;
      \tboundary="B4A1.1795979482/mail.kreis.example"

      This is a MIME-encapsulated message.

      --B4A1.1795979482/mail.kreis.example
      Content-Description: Notification
      Content-Type: text/plain; charset=us-ascii

      I'm sorry to have to inform you that your message could not be delivered.

      --B4A1.1795979482/mail.kreis.example
      Content-Description: Delivery report
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mail.kreis.example
      X-Postfix-Queue-ID: B4A1

      Final-Recipient: rfc822; erika@stadt.example
      Original-Recipient: rfc822;erika@stadt.example
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 <erika@stadt.example>: Recipient address
          rejected: User unknown

      --B4A1.1795979482/mail.kreis.example
      Content-Description: Undelivered Message Headers
      Content-Type: text/rfc822-headers

      Subject: Noch 14 Tage

      --B4A1.1795979482/mail.kreis.example--
      """
          .formatted(TOKEN, TOKEN)
          .replace("\n", "\r\n");

  @Test
  void tellsWhichLetterFailedAndWhy() {
    assertThat(read(REPORT))
        .contains(
            new Bounce(
                TOKEN,
                "5.1.1 smtp; 550 5.1.1 <erika@stadt.example>: Recipient address rejected: User"
                    + " unknown"));
  }

  @Test
  void isNoneWhereItOnlyTakesLongerOrIsAnotherMail() {
    assertThat(read(REPORT.replace("Action: failed", "Action: delayed"))).isEmpty();
    assertThat(read(REPORT.replace("Status: 5.1.1", "Status: 4.4.1"))).isEmpty();
    assertThat(read(REPORT.replace(TOKEN, "short"))).isEmpty();
    assertThat(read(REPORT.replace("multipart/report", "multipart/mixed"))).isEmpty();
    assertThat(read("Subject: Hallo\r\n\r\nWie geht es?")).isEmpty();
    assertThat(read("")).isEmpty();
  }

  @Test
  void isReadWhateverSomebodyWrites() {
    long seed = new Random().nextLong();
    var chance = new Random(seed);
    byte[] report = REPORT.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < 600; i++) {
      byte[] octets = report.clone();
      for (int change = chance.nextInt(12); change >= 0; change--) {
        octets[chance.nextInt(octets.length)] = (byte) chance.nextInt(256);
      }
      byte[] cut = java.util.Arrays.copyOf(octets, chance.nextInt(octets.length + 1));
      assertThatCode(
              () ->
                  Bounce.read(cut)
                      .ifPresent(
                          bounce -> {
                            assertThat(bounce.token()).matches("[0-9a-f]{32}");
                            assertThat(bounce.said()).doesNotContain("\n", "\r");
                          }))
          .as("seed %d, round %d", seed, i)
          .doesNotThrowAnyException();
    }
  }

  @Test
  void isTakenOutOfTheMailboxAndOtherMailIsLeftToPeople() throws Exception {
    var server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_IMAP));
    server.start();
    try {
      var user = server.setUser("bounces@kreis.example", "bounces", "secret");
      for (String mail :
          List.of(REPORT, "Subject: Abwesend\r\n\r\nbis Montag", REPORT + "x".repeat(400_000))) {
        user.deliver(
            new MimeMessage(
                Session.getInstance(new Properties()),
                new ByteArrayInputStream(mail.getBytes(StandardCharsets.ISO_8859_1))));
      }
      var heard = new ArrayList<String>();
      var mailbox =
          new BounceMailbox(
              new SmtpServer(
                  "localhost",
                  server.getImap().getPort(),
                  SmtpServer.Encryption.NONE,
                  List.of(),
                  Optional.of(new SmtpServer.Login("bounces", "secret")),
                  Duration.ofSeconds(10)));
      mailbox.read((token, said) -> heard.add(token));
      mailbox.read((token, said) -> heard.add(token));

      assertThat(heard).as("also of a long one").containsExactly(TOKEN, TOKEN);
      assertThat(server.getManagers().getImapHostManager().getInbox(user).getMessages()).hasSize(1);
    } finally {
      server.stop();
    }
  }

  private static Optional<Bounce> read(String mail) {
    return Bounce.read(mail.getBytes(StandardCharsets.ISO_8859_1));
  }
}
