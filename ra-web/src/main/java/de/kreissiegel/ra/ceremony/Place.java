package de.kreissiegel.ra.ceremony;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * Where an installation's parts lie, and where a ceremony works until it is complete.
 *
 * @param root the data directory
 */
record Place(Path root) {
  Path vault() {
    return root.resolve("vault");
  }

  Path authorities() {
    return root.resolve("authorities");
  }

  Path trust() {
    return root.resolve("trust");
  }

  Path passphrase() {
    return secrets().resolve("vault-passphrase");
  }

  Path secrets() {
    return root.resolve("secrets");
  }

  /** The records of all ceremonies. */
  Path ceremonies() {
    return root.resolve("ceremonies");
  }

  /** The plan by which the hierarchy was made. */
  Path plan() {
    return ceremonies().resolve("plan.yaml");
  }

  Path superiors() {
    return root.resolve("external-superior");
  }

  /** Shares that a rehearsal wrote to files. */
  Path shares() {
    return root.resolve("shares");
  }

  /** Where a ceremony works; nobody takes what lies here for whole. */
  Place workshop() {
    return new Place(root.resolve(".ceremony"));
  }

  /** A folder for its owner alone; one that is there remains. */
  static Path folder(Path folder) throws IOException {
    Path above = folder.toAbsolutePath().getParent();
    if (above != null) {
      Files.createDirectories(above);
    }
    if (!Files.isDirectory(folder)) {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    return folder;
  }

  /** Puts a file there for its owner alone, in one step, on disk when this returns. */
  static void write(Path file, byte[] octets) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    Files.createFile(
        beside, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
      var rest = java.nio.ByteBuffer.wrap(octets);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Moves what the workshop made to where it belongs. */
  static void move(Path from, Path to) throws IOException {
    Path above = to.toAbsolutePath().getParent();
    if (above != null) {
      folder(above);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes a folder away; what was written in its files is overwritten first. */
  static void clear(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              Files.write(file, new byte[(int) attributes.size()], StandardOpenOption.WRITE);
            }
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
