package de.kreissiegel.ra.pages.certificates;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.Inquiry;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.encoding.CertificateFiles;
import de.kreissiegel.ra.pages.CertificateAddress;
import de.kreissiegel.ra.pages.DistinguishedNames;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Finds the certificate that an address names, and those above it. */
@Component
class Certificates {
  private final CertificateInventory inventory;
  private final AuthorityCatalog authorities;
  private final CertificateFiles files;

  Certificates(
      CertificateInventory inventory, AuthorityCatalog authorities, CertificateFiles files) {
    this.files = files;
    this.inventory = inventory;
    this.authorities = authorities;
  }

  /**
   * The certificate at this address, if this person may see it.
   *
   * @throws Refused NOT_FOUND, also where the address can't name a certificate
   */
  StoredCertificate view(Actor.Person person, String authority, String serial) throws Refused {
    var address = CertificateAddress.of(authority, serial);
    return inventory.view(person, address.authority(), address.serial());
  }

  /** When somebody last asked how it stands with the certificate. */
  Optional<Inquiry> lastInquiry(StoredCertificate certificate) {
    return inventory.lastInquiry(certificate);
  }

  /** All that name this person or what they answer for. */
  List<StoredCertificate> own(Actor.Person person) {
    return inventory.own(person);
  }

  /** Whether the certificate names this person or what they answer for. */
  boolean isOwn(Actor.Person person, StoredCertificate certificate) {
    return inventory.own(person).stream()
        .anyMatch(
            own ->
                own.authority().equals(certificate.authority())
                    && own.serial().equals(certificate.serial()));
  }

  /** The names of those above it, the root last, each with its authority's name for machines. */
  List<Issuer> issuers(StoredCertificate certificate) {
    var above = files.issuers(certificate);
    return authorities.all().stream()
        .filter(authority -> above.contains(authority.certificate()))
        .sorted(Comparator.comparing(authority -> above.indexOf(authority.certificate())))
        .map(Issuer::of)
        .toList();
  }

  /** An authority in the chain. */
  record Issuer(AuthorityName name, String subject, boolean root) {
    static Issuer of(Authority authority) {
      return new Issuer(
          authority.name(),
          DistinguishedNames.commonName(authority.subjectName()),
          authority.isRoot());
    }
  }
}
