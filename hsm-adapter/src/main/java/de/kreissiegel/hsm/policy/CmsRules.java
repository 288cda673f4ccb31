package de.kreissiegel.hsm.policy;

import java.time.Duration;
import java.util.Set;

/**
 * Which signed attributes of a CMS SignedData a key may sign (RFC 5652 §5.3). The vault doesn't see
 * the content, so the kinds of content are all that limits it; a time-stamp is never among them.
 *
 * @param contentTypes object identifiers, in dotted form, that eContentType may be
 * @param attributes object identifiers of attributes that may stand beside contentType,
 *     messageDigest, signingTime, signingCertificateV2 and cmsAlgorithmProtection
 * @param clockTolerance how far signingTime may be from the vault's clock, either way
 * @param largestAttributes how many octets the SET may have
 * @param rate how many
 */
public record CmsRules(
    Set<String> contentTypes,
    Set<String> attributes,
    Duration clockTolerance,
    int largestAttributes,
    SignatureRate rate) {
  public CmsRules {
    contentTypes = Set.copyOf(contentTypes);
    attributes = Set.copyOf(attributes);
  }
}
