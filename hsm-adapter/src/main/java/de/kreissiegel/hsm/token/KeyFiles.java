package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.disk.DurableFiles;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The files of a software token; the package's documentation names them. */
record KeyFiles(Path directory) {
  private static final String SEALED = ".p8";
  private static final String SEALED_OWN = ".own.p8";
  private static final String PUBLIC = ".pub";

  /**
   * All keys that are there.
   *
   * @throws IOException if one of them can't be read; the message names it
   */
  List<TokenKey> readAll() throws IOException {
    List<TokenKey> keys = new ArrayList<>();
    try (DirectoryStream<Path> sealed = Files.newDirectoryStream(directory, "*" + SEALED)) {
      for (Path file : sealed) {
        keys.add(read(String.valueOf(file.getFileName())));
      }
    }
    return keys;
  }

  private TokenKey read(String fileName) throws IOException {
    boolean own = fileName.endsWith(SEALED_OWN);
    String suffix = own ? SEALED_OWN : SEALED;
    try {
      KeyId id = new KeyId(fileName.substring(0, fileName.length() - suffix.length()));
      SealedKey sealed = SealedKey.ofFile(Files.readAllBytes(directory.resolve(fileName)));
      Bytes publicKey = Bytes.of(Files.readAllBytes(directory.resolve(id + PUBLIC)));
      return described(id, publicKey, sealed, own);
    } catch (IllegalArgumentException damaged) {
      throw new IOException(
          "the key in %s can't be read (%s); bring it back from a backup"
              .formatted(directory.resolve(fileName), damaged.getMessage()),
          damaged);
    }
  }

  private static TokenKey described(KeyId id, Bytes publicKey, SealedKey sealed, boolean own) {
    if (!PublicKeys.fits(sealed.algorithm(), publicKey)) {
      throw new IllegalArgumentException("the public key is none of " + sealed.algorithm().word());
    }
    return new TokenKey(id, sealed.algorithm(), publicKey, own);
  }

  /**
   * Puts a key there; the sealed file comes last and makes it exist.
   *
   * @throws IllegalArgumentException if the public key is not of the sealed one's algorithm
   */
  TokenKey write(KeyId id, Bytes publicKey, SealedKey sealed, boolean own) throws IOException {
    TokenKey key = described(id, publicKey, sealed, own);
    DurableFiles.write(directory.resolve(id + PUBLIC), publicKey.toArray());
    DurableFiles.write(sealedFile(key), sealed.toFile());
    return key;
  }

  byte[] sealed(TokenKey key) throws IOException {
    return Files.readAllBytes(sealedFile(key));
  }

  void destroy(TokenKey key) throws IOException {
    Path sealed = sealedFile(key);
    DurableFiles.overwrite(sealed);
    Files.delete(sealed);
    Files.deleteIfExists(directory.resolve(key.id() + PUBLIC));
    DurableFiles.syncDirectory(directory);
  }

  private Path sealedFile(TokenKey key) {
    return directory.resolve(key.id() + (key.ownPassphrase() ? SEALED_OWN : SEALED));
  }
}
