package de.kreissiegel.ca.delivery;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;

/**
 * Whom a device believes about a service.
 *
 * @param issuers the authorities, DER, one of which issued the service's certificate; one at least
 * @param above what lies between them and a root, and the root, for those that need a whole path
 */
public record Trust(List<Bytes> issuers, List<Bytes> above) {
  /** What stands in for one that can't be read. */
  static final Trust NONE = new Trust(List.of(), List.of());

  public Trust {
    issuers = List.copyOf(issuers);
    above = List.copyOf(above);
  }
}
