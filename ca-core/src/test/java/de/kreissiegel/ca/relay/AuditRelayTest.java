package de.kreissiegel.ca.relay;

import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcRelayBook;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditRelayTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final TlsIdentity IDENTITY = TlsIdentity.of("localhost");

  private LogHost host;
  private AuditRelay relay;

  @BeforeEach
  void start() throws Exception {
    ROOM.clear();
    host = new LogHost(IDENTITY, 0);
    relay = relayTo("localhost", IDENTITY.certificate());
  }

  @AfterEach
  void stop() throws Exception {
    host.close();
  }

  @Test
  void passesEachEventOnOnceInItsOrder() {
    append("node-1", 1, 5);

    assertThat(relay.work()).isEqualTo(5);
    assertThat(relay.work()).isZero();
    append("node-1", 6, 7);
    assertThat(relay.work()).isEqualTo(2);

    assertThat(numbers()).containsExactly(1, 2, 3, 4, 5, 6, 7);
    assertThat(relay.state().backlog().events()).isZero();
    assertThat(relay.state().outage()).isEmpty();
  }

  @Test
  void writesALineOfRfc5424ThatNamesNobody() {
    ROOM.database()
        .database()
        .inTransaction(
            tx -> {
              new JdbcAuditTrail("node-1", Bookroom.CLOCK, new SecureRandom())
                  .append(
                      tx,
                      Bookroom.officer(HASSFURT),
                      "request.approved",
                      Optional.of(HASSFURT),
                      "request:\"]\\",
                      "name=Erika Mustermann");
              return true;
            });

    relay.work();

    assertThat(host.lines()).hasSize(1);
    assertThat(host.lines().getFirst())
        .startsWith(
            "<109>1 2026-11-22T08:00:00.000000Z node-a kreissiegel - request.approved [event@32473"
                + " chain=\"node-1\" sequence=\"1\" actor=\"person:officer\""
                + " tenant=\"stadt-hassfurt.example\" object=\"request:\\\"\\]\\\\\" words=\"")
        .endsWith(ROOM.events().getFirst().hash().toHex() + "\"]")
        .doesNotContain("Erika", "Olaf");
  }

  @Test
  void losesNothingAndKeepsTheOrderWhereTheHostBreaksOff() {
    append("node-1", 1, 50);
    host.mood(LogHost.Mood.CUTS);
    assertThat(relay.work()).isZero();
    assertThat(relay.state().outage()).isPresent();
    assertThat(relay.state().backlog().events()).isEqualTo(50);

    host.mood(LogHost.Mood.GOOD);
    assertThat(relay.work()).isEqualTo(50);

    assertThat(numbers().subList(numbers().size() - 50, numbers().size()))
        .isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(relay.state().outage()).isEmpty();
  }

  @Test
  void takesSilenceForNoDelivery() {
    append("node-1", 1, 3);
    host.mood(LogHost.Mood.SILENT);

    assertThat(relay.work()).isZero();
    assertThat(relay.state().backlog().events()).isEqualTo(3);
    assertThat(relay.state().backlog().oldest()).contains(Bookroom.CLOCK.instant());
  }

  @Test
  void noticesAnOutageWithoutAnyEvent() throws Exception {
    host.close();

    relay.work();

    assertThat(relay.state().outage()).isPresent();
  }

  @Test
  void goesOnAfterARestartWhereItWas() throws Exception {
    append("node-1", 1, 3);
    relay.work();
    append("node-1", 4, 5);

    relayTo("localhost", IDENTITY.certificate()).work();

    assertThat(numbers()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void tellsNothingToAHostWithACertificateOfSomebodyElse() throws Exception {
    append("node-1", 1, 1);

    AuditRelay stranger = relayTo("localhost", TlsIdentity.of("localhost").certificate());

    assertThat(stranger.work()).isZero();
    assertThat(stranger.state().outage()).isPresent();
    assertThat(host.lines()).isEmpty();
  }

  @Test
  void tellsNothingToAHostOfAnotherName() throws Exception {
    append("node-1", 1, 1);

    AuditRelay other = relayTo("127.0.0.1", IDENTITY.certificate());

    assertThat(other.work()).isZero();
    assertThat(host.lines()).isEmpty();
  }

  @Test
  void passesOnTheChainsOfAllNodes() {
    append("node-1", 1, 2);
    append("node-2", 1, 2);

    assertThat(relay.work()).isEqualTo(4);
    assertThat(host.lines()).hasSize(4);
  }

  private AuditRelay relayTo(String name, X509Certificate anchor) throws Exception {
    return new AuditRelay(
        new JdbcRelayBook(ROOM.database().database(), "syslog"),
        new SyslogHost(name, host.port(), List.of(anchor), Optional.empty(), Duration.ofSeconds(2)),
        "node-a",
        Bookroom.CLOCK);
  }

  private List<Integer> numbers() {
    return host.lines().stream()
        .map(line -> Integer.valueOf(line.replaceAll(".* sequence=\"(\\d+)\".*", "$1")))
        .toList();
  }

  private static void append(String chain, int first, int last) {
    for (int i = first; i <= last; i++) {
      ROOM.database()
          .database()
          .inTransaction(
              tx -> {
                new JdbcAuditTrail(chain, Bookroom.CLOCK, new SecureRandom())
                    .append(
                        tx, new Actor.Component("test"), "test.done", Optional.empty(), "test", "");
                return true;
              });
    }
  }
}
