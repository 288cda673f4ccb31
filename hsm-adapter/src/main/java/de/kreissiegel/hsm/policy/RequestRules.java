package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Set;

/**
 * Which CertificationRequestInfo a key may sign for an external superior (RFC 2986 §4.1). The
 * public key in it must be this key's.
 *
 * @param subject the DER of the Name; the request must carry exactly these octets
 * @param extensions object identifiers, in dotted form, of the extensions that may be asked for
 */
public record RequestRules(Bytes subject, Set<String> extensions) {
  public RequestRules {
    extensions = Set.copyOf(extensions);
  }
}
