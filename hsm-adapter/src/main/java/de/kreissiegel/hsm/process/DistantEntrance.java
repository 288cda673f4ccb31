package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.tls.PinnedTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ByteChannel;
import java.util.Optional;

/** A TCP port: who comes proves by TLS who it is. */
record DistantEntrance(ServerSocket server, PinnedTls tls) implements Entrance {
  static DistantEntrance listen(InetSocketAddress address, PinnedTls tls) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(address, 128);
      return new DistantEntrance(server, tls);
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  @Override
  public Optional<Visitor> next() throws IOException {
    Socket socket = server.accept();
    InetAddress from = socket.getInetAddress();
    return Optional.of(new Distant("host " + from.getHostAddress(), socket, tls));
  }

  @Override
  public boolean isOpen() {
    return !server.isClosed();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private record Distant(String name, Socket socket, PinnedTls tls) implements Visitor {
    @Override
    public ByteChannel enter() throws IOException {
      return tls.accept(socket);
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (IOException _) {
        // It is of no use either way.
      }
    }
  }
}
