package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ra.pages.Words;
import java.util.stream.Collectors;

/**
 * Something to apply for, as pages show it.
 *
 * @param own whether it is for the person themselves
 * @param profile,order,subject,tenant what the form sends back; an order is of several certificates
 * @param title what it is called
 * @param description what it is for
 * @param holder whom it would name
 * @param administration for which tenant
 */
record OfferCard(
    boolean own,
    String profile,
    boolean order,
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
        offer.isOrder(),
        offer.subject().id().value(),
        offer.tenant().value(),
        words.joined(
            offer.profiles().stream().map(profile -> profile.title(Words.language())).toList()),
        offer.profiles().stream()
            .map(profile -> profile.description(Words.language()))
            .collect(Collectors.joining(" ")),
        offer.subject().commonName(),
        words.tenant(offer.tenant()));
  }
}
