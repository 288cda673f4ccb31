package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ra.pages.Words;

/**
 * Something to apply for, as pages show it.
 *
 * @param own whether it is for the person themselves
 * @param profile,subject,tenant what the form sends back
 * @param title what it is called
 * @param description what it is for
 * @param holder whom it would name
 * @param administration for which tenant
 */
record OfferCard(
    boolean own,
    String profile,
    String subject,
    String tenant,
    String title,
    String description,
    String holder,
    String administration) {
  static OfferCard of(Offer offer, Actor.Person person, Words words) {
    return new OfferCard(
        offer.subject().id().equals(person.id()),
        offer.profile().name().value(),
        offer.subject().id().value(),
        offer.tenant().value(),
        offer.profile().title(Words.language()),
        offer.profile().description(Words.language()),
        offer.subject().commonName(),
        words.tenant(offer.tenant()));
  }
}
