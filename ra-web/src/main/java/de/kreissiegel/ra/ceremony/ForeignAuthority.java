package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An authority from elsewhere that is to be taken over.
 *
 * @param name what it is called here
 * @param certificate its certificate, PEM or DER; those above it may follow in the same file
 * @param chain those above it, if they lie elsewhere
 * @param pkcs12 its key; none if it lies on a token already
 * @param token the HSM of {@code vault.yaml} where its key lies under {@code name}
 * @param listPaths paths of its old CRL addresses
 * @param certificatePaths paths of its old addresses for its certificate
 */
public record ForeignAuthority(
    AuthorityName name,
    Path certificate,
    Optional<Path> chain,
    Optional<Path> pkcs12,
    Optional<String> token,
    List<String> listPaths,
    List<String> certificatePaths) {
  public ForeignAuthority {
    listPaths = List.copyOf(listPaths);
    certificatePaths = List.copyOf(certificatePaths);
  }
}
