package de.kreissiegel.hsm.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What a request that comes alone costs the machine, whatever the signer does with it: its entry
 * written and synced, and an answer over a socket to somebody who then asks again.
 *
 * @param sync microseconds of processor time for 1,450 octets, written and synced
 * @param answer microseconds of processor time to wait for 1,024 octets and to send 256
 */
record Floor(double sync, double answer) {
  private static final int WARM_UP = 2_000;
  private static final int MEASURED = 10_000;
  private static final int ENTRY = 1450;
  private static final int QUESTION = 1024;
  private static final int ANSWER = 256;

  static Floor in(Path folder) throws Exception {
    return new Floor(sync(folder.resolve("floor")), answer(folder.resolve("floor.sock")));
  }

  private static double sync(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      // Room ahead, as the journal makes it: otherwise the file's length is synced, too.
      channel.write(ByteBuffer.allocate(ENTRY * (WARM_UP + MEASURED)));
      channel.force(true);
      channel.position(0);
      ByteBuffer entry = ByteBuffer.allocateDirect(ENTRY);
      long before = 0;
      for (int i = -WARM_UP; i < MEASURED; i++) {
        before = i == 0 ? CpuTime.ofThisThread() : before;
        channel.write(entry.clear());
        channel.force(false);
      }
      return (CpuTime.ofThisThread() - before) / 1e3 / MEASURED;
    }
  }

  private static double answer(Path socket) throws Exception {
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(socket);
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      server.bind(address);
      Future<Double> answering = other.submit(() -> answering(server));
      try (SocketChannel asking = SocketChannel.open(address)) {
        ByteBuffer question = ByteBuffer.allocateDirect(QUESTION);
        ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);
        for (int i = -WARM_UP; i < MEASURED; i++) {
          asking.write(question.clear());
          fill(asking, answer);
        }
      }
      return answering.get();
    }
  }

  private static double answering(ServerSocketChannel server) throws IOException {
    try (SocketChannel asked = server.accept()) {
      ByteBuffer question = ByteBuffer.allocateDirect(QUESTION);
      ByteBuffer answer = ByteBuffer.allocateDirect(ANSWER);
      long before = 0;
      for (int i = -WARM_UP; i < MEASURED; i++) {
        before = i == 0 ? CpuTime.ofThisThread() : before;
        fill(asked, question);
        asked.write(answer.clear());
      }
      return (CpuTime.ofThisThread() - before) / 1e3 / MEASURED;
    }
  }

  private static void fill(SocketChannel from, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (from.read(buffer) < 0) {
        throw new IOException("the other side has gone");
      }
    }
  }
}
