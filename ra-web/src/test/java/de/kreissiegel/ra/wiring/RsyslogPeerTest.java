package de.kreissiegel.ra.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.audit.ChainHead;
import de.kreissiegel.ca.audit.WrittenEvent;
import de.kreissiegel.ca.relay.AuditRelay;
import de.kreissiegel.ca.relay.RelayBook;
import de.kreissiegel.ca.relay.SyslogHost;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Output;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** rsyslog takes the audit trail over TLS, through what the configuration says. */
@AgainstPeer({Peer.RSYSLOG, Peer.OPENSSL})
class RsyslogPeerTest {
  @TempDir Path folder;

  private int port;
  private Process rsyslog;

  private void start(PeerSession daemon, PeerSession openssl) throws Exception {
    Output made =
        openssl.run(
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            file("key.pem"),
            "-out",
            file("cert.pem"),
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost");
    assertThat(folder.resolve("cert.pem")).as(made.text()).exists();
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("rsyslog.conf"),
        """
        global(workDirectory="%1$s" defaultNetstreamDriverCAFile="%1$s/cert.pem"
          defaultNetstreamDriverCertFile="%1$s/cert.pem"
          defaultNetstreamDriverKeyFile="%1$s/key.pem")
        module(load="imtcp" streamDriver.name="gtls" streamDriver.mode="1"
          streamDriver.authMode="anon")
        input(type="imtcp" port="%2$d" address="127.0.0.1")
        template(name="raw" type="string" string="%%rawmsg%%\\n")
        action(type="omfile" file="%1$s/out.log" template="raw")
        """
            .formatted(folder, port));
    rsyslog =
        new ProcessBuilder(
                daemon.executable().toString(), "-n", "-f", file("rsyslog.conf"), "-i", file("pid"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("rsyslog.out").toFile())
            .start();
    awaitPort();
  }

  @AfterEach
  void stop() throws Exception {
    rsyslog.destroy();
    rsyslog.waitFor();
  }

  @Test
  void takesEachEventInItsOrder(
      @AgainstPeer(Peer.RSYSLOG) PeerSession daemon, @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    start(daemon, openssl);
    Output checked =
        openssl.run("x509", "-in", file("cert.pem"), "-noout", "-checkhost", "localhost");
    openssl.sees(
        "the host's name in its certificate",
        () -> assertThat(checked.text()).contains("does match"));
    var book = new ShortBook(300);
    SyslogHost host =
        Syslog.of(
                new Installation.Syslog(
                    "localhost",
                    port,
                    folder.resolve("cert.pem"),
                    null,
                    null,
                    Duration.ofSeconds(30)))
            .orElseThrow();
    var relay = new AuditRelay(book, host, "node-1", Clock.systemUTC());

    assertThat(relay.work()).as(String.valueOf(relay.state())).isEqualTo(300);

    daemon.sees(
        "all events, in order, each once",
        () ->
            assertThat(lines())
                .map(line -> line.replaceAll(".* sequence=\"(\\d+)\".*", "$1"))
                .isEqualTo(book.events.stream().map(e -> "" + e.sequence()).toList()));
    daemon.sees("nobody's name", () -> assertThat(lines()).noneMatch(l -> l.contains("Erika")));
  }

  /** What it has read is on its disk a moment later. */
  private List<String> lines() throws Exception {
    Path log = folder.resolve("out.log");
    for (int i = 0;
        i < 100 && (Files.notExists(log) || Files.readAllLines(log).size() < 300);
        i++) {
      Thread.sleep(100);
    }
    return Files.readAllLines(log);
  }

  private void awaitPort() throws Exception {
    for (int i = 0; i < 300; i++) {
      try (var _ = new Socket("127.0.0.1", port)) {
        return;
      } catch (java.io.IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new AssertionError(Files.readString(folder.resolve("rsyslog.out")));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** One chain in memory. */
  private static final class ShortBook implements RelayBook {
    private final List<WrittenEvent> events = new ArrayList<>();
    private int passed;

    ShortBook(int count) {
      var head = ChainHead.ofEmpty("node-1");
      for (int i = 0; i < count; i++) {
        WrittenEvent next =
            head.next(
                Instant.now(),
                "person:1",
                "Erika",
                "test.done",
                Optional.empty(),
                "test:" + i,
                "of Erika",
                Bytes.of(new byte[32]));
        events.add(next);
        head = new ChainHead("node-1", next.sequence(), next.hash());
      }
    }

    @Override
    public List<String> chains() {
      return List.of("node-1");
    }

    @Override
    public <X extends Exception> int passOn(String chain, int most, Receiver<X> receiver) throws X {
      List<WrittenEvent> some = events.subList(passed, events.size());
      if (!some.isEmpty()) {
        receiver.take(some);
      }
      passed += some.size();
      return some.size();
    }

    @Override
    public Backlog backlog() {
      return new Backlog(events.size() - passed, Optional.empty());
    }
  }
}
