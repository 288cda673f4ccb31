package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.DN;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.roster.DirectoryName;
import java.util.Optional;

/**
 * What is written into one directory, and where.
 *
 * @param name what the installation calls it
 * @param rules what goes there; {@code authorities} just if {@code authoritiesDn} is there
 * @param authoritiesDn below which the entries of authorities stand, as {@code
 *     ou=pki,dc=hassberge,dc=example}, in an Active Directory {@code CN=Public Key
 *     Services,CN=Services,CN=Configuration,…}; nothing is written outside of it but values of
 *     people's entries
 * @throws IllegalArgumentException with a sentence for the administrator
 */
public record PublishConfig(
    DirectoryName name, PublicationRules rules, Optional<String> authoritiesDn) {
  public PublishConfig {
    if (rules.authorities() != authoritiesDn.isPresent()) {
      throw new IllegalArgumentException("authorities need a place in the directory");
    }
    if (authoritiesDn.isPresent() && !DN.isValidDN(authoritiesDn.get())) {
      throw new IllegalArgumentException("not a name in a directory: " + authoritiesDn.get());
    }
  }

  /** Certificates alone. */
  public static PublishConfig usual(DirectoryName name) {
    return new PublishConfig(name, PublicationRules.USUAL, Optional.empty());
  }
}
