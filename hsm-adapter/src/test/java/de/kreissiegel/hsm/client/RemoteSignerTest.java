package de.kreissiegel.hsm.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.process.SignerChild;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SignerContract;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.TestVault;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract over the socket, against a real child process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteSignerTest extends SignerContract {
  private Path temporary;
  private Path socket;
  private SignerChild child;
  private RemoteSigner signer;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    temporary = directory;
    TestVault.create(temporary.resolve("vault")).close();
    socket = temporary.resolve("run/signer.sock");
    child = SignerChild.start(temporary.resolve("vault"), socket);
    signer = new RemoteSigner(socket, Duration.ofSeconds(20));
  }

  @AfterAll
  void stop() throws Exception {
    signer.close();
    child.close();
  }

  @Override
  protected Signer signer() {
    return signer;
  }

  @Test
  void saysThatTheSignerIsNotRunning() {
    try (RemoteSigner nobody =
        new RemoteSigner(temporary.resolve("none.sock"), Duration.ofSeconds(5))) {
      assertThatThrownBy(nobody::keys)
          .isInstanceOf(SigningUnavailable.class)
          .hasMessageContaining("not running");
    }
  }

  @Test
  void givesUpOnASignerThatDoesNotAnswer() throws Exception {
    Path silent = temporary.resolve("silent.sock");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        RemoteSigner client = new RemoteSigner(silent, Duration.ofMillis(200))) {
      server.bind(UnixDomainSocketAddress.of(silent));
      assertThatThrownBy(client::keys)
          .isInstanceOf(SigningUnavailable.class)
          .hasMessageContaining("didn't answer within 200 ms");
    }
  }

  @Test
  void findsASignerThatWasKilledAndStartedAgain() throws Exception {
    assertThat(signer.keys()).isNotEmpty();
    child.kill();
    assertThatThrownBy(signer::keys).isInstanceOf(SigningUnavailable.class);
    child = SignerChild.start(temporary.resolve("vault"), socket);
    assertThat(signer.keys()).isNotEmpty();
  }

  @Test
  void isOfNoUseOnceClosed() {
    RemoteSigner closed = new RemoteSigner(socket, Duration.ofSeconds(5));
    closed.close();
    assertThatThrownBy(closed::keys).isInstanceOf(SigningUnavailable.class);
  }

  @Test
  void tellsTheVaultsHealthAndItsCheckpoint() throws Exception {
    assertThat(signer.health().good()).isTrue();
    assertThat(signer.checkpoint().note()).isNotEmpty();
  }
}
