package de.kreissiegel.ldap.demo;

import de.kreissiegel.ldap.sample.SamplePasswords;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Properties;

/** {@code passwords.properties} in the directory's folder: made once, for its owner's eyes only. */
final class PasswordFile {
  private PasswordFile() {}

  static Optional<SamplePasswords> read(Path folder) throws IOException {
    Path file = folder.resolve("passwords.properties");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var lines = new Properties();
    lines.load(new StringReader(Files.readString(file)));
    try {
      return Optional.of(
          new SamplePasswords(
              lines.getProperty("people", ""),
              lines.getProperty("service", ""),
              lines.getProperty("administrator", "")));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " lacks a password", e);
    }
  }

  static SamplePasswords readOrMake(Path folder, SecureRandom random) throws IOException {
    Optional<SamplePasswords> kept = read(folder);
    if (kept.isPresent()) {
      return kept.get();
    }
    SamplePasswords made = SamplePasswords.random(random);
    Path unfinished = folder.resolve("passwords.unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        unfinished,
        "people=%s\nservice=%s\nadministrator=%s\n"
            .formatted(made.people(), made.service(), made.administrator()));
    Files.move(unfinished, folder.resolve("passwords.properties"), StandardCopyOption.ATOMIC_MOVE);
    Shelf.syncFolder(folder);
    return made;
  }
}
