package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.FieldValue;
import de.kreissiegel.ca.registration.Predecessor;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.x509.SerialNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which certificates a form is to renew, and what their applications said. */
@Component
class Renewals {
  /** As many as an order has. */
  private static final int MOST = 4;

  private final CertificateInventory inventory;
  private final RegistrationDesk desk;

  Renewals(CertificateInventory inventory, RegistrationDesk desk) {
    this.inventory = inventory;
    this.desk = desk;
  }

  /**
   * What is renewed.
   *
   * @param names as {@code people/1a2b}
   * @throws Refused NOT_FOUND
   */
  List<StoredCertificate> named(Actor.Person person, List<String> names) throws Refused {
    var found = new ArrayList<StoredCertificate>();
    for (String name : names.stream().limit(MOST).toList()) {
      if (!name.isBlank()) {
        var certificate = read(name);
        found.add(inventory.view(person, certificate.authority(), certificate.serial()));
      }
    }
    return List.copyOf(found);
  }

  /**
   * The one of them that is of this kind, as a form names it.
   *
   * @return empty if there is none
   */
  static String nameOf(List<StoredCertificate> renewed, ProfileName profile) {
    return renewed.stream()
        .filter(one -> one.profile().equals(profile))
        .map(one -> one.authority() + "/" + one.serial())
        .findFirst()
        .orElse("");
  }

  /**
   * What a form names.
   *
   * @param name as {@code people/1a2b}; nothing if it is empty
   * @throws Refused NOT_FOUND if it can't be one
   */
  static Optional<Predecessor> of(String name) throws Refused {
    return name.isBlank() ? Optional.empty() : Optional.of(read(name));
  }

  private static Predecessor read(String name) throws Refused {
    try {
      int slash = name.indexOf('/');
      return new Predecessor(
          new AuthorityName(name.substring(0, Math.max(0, slash))),
          SerialNumber.fromHex(name.substring(slash + 1)));
    } catch (IllegalArgumentException _) {
      throw new Refused(RefusalReason.NOT_FOUND, "no certificate of this name");
    }
  }

  /** What the applicant said of its fields then. */
  List<FieldValue> saidThen(Actor.Person person, List<StoredCertificate> renewed) throws Refused {
    if (renewed.size() != 1 || renewed.getFirst().request().isEmpty()) {
      return List.of();
    }
    return desk.view(person, renewed.getFirst().request().get()).content().values().all().stream()
        .filter(value -> value.by() == FieldSource.APPLICANT)
        .toList();
  }
}
