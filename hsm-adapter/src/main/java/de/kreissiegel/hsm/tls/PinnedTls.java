package de.kreissiegel.hsm.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** One side of TLS 1.3 (RFC 8446), client or server, where both sides pin the other's. */
public final class PinnedTls {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final String[] SUITES = {
    "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"
  };

  private final SSLContext context;
  private final PinnedCertificates pins;

  private PinnedTls(SSLContext context, PinnedCertificates pins) {
    this.context = context;
    this.pins = pins;
  }

  /**
   * Reads this side's key.
   *
   * @param keystore PKCS#12 with one private key and its certificate
   * @param passwordFile holds its password in the first line
   * @param fingerprints of the certificates that the other side may show: SHA-256 in hexadecimal,
   *     colons and case as you like
   * @param clock says whether a certificate has expired
   * @throws IOException if a file can't be read, isn't what it should be, or the password is wrong
   * @throws IllegalArgumentException if a fingerprint isn't one, or there is none
   */
  public static PinnedTls load(
      Path keystore, Path passwordFile, Set<String> fingerprints, Clock clock) throws IOException {
    PinnedCertificates pins = new PinnedCertificates(fingerprints, clock);
    char[] password = firstLine(passwordFile);
    try (InputStream file = Files.newInputStream(keystore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, password);
      if (keysIn(store) != 1) {
        throw new IOException(
            "the keystore %s holds %d private keys; one is needed"
                .formatted(keystore, keysIn(store)));
      }
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, password);
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keys.getKeyManagers(), new TrustManager[] {pins}, null);
      return new PinnedTls(context, pins);
    } catch (GeneralSecurityException unusable) {
      throw new IOException(
          "the keystore %s can't be used: %s".formatted(keystore, unusable.getMessage()), unusable);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  /** Shakes hands as the server. Closing the socket ends it from any thread. */
  public ByteChannel accept(Socket socket) throws IOException {
    return handshake(socket, false);
  }

  /** Shakes hands as the client on a socket that is connected. */
  public ByteChannel connect(Socket socket) throws IOException {
    return handshake(socket, true);
  }

  private ByteChannel handshake(Socket socket, boolean asClient) throws IOException {
    socket.setTcpNoDelay(true);
    SSLSocket secure =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(
                    socket, socket.getInetAddress().getHostAddress(), socket.getPort(), true);
    secure.setUseClientMode(asClient);
    SSLParameters parameters = new SSLParameters(SUITES, PROTOCOLS);
    parameters.setNeedClientAuth(true);
    secure.setSSLParameters(parameters);
    secure.startHandshake();
    // A session that is resumed shows no certificate again: it is looked at here, always.
    pins.check(secure.getSession());
    return new SecureChannel(secure, socket);
  }

  private static long keysIn(KeyStore store) throws GeneralSecurityException {
    long count = 0;
    List<String> names = Collections.list(store.aliases());
    for (String name : names) {
      count += store.isKeyEntry(name) ? 1 : 0;
    }
    return count;
  }

  private static char[] firstLine(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .orElseThrow(() -> new IOException("the password file " + file + " is empty"))
        .toCharArray();
  }
}
