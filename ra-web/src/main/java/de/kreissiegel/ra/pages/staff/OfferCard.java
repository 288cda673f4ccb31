package de.kreissiegel.ra.pages.staff;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.lifecycle.Occasion;
import de.kreissiegel.ca.registration.Offer;
import de.kreissiegel.ra.pages.Words;
import java.util.List;
import java.util.Optional;
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
 * @param because the end of the message's name that says why there is reason to ask for it, if any
 * @param grant for which grant an officer's certificate is good; empty for none
 * @param standIn the same in words
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
    String administration,
    Optional<String> because,
    String grant,
    String standIn) {
  static OfferCard of(Offer offer, Actor.Person person, List<Occasion> occasions, Words words) {
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
        words.tenant(offer.tenant()),
        occasions.stream()
            .filter(occasion -> fits(offer, occasion))
            .map(one -> one.expected() ? "EXPECTED" : one.because().name())
            .findFirst(),
        offer.grant().map(grant -> grant.id().toString()).orElse(""),
        offer
            .grant()
            .map(
                grant ->
                    words.of(
                        "offer.stand-in",
                        words.tenant(grant.terms().tenant()),
                        words.date(grant.terms().ends().minusSeconds(1))))
            .orElse(""));
  }

  private static boolean fits(Offer offer, Occasion occasion) {
    return occasion.subject().equals(offer.subject().id())
        && occasion.tenant().equals(offer.tenant())
        && offer.profiles().stream().anyMatch(one -> one.name().equals(occasion.profile()));
  }
}
