package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.disk.DurableFiles;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/** The socket's place in the file system. */
final class SocketFile {
  private SocketFile() {}

  /**
   * Listens there. A socket that a killed signer left is taken away.
   *
   * @param shared whether the socket's group may connect, too
   */
  static ServerSocketChannel listen(Path socket, boolean shared) throws IOException, CannotStart {
    Path directory = socket.toAbsolutePath().getParent();
    if (directory == null) {
      throw new CannotStart("the socket " + socket + " has no directory");
    }
    DurableFiles.makeDirectory(directory);
    if (Files.getPosixFilePermissions(directory).contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new CannotStart(
          "anybody may write to " + directory + "; choose another directory for the socket");
    }
    removeStale(socket);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(socket), 128);
      Files.setPosixFilePermissions(
          socket, PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------"));
      return server;
    } catch (IOException | RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  private static void removeStale(Path socket) throws IOException, CannotStart {
    if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (Files.isRegularFile(socket, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(socket)) {
      throw new CannotStart(socket + " is there and is no socket");
    }
    try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      throw new CannotStart("another signer answers at " + socket);
    } catch (IOException _) {
      Files.delete(socket);
    }
  }
}
