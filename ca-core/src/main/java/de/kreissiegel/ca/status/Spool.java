package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.ContentSource;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.List;

/** Octets that are too many to be held, in a file that goes with it. */
final class Spool implements ContentSource, AutoCloseable {
  private static final int PIECE = 64 << 10;

  private final Path file;
  private byte[] before = new byte[0];
  private byte[] behind = new byte[0];

  private Spool(Path file) {
    this.file = file;
  }

  /** Writes octets. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out) throws IOException;
  }

  /** Takes what is written, into a new file of that folder. */
  static Spool of(Path folder, Writing writing) throws IOException {
    Files.createDirectories(folder);
    Spool spool = new Spool(Files.createTempFile(folder, "list", ".spool"));
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(spool.file), PIECE)) {
        writing.to(out);
      }
      return spool;
    } catch (IOException | RuntimeException failure) {
      spool.close();
      throw failure;
    }
  }

  /** Puts octets before and behind what is there. */
  void surround(CrlBook.Around octets) {
    before = octets.before();
    behind = octets.behind();
  }

  @Override
  public long length() {
    try {
      return before.length + Files.size(file) + behind.length;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public InputStream open() throws IOException {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(before),
                Files.newInputStream(file),
                new ByteArrayInputStream(behind))));
  }

  /** SHA-256 of all of it. */
  Bytes digest() throws IOException {
    try (InputStream in = open()) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[PIECE];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        digest.update(piece, 0, read);
      }
      return Bytes.of(digest.digest());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }
}
