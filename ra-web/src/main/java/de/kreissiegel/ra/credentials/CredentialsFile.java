package de.kreissiegel.ra.credentials;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The file {@code demo-credentials.txt} in a demo's data directory. */
public final class CredentialsFile {
  /** Its name in the data directory. */
  public static final String NAME = "demo-credentials.txt";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int MOST_OCTETS = 64 * 1024;

  private final Path path;

  /** The file of the demo in this data directory; it need not be there yet. */
  public CredentialsFile(Path dataDirectory) {
    this.path = dataDirectory.resolve(NAME);
  }

  public Path path() {
    return path;
  }

  public boolean exists() {
    return Files.isRegularFile(path);
  }

  /**
   * Writes the file as a whole: whoever reads sees the old one or the new one. It is readable by
   * its owner only, from its first octet on.
   */
  public void write(DemoCredentials credentials) throws IOException {
    Path directory = path.toAbsolutePath().getParent();
    Path draft = Files.createTempFile(directory, ".demo-credentials", ".new", OWNER_ONLY);
    try {
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        var text =
            ByteBuffer.wrap(CredentialsYaml.write(credentials).getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  /**
   * Reads the file.
   *
   * @throws CredentialsUnreadable in one sentence: it isn't there, or this and that is missing in
   *     it
   * @throws IOException if the disk doesn't give it
   */
  public DemoCredentials read() throws IOException {
    try {
      if (Files.size(path) > MOST_OCTETS) {
        throw new CredentialsUnreadable(path + " is too large for a credentials file");
      }
      return CredentialsYaml.read(Files.readString(path), path.toString());
    } catch (NoSuchFileException _) {
      throw new CredentialsUnreadable(
          path + " does not exist; ./kreissiegel demo writes it at its first start");
    } catch (CharacterCodingException _) {
      throw new CredentialsUnreadable(path + " is not UTF-8 text");
    }
  }
}
