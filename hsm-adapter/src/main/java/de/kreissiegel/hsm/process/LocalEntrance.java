package de.kreissiegel.hsm.process;

import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A Unix domain socket: the kernel says who comes. */
record LocalEntrance(ServerSocketChannel server, PeerCheck peers) implements Entrance {
  @Override
  public Optional<Visitor> next() throws IOException {
    SocketChannel channel = server.accept();
    try {
      String user = PeerCheck.userOf(channel);
      if (peers.allows(user)) {
        return Optional.of(new Local("user " + user, channel));
      }
    } catch (IOException gone) {
      channel.close();
      throw gone;
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public boolean isOpen() {
    return server.isOpen();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private record Local(String name, SocketChannel channel) implements Visitor {
    @Override
    public ByteChannel enter() {
      return channel;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException _) {
        // It is of no use either way.
      }
    }
  }
}
