package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
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
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, list.toArray());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path file(Path folder, AuthorityName superior) {
    return folder.resolve(superior + ".crl");
  }
}
