package de.kreissiegel.ca.authority;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** A superior's CRL on disk. */
final class SuperiorList {
  /** An authority for authorities revokes few; what is longer is not read. */
  static final int MOST_OCTETS = 16 << 20;

  private SuperiorList() {}

  static Optional<Bytes> read(Path folder, AuthorityName superior) throws IOException {
    Path file = file(folder, superior);
    return Files.exists(file) && Files.size(file) <= MOST_OCTETS
        ? Optional.of(Bytes.of(Files.readAllBytes(file)))
        : Optional.empty();
  }

  static void write(Path folder, AuthorityName superior, Bytes list) throws IOException {
    Path file = file(folder, superior);
    // A name of its own: the command and running nodes may be at it at once.
    Path fresh =
        file.resolveSibling(
            "%s.%d-%x.new"
                .formatted(file.getFileName(), ProcessHandle.current().pid(), System.nanoTime()));
    try {
      try (var channel = FileChannel.open(fresh, CREATE_NEW, WRITE)) {
        var octets = ByteBuffer.wrap(list.toArray());
        while (octets.hasRemaining()) {
          channel.write(octets);
        }
        channel.force(true);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static Path file(Path folder, AuthorityName superior) {
    return folder.resolve(superior + ".crl");
  }
}
