package de.kreissiegel.hsm.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files and directories so that a crash leaves the old state or the new one. */
public final class DurableFiles {
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private DurableFiles() {}

  /** Puts the octets there, mode 600; what stood there before is replaced in one step. */
  public static void write(Path file, byte[] octets) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(beside);
    try (FileChannel channel = create(beside)) {
      ByteBuffer rest = ByteBuffer.wrap(octets);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    syncDirectory(directoryOf(file));
  }

  /** Writes zeros over a file's content, as far as the disk lets one. */
  public static void overwrite(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer zeros = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (zeros.hasRemaining()) {
        channel.write(zeros);
      }
      channel.force(true);
    }
  }

  /** A new, empty file of mode 600, opened for reading and writing; its name is not yet synced. */
  public static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
        OWNER_ONLY_FILE);
  }

  /** Makes the directory, mode 700, with those above it; one that is there remains as it is. */
  public static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path above = directory.toAbsolutePath().getParent();
    if (above != null && !Files.isDirectory(above)) {
      Files.createDirectories(above);
    }
    Files.createDirectory(directory, OWNER_ONLY_DIRECTORY);
    syncDirectory(directoryOf(directory));
  }

  /** Makes new names in a directory, and those that went, survive a power cut. */
  public static void syncDirectory(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static Path directoryOf(Path file) {
    Path above = file.toAbsolutePath().getParent();
    if (above == null) {
      throw new IllegalArgumentException("the root directory is no file: " + file);
    }
    return above;
  }
}
