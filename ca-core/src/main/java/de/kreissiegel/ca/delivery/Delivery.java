package de.kreissiegel.ca.delivery;

import de.kreissiegel.ca.inventory.StoredCertificate;
import java.util.List;
import java.util.Optional;

/**
 * What the device of a certificate's holder is to be told.
 *
 * @param certificate whose
 * @param identity by what the certificate names its holder to a gateway: its first mail address or
 *     DNS name, if there is one
 * @param mail its first mail address, if there is one
 * @param services for which it is good
 * @param compatible whether a PKCS#12 file for old importers may be made of it
 */
public record Delivery(
    StoredCertificate certificate,
    Optional<String> identity,
    Optional<String> mail,
    List<Service> services,
    boolean compatible) {
  public Delivery {
    services = List.copyOf(services);
  }
}
