package de.kreissiegel.ca.relay;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * The host that takes our lines (RFC 5425). Syslog has no receipts, so each delivery is a
 * connection of its own. It counts as delivered if our close_notify went out and the other side
 * then ends the TCP connection in order: one with unread octets would be reset. (rsyslog answers
 * without a close_notify of its own, so none is asked for.)
 */
public final class SyslogHost {
  private static final int CONNECT_MILLIS = 5_000;

  private final String name;
  private final int port;
  private final Duration patience;
  private final SSLContext tls;

  /**
   * @param name its name, as its certificate has it
   * @param port 6514 where nothing else was agreed (RFC 5425 §4.1)
   * @param anchors whose certificates are believed, and nobody else's
   * @param own our key and certificate, if the host asks for one
   * @param patience how long a delivery may take
   * @throws GeneralSecurityException if these can't be used for TLS
   */
  public SyslogHost(
      String name, int port, List<X509Certificate> anchors, Optional<OwnKey> own, Duration patience)
      throws GeneralSecurityException {
    this.name = name;
    this.port = port;
    this.patience = patience;
    this.tls = SSLContext.getInstance("TLS");
    tls.init(own.isPresent() ? keys(own.get()) : null, trust(anchors).getTrustManagers(), null);
  }

  /**
   * A key for TLS.
   *
   * @param store holds key and certificates
   * @param password the key's
   */
  public record OwnKey(KeyStore store, char[] password) {}

  /** As {@code log.landkreis.example:6514}. */
  @Override
  public String toString() {
    return name + ":" + port;
  }

  /**
   * Delivers messages, in order.
   *
   * @throws IOException if it isn't sure that all of them arrived
   */
  void deliver(List<byte[]> messages) throws IOException {
    try (var plain = new Line();
        ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofVirtual().name("syslog-watch").factory())) {
      plain.connect(new InetSocketAddress(name, port), CONNECT_MILLIS);
      // Whoever takes nothing would hold a write for ever.
      var end =
          watch.schedule(
              () -> {
                plain.close();
                return null;
              },
              patience.toMillis(),
              TimeUnit.MILLISECONDS);
      try (SSLSocket socket = secured(plain)) {
        send(socket, messages);
        socket.shutdownOutput();
        awaitEnd(socket.getInputStream());
        awaitEnd(plain.getInputStream());
        if (plain.broken) {
          throw new IOException("the connection broke before its end was said");
        }
      } finally {
        end.cancel(false);
      }
    }
  }

  private SSLSocket secured(Socket plain) throws IOException {
    var socket = (SSLSocket) tls.getSocketFactory().createSocket(plain, name, port, false);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.setSoTimeout(Math.toIntExact(patience.toMillis()));
    socket.startHandshake();
    return socket;
  }

  /** MSG-LEN SP SYSLOG-MSG (RFC 5425 §4.3). */
  private static void send(SSLSocket socket, List<byte[]> messages) throws IOException {
    var out = new java.io.BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
    for (byte[] message : messages) {
      out.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
      out.write(message);
    }
    out.flush();
  }

  /** A reset throws here. */
  private static void awaitEnd(InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw new IOException("a syslog host that speaks");
    }
  }

  /** A connection that remembers a failed write: the JDK swallows that of its close_notify. */
  private static final class Line extends Socket {
    private boolean broken;

    @Override
    public OutputStream getOutputStream() throws IOException {
      return new FilterOutputStream(super.getOutputStream()) {
        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
          try {
            out.write(octets, offset, length);
          } catch (IOException failure) {
            broken = true;
            throw failure;
          }
        }
      };
    }
  }

  private static KeyManager[] keys(OwnKey own) throws GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own.store(), own.password());
    return factory.getKeyManagers();
  }

  private static TrustManagerFactory trust(List<X509Certificate> anchors)
      throws GeneralSecurityException {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (X509Certificate anchor : anchors) {
        store.setCertificateEntry("anchor-" + store.size(), anchor);
      }
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return factory;
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
