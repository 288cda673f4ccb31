package de.kreissiegel.ra.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialLetterTest {
  private static final TrialLetter LETTER =
      new TrialLetter(
          "pki@kreis.example", "Landkreis Haßberge", "betrieb@kreis.example", "Probe", "Grüße");

  private static SmtpServer server(int port) {
    return new SmtpServer(
        "127.0.0.1",
        port,
        SmtpServer.Encryption.NONE,
        List.of(),
        Optional.empty(),
        Duration.ofSeconds(5));
  }

  @Test
  void arrivesWithItsUmlauts() throws Exception {
    var smtp = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    smtp.start();
    try {
      assertThat(LETTER.send(server(smtp.getSmtp().getPort()), Instant.EPOCH)).isEmpty();
      var received = smtp.getReceivedMessages()[0];
      assertThat(received.getFrom()[0].toString()).contains("pki@kreis.example");
      assertThat(received.getContent().toString()).contains("Grüße");
    } finally {
      smtp.stop();
    }
  }

  @Test
  void saysWhatTheServerHasAgainstIt() throws Exception {
    try (var refusing = new ScriptedServer(Map.of("RCPT", "550 5.1.1 no such user"))) {
      assertThat(LETTER.send(server(refusing.port()), Instant.EPOCH).orElseThrow())
          .contains("no such user")
          .doesNotContain("\n");
    }
    assertThat(LETTER.send(server(1), Instant.EPOCH)).isPresent();
  }
}
