package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.tls.PinnedTls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/** Where a signer is. */
public sealed interface SignerAddress {
  /** On this host, at that Unix socket. */
  record Local(Path socket) implements SignerAddress {
    @Override
    public String toString() {
      return socket.toString();
    }
  }

  /** On another host. */
  record Distant(String host, int port, PinnedTls tls) implements SignerAddress {
    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * Who we are to a signer on another host, and who it is.
   *
   * @param keystore PKCS#12 with the client's private key and certificate
   * @param passwordFile holds the keystore's password in its first line
   * @param fingerprints SHA-256 of the certificates that the signer may show, in hexadecimal
   */
  record TlsFiles(Path keystore, Path passwordFile, Set<String> fingerprints) {
    public TlsFiles {
      fingerprints = Set.copyOf(fingerprints);
    }
  }

  /**
   * Reads {@code unix:/path/to/socket} or {@code tls://host:port}.
   *
   * @param files needed for the second
   * @throws IllegalArgumentException if it is neither, or the files are missing
   * @throws IOException if the files can't be used
   */
  static SignerAddress of(URI address, Optional<TlsFiles> files, Clock clock) throws IOException {
    String path = address.isOpaque() ? address.getSchemeSpecificPart() : address.getPath();
    if ("unix".equals(address.getScheme()) && path != null && !path.isEmpty()) {
      return new Local(Path.of(path));
    }
    String host = address.getHost();
    if ("tls".equals(address.getScheme()) && host != null && address.getPort() > 0) {
      TlsFiles own =
          files.orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "for " + address + " a keystore and the signer's fingerprint are needed"));
      return new Distant(
          host,
          address.getPort(),
          PinnedTls.load(own.keystore(), own.passwordFile(), own.fingerprints(), clock));
    }
    throw new IllegalArgumentException(
        "a signer's address is unix:/path/to/socket or tls://host:port, not " + address);
  }
}
