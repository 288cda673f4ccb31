package de.kreissiegel.hsm.policy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a certificate of a kind holds, beyond its validity.
 *
 * @param keys the public keys that it may carry
 * @param extensions the extensions that it may carry; every other is refused. A
 *     subjectKeyIdentifier must be the hash of the key (RFC 7093 §2, method 1), an
 *     authorityKeyIdentifier the issuer's, and nothing beside
 * @param subject the distinguished name
 * @param names the names in subjectAltName
 * @throws IllegalArgumentException if an extension stands twice
 */
public record ContentRules(
    List<PublicKeyRule> keys,
    List<ExtensionRule> extensions,
    SubjectRules subject,
    NameRules names) {
  public ContentRules {
    keys = List.copyOf(keys);
    extensions = List.copyOf(extensions);
    Set<String> seen = new HashSet<>();
    for (ExtensionRule extension : extensions) {
      if (!seen.add(extension.identifier())) {
        throw new IllegalArgumentException(
            "the extension %s stands twice".formatted(extension.identifier()));
      }
    }
  }
}
