package de.kreissiegel.ra.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerReportTest {
  @TempDir Path folder;

  @Test
  void listsEachPeerWithItsVersionAndItsAssertions() throws Exception {
    Path file = folder.resolve("report.txt");
    PeerReport report = new PeerReport(file);
    report.found(Peer.OPENSSL, "OpenSSL 9.9");
    report.count(Peer.OPENSSL, 2);
    report.count(Peer.OPENSSL, 3);
    report.missing(Peer.SLAPD);

    report.close();

    assertThat(Files.readAllLines(file))
        .satisfiesExactly(
            line -> assertThat(line).contains("openssl").contains("5 ").contains("OpenSSL 9.9"),
            line -> assertThat(line).contains("slapd").contains("0 ").contains("SKIPPED"));
  }

  @Test
  void failsWhenAPeerThatIsThereWasNotHeardOnce() {
    PeerReport report = new PeerReport(folder.resolve("report.txt"));
    report.found(Peer.OPENSSL, "OpenSSL 9.9");

    assertThatThrownBy(report::close).hasMessageContaining("openssl");
  }

  @Test
  void countsOnlyWhatHolds() {
    PeerSession session = new PeerSession(Peer.OPENSSL, Path.of("/nowhere/openssl"));
    session.sees("truth", () -> assertThat(true).isTrue());
    assertThatThrownBy(() -> session.sees("falsehood", () -> assertThat(true).isFalse()))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("falsehood");

    assertThat(session.assertions()).isEqualTo(1);
  }
}
