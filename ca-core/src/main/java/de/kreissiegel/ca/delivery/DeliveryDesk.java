package de.kreissiegel.ca.delivery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.x509.SerialNumber;
import java.util.Arrays;
import java.util.Optional;

/** The door to what devices are told. */
public final class DeliveryDesk {
  private static final String MAIL = "mail:";
  private static final String DNS = "dns:";

  private final CertificateInventory inventory;
  private final AuthorityCatalog authorities;
  private final ServiceCatalog services;

  public DeliveryDesk(
      CertificateInventory inventory, AuthorityCatalog authorities, ServiceCatalog services) {
    this.inventory = inventory;
    this.authorities = authorities;
    this.services = services;
  }

  /**
   * What the device of a certificate's holder is to be told; for the holder, and for who answers
   * for what it names. A server's shared key may be in it.
   *
   * @throws Refused NOT_FOUND, for all others, too
   */
  public Delivery of(Actor.Person person, AuthorityName authority, SerialNumber serial)
      throws Refused {
    StoredCertificate certificate = inventory.viewOwn(person, authority, serial);
    return new Delivery(
        certificate,
        named(certificate, MAIL).or(() -> named(certificate, DNS)),
        named(certificate, MAIL),
        services.of(certificate),
        mayBeCompatible(authority));
  }

  /** Old ciphers around a key are a "should not" of the BSI; the strict set has no exception. */
  private boolean mayBeCompatible(AuthorityName authority) {
    return authorities
        .lineOf(authority)
        .map(AuthorityLine::policySet)
        .filter(PolicySet.BSI_STRICT::equals)
        .isEmpty();
  }

  private static Optional<String> named(StoredCertificate certificate, String kind) {
    return Arrays.stream(certificate.alternativeNames().split(" ", -1))
        .filter(name -> name.startsWith(kind))
        .map(name -> name.substring(kind.length()))
        .findFirst();
  }
}
