package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import org.springframework.stereotype.Component;

/** Finds the offer that a form or an address names. */
@Component
class Offers {
  private final RegistrationDesk desk;

  Offers(RegistrationDesk desk) {
    this.desk = desk;
  }

  /**
   * The offer to this person that is named so.
   *
   * @param order whether it has several kinds
   * @param grant for which grant; empty for none
   * @throws Refused NOT_FOUND if there is no such offer to this person
   * @throws DirectoryUnavailable if the directory can't say
   */
  Offer named(
      Actor.Person person,
      String profile,
      boolean order,
      String subject,
      String tenant,
      String grant)
      throws Refused, DirectoryUnavailable {
    return desk.offers(person).stream()
        .filter(
            offer ->
                offer.profile().name().value().equals(profile)
                    && offer.isOrder() == order
                    && offer.subject().id().value().equals(subject)
                    && offer.tenant().value().equals(tenant)
                    && offer.grant().map(one -> one.id().toString()).orElse("").equals(grant))
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no offer like this"));
  }
}
