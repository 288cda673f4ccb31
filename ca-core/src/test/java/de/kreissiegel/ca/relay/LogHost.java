package de.kreissiegel.ca.relay;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A syslog host for tests: takes frames of RFC 5425, and can be as bad as a host can be. */
final class LogHost implements AutoCloseable {
  /** How it treats whoever connects. */
  enum Mood {
    /** Reads to the end and says goodbye. */
    GOOD,
    /** Takes two messages and breaks the connection. */
    CUTS,
    /** Reads everything and never says goodbye. */
    SILENT
  }

  private final ServerSocket server;
  private final SSLContext tls;
  private final Thread serving;
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.GOOD;

  LogHost(TlsIdentity identity, int port) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity.store(), TlsIdentity.PASSWORD);
    tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    serving = Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return server.getLocalPort();
  }

  void mood(Mood next) {
    mood = next;
  }

  /** What came, duplicates and all. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  private void serve() {
    while (!server.isClosed()) {
      try {
        Socket caller = server.accept();
        Thread.ofVirtual().start(() -> take(caller));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void take(Socket caller) {
    var own = new ArrayList<String>();
    try (caller;
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(caller, null, true)) {
      secured.setUseClientMode(false);
      var in = new BufferedInputStream(secured.getInputStream());
      for (int length = length(in); length >= 0; length = length(in)) {
        own.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        if (mood == Mood.CUTS && own.size() == 2) {
          lines.addAll(own);
          caller.setSoLinger(true, 0);
          caller.close();
          return;
        }
      }
      lines.addAll(own);
      if (mood == Mood.SILENT) {
        Thread.sleep(60_000);
      }
    } catch (IOException | InterruptedException gone) {
      Thread.currentThread().interrupt();
    }
  }

  /** MSG-LEN and the space after it; -1 at the end. */
  private static int length(InputStream in) throws IOException {
    int length = 0;
    for (int digit = in.read(); digit != ' '; digit = in.read()) {
      if (digit < 0) {
        return -1;
      }
      if (digit < '0' || digit > '9') {
        throw new IOException("not a frame");
      }
      length = 10 * length + digit - '0';
    }
    return length;
  }

  /** Nobody is let in any more when it returns: who waits to let somebody in closes the door. */
  @Override
  public void close() throws IOException, InterruptedException {
    server.close();
    serving.join();
  }
}
