package de.kreissiegel.ra.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which one installation lives, and where in it everything lies.
 *
 * @param root the folder
 */
record DataDirectory(Path root) {
  /** Stands in a folder from the moment that it is ours. */
  private static final String BEGUN = "kreissiegel-data";

  /** Stands in a folder whose first start came to its end. */
  private static final String COMPLETE = "kreissiegel.yaml";

  /** Where the demo lives if nothing else is said. */
  static Path standard() {
    return Path.of(System.getProperty("kreissiegel.home", "."), "data", "demo");
  }

  Path configuration() {
    return root.resolve(COMPLETE);
  }

  Path credentials() {
    return root.resolve("demo-credentials.txt");
  }

  Path vault() {
    return root.resolve("vault");
  }

  Path journal() {
    return vault().resolve("journal");
  }

  Path authorities() {
    return root.resolve("authorities");
  }

  Path trust() {
    return root.resolve("trust");
  }

  Path directory() {
    return root.resolve("directory");
  }

  Path database() {
    return root.resolve("database");
  }

  Path web() {
    return root.resolve("web");
  }

  /** The web process's copy of the OCSP answers. */
  Path status() {
    return root.resolve("status");
  }

  Path logs() {
    return root.resolve("logs");
  }

  /** Short, for a Unix domain socket's path has at most 108 octets. */
  Path signerSocket() {
    return root.resolve("run").resolve("signer.sock");
  }

  Path secret(String name) {
    return root.resolve("secrets").resolve(name);
  }

  /** What a start finds. */
  enum State {
    EMPTY,
    BEGUN,
    COMPLETE
  }

  /**
   * Looks at the folder, and makes it if it isn't there.
   *
   * @throws LaunchFailure if it can't be written, or is something else's
   */
  State look() throws LaunchFailure {
    try {
      Files.createDirectories(root);
    } catch (IOException cannot) {
      throw new LaunchFailure(
          "the data directory " + root + " can't be made; name another one with --data.", cannot);
    }
    if (!Files.isDirectory(root) || !Files.isWritable(root) || !canWrite()) {
      throw new LaunchFailure(
          "the data directory " + root + " is not writable; name another one with --data.");
    }
    if (Files.exists(configuration())) {
      return State.COMPLETE;
    }
    if (Files.exists(root.resolve(BEGUN))) {
      return State.BEGUN;
    }
    try (var files = Files.list(root)) {
      if (files.anyMatch(file -> !file.getFileName().toString().equals("lock"))) {
        throw new LaunchFailure(
            root + " holds files that are not Kreissiegel's; name an empty folder with --data.");
      }
    } catch (IOException cannot) {
      throw new LaunchFailure("the data directory " + root + " can't be read.", cannot);
    }
    return State.EMPTY;
  }

  /** Marks the folder as ours, for its owner alone. */
  void begin() throws IOException {
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
    Files.writeString(
        root.resolve(BEGUN),
        "This folder belongs to a Kreissiegel installation. Its first start is complete when"
            + " kreissiegel.yaml stands beside this file.\n");
    for (Path folder : new Path[] {logs(), signerSocket().getParent(), web(), trust()}) {
      Files.createDirectories(folder);
    }
    Files.createDirectories(root.resolve("secrets"));
  }

  /**
   * Keeps the folder for this process alone.
   *
   * @throws LaunchFailure if another process has it
   */
  FileLock lock() throws LaunchFailure {
    try {
      FileChannel channel =
          FileChannel.open(
              root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new LaunchFailure(
            "another kreissiegel is running on "
                + root
                + "; end it first, or name another --data.");
      }
      return lock;
    } catch (IOException cannot) {
      throw new LaunchFailure(
          "the data directory " + root + " is not writable; name another one with --data.", cannot);
    }
  }

  /** Removes everything in the folder but the lock that we hold. Only for a folder that is ours. */
  void clear() throws LaunchFailure {
    if (look() == State.EMPTY) {
      return;
    }
    try {
      // The mark goes last: a folder half cleared is still known to be ours.
      deleteBelow(root, file -> !file.endsWith("lock") && !file.endsWith(BEGUN));
      Files.deleteIfExists(root.resolve(BEGUN));
    } catch (IOException cannot) {
      throw new LaunchFailure(root + " can't be cleared: " + cannot.getMessage(), cannot);
    }
  }

  /** Writes a secret for the owner alone. */
  static void writeSecret(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }

  /** Reads a secret back. */
  String readSecret(String name) {
    try {
      return Files.readString(secret(name)).strip();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private boolean canWrite() {
    // Root may write where the permissions say no; a read-only file system says so only on trying.
    try {
      Files.delete(Files.createTempFile(root, "try", null));
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void deleteBelow(Path folder, java.util.function.Predicate<Path> which)
      throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes ignored)
              throws IOException {
            if (which.test(file)) {
              Files.delete(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            if (!visited.equals(folder)) {
              Files.delete(visited);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
