package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.client.SignerAddress;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.tls.PinnedTls;
import de.kreissiegel.hsm.tls.TestIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS 1.3 between two who pinned each other, and everybody else. */
class DistantSignerTest {
  private static final SignRequest REQUEST =
      new SignRequest(
          new UUID(1, 2),
          new KeyId("people"),
          SignedStructure.CERTIFICATE,
          Bytes.of(new byte[100_000]));

  @TempDir Path folder;
  private final EmptySigner signer = new EmptySigner();
  private TestIdentity server;
  private TestIdentity client;
  private SignerServer running;
  private int port;

  @BeforeEach
  void start() throws Exception {
    server = TestIdentity.make(folder, "server");
    client = TestIdentity.make(folder, "client");
    port = serve(server, Set.of(client.fingerprint()));
  }

  private int serve(TestIdentity identity, Set<String> allowed) throws IOException {
    var entrance =
        DistantEntrance.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            PinnedTls.load(
                identity.keystore(), identity.passwordFile(), allowed, Clock.systemUTC()));
    running = new SignerServer(List.of(entrance), Limits.USUAL, signer);
    running.start();
    return entrance.server().getLocalPort();
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private RemoteSigner remote(SignerAddress.TlsFiles files) throws IOException {
    URI address = URI.create("tls://127.0.0.1:" + port);
    return new RemoteSigner(
        SignerAddress.of(address, Optional.of(files), Clock.systemUTC()), Duration.ofSeconds(10));
  }

  @Test
  void signsForTheRightOne() throws Exception {
    try (RemoteSigner remote = remote(client.trusting(server))) {
      for (int i = 0; i < 20; i++) {
        assertThat(remote.sign(REQUEST)).isEqualTo(EmptySigner.ANSWER);
      }
    }
  }

  @Test
  void refusesAClientThatIsNotPinned() throws Exception {
    refused(TestIdentity.make(folder, "stranger").trusting(server));
  }

  @Test
  void refusesAClientWhoseCertificateHasExpired() throws Exception {
    running.close();
    TestIdentity late = TestIdentity.make(folder, "late", Instant.now().minusSeconds(60));
    port = serve(server, Set.of(late.fingerprint(), client.fingerprint()));
    refused(late.trusting(server));
  }

  @Test
  void doesNotTalkToAnotherServer() throws Exception {
    refused(client.trusting(TestIdentity.make(folder, "another")));
  }

  @Test
  void doesNotTalkToAServerWhoseCertificateHasExpired() throws Exception {
    running.close();
    TestIdentity late = TestIdentity.make(folder, "late", Instant.now().minusSeconds(60));
    port = serve(late, Set.of(client.fingerprint()));
    refused(client.trusting(late));
  }

  private void refused(SignerAddress.TlsFiles files) throws IOException {
    try (RemoteSigner remote = remote(files)) {
      assertThatThrownBy(() -> remote.sign(REQUEST))
          .isInstanceOfSatisfying(
              SigningUnavailable.class, never -> assertThat(never.isNeverAsked()).isTrue());
    }
    assertThat(signer.asked).hasValue(0);
  }

  @Test
  void speaksNoOlderTls() throws Exception {
    handshakeFails("TLSv1.2", true);
  }

  @Test
  void wantsACertificate() throws Exception {
    handshakeFails("TLSv1.3", false);
  }

  /** As a client that trusts everybody would do it. */
  private void handshakeFails(String protocol, boolean withCertificate) throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(client.store(), TestIdentity.PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance(protocol);
    context.init(
        withCertificate ? keys.getKeyManagers() : null,
        new TrustManager[] {new TrustsEverybody()},
        null);
    try (SSLSocket socket =
        (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.setEnabledProtocols(new String[] {protocol});
      assertThatThrownBy(
              () -> {
                socket.startHandshake();
                socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 48, 6, 2, 1, 0, 2, 1, 2});
                if (socket.getInputStream().read() < 0) {
                  throw new IOException("closed");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void answersNothingToPlainTcp() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(new byte[] {0, 0, 0, 8, 48, 6, 2, 1, 0, 2, 1, 2});
      byte[] said = socket.getInputStream().readAllBytes();
      // A TLS alert at most, never a frame of ours.
      assertThat(said.length == 0 || said[0] == 21).isTrue();
    }
    assertThat(signer.asked).hasValue(0);
  }

  @Test
  void saysWhatIsWrongWithItsFiles() throws Exception {
    assertThatThrownBy(
            () ->
                PinnedTls.load(
                    server.keystore(), server.passwordFile(), Set.of("abc"), Clock.systemUTC()))
        .hasMessageContaining("64 hexadecimal digits");
    assertThatThrownBy(
            () ->
                PinnedTls.load(
                    server.keystore(), server.passwordFile(), Set.of(), Clock.systemUTC()))
        .hasMessageContaining("nobody could connect");
    assertThatThrownBy(
            () ->
                PinnedTls.load(
                    server.passwordFile(),
                    server.passwordFile(),
                    Set.of(client.fingerprint()),
                    Clock.systemUTC()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(
            () -> SignerAddress.of(URI.create("http://x:1"), Optional.empty(), Clock.systemUTC()))
        .hasMessageContaining("unix:/path/to/socket or tls://host:port");
  }

  private static final class TrustsEverybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
