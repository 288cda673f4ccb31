package de.kreissiegel.ca.superior;

import de.kreissiegel.ca.authority.AuthorityName;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How the fetching of a superior's CRL goes.
 *
 * @param name the superior's
 * @param addresses where it is asked for; none if it isn't
 * @param passedOver addresses in the certificate that aren't asked, as {@code ldap://…}
 * @param checked when an address last answered with the list that is here, or a newer one
 * @param failure if the last try failed
 * @param holdsUntil nextUpdate of the list that is here; empty if there is none
 * @param fetched how many tries went well since this node started
 * @param failed how many didn't
 */
public record SuperiorState(
    AuthorityName name,
    List<URI> addresses,
    List<String> passedOver,
    Optional<Instant> checked,
    Optional<Failure> failure,
    Optional<Instant> holdsUntil,
    long fetched,
    long failed) {
  public SuperiorState {
    addresses = List.copyOf(addresses);
    passedOver = List.copyOf(passedOver);
  }

  /**
   * A failure that lasts.
   *
   * @param since the first one after the last success
   * @param cause of the last one, in English
   * @param next when it is tried again, or later
   */
  public record Failure(Instant since, String cause, Instant next) {}

  /** English sentences: how it goes, and what is to be done. */
  public String sentence() {
    String passed =
        passedOver.isEmpty()
            ? ""
            : " Passed over: %s (only http is fetched).".formatted(String.join(", ", passedOver));
    return failure
        .map(this::failing)
        .orElseGet(
            () ->
                addresses.isEmpty()
                    ? "%s: no address to fetch its CRL from; name one in kreissiegel.superior-crls, or take the CRL in by superior-crl."
                        .formatted(name)
                    : "%s: %s, %s."
                        .formatted(
                            name,
                            checked.map(time -> "checked " + time).orElse("not checked yet"),
                            held()))
        .concat(passed);
  }

  private String failing(Failure failing) {
    return "%s: its CRL could not be fetched since %s (%s); %s. It is tried again after %s. Let this node reach %s, or take a newer CRL in by superior-crl."
        .formatted(
            name,
            failing.since(),
            failing.cause(),
            held(),
            failing.next(),
            addresses.stream().map(URI::toString).collect(Collectors.joining(", ")));
  }

  private String held() {
    return holdsUntil
        .map(end -> "the one here holds until " + end)
        .orElse("none with a nextUpdate is here");
  }
}
