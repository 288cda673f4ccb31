package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A certification authority.
 *
 * @param name its name in addresses
 * @param certificate its own certificate, DER
 * @param chain the certificates above it, its issuer first, the root last; empty for a root
 * @param key its key in the vault
 * @param ocspKey the key of its OCSP responder in the vault; empty for a root, whose status is told
 *     by CRL alone
 * @param subjectName its DN, DER of the Name, byte for byte as in its certificate
 * @param subjectKeyIdentifier the value of that extension
 * @param notAfter when it ends; nothing that it issues outlives it
 * @param lists how it tells what it has revoked
 */
public record Authority(
    AuthorityName name,
    Bytes certificate,
    List<Bytes> chain,
    KeyId key,
    Optional<KeyId> ocspKey,
    Bytes subjectName,
    Bytes subjectKeyIdentifier,
    Instant notAfter,
    CrlSettings lists) {
  public Authority {
    chain = List.copyOf(chain);
  }

  /** With the usual lists. */
  public Authority(
      AuthorityName name,
      Bytes certificate,
      List<Bytes> chain,
      KeyId key,
      Optional<KeyId> ocspKey,
      Bytes subjectName,
      Bytes subjectKeyIdentifier,
      Instant notAfter) {
    this(
        name,
        certificate,
        chain,
        key,
        ocspKey,
        subjectName,
        subjectKeyIdentifier,
        notAfter,
        CrlSettings.USUAL);
  }

  /** The same with other lists. */
  public Authority with(CrlSettings settings) {
    return new Authority(
        name,
        certificate,
        chain,
        key,
        ocspKey,
        subjectName,
        subjectKeyIdentifier,
        notAfter,
        settings);
  }

  /**
   * Whether its key is locked between ceremonies: they make its lists, and nobody answers for it.
   */
  public boolean isOffline() {
    return isRoot() && ocspKey.isEmpty();
  }

  /** Whether its certificate is its own issuer's. */
  public boolean isRoot() {
    return chain.isEmpty();
  }
}
