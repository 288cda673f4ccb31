package de.kreissiegel.ca.superior;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.authority.IssuerAddresses;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.hsm.signing.Bytes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where a superior's CRL is to be had.
 *
 * @param superior whose
 * @param authority ours at the end of the chain
 * @param below the certificate under the superior, of whose status the list tells
 * @param addresses to be tried in order
 * @param passedOver what else that certificate names, as {@code ldap://…}
 */
record ListSource(
    Superior superior,
    Authority authority,
    Bytes below,
    List<URI> addresses,
    List<String> passedOver) {
  /** RFC 5280 §8: what is fetched to verify a certificate should need no certificate. */
  private static final String PLAIN = "http";

  ListSource {
    addresses = List.copyOf(addresses);
    passedOver = List.copyOf(passedOver);
  }

  AuthorityName name() {
    return superior.name();
  }

  /**
   * Those of all generations that stand under external superiors and were not ended.
   *
   * @throws IllegalArgumentException if an address is configured for a superior that isn't there
   */
  static List<ListSource> of(
      AuthorityCatalog authorities, Map<AuthorityName, List<URI>> configured) {
    List<AuthorityName> names =
        authorities.superiors().values().stream()
            .flatMap(List::stream)
            .map(Superior::name)
            .toList();
    for (AuthorityName name : configured.keySet()) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException(
            "kreissiegel.superior-crls.addresses names %s, which is no superior of this hierarchy%s"
                .formatted(name, names.isEmpty() ? "" : "; there are " + names));
      }
    }
    var sources = new ArrayList<ListSource>();
    for (AuthorityLine line : authorities.lines()) {
      if (authorities.takenOver(line.name()).isPresent()) {
        continue;
      }
      for (Generation generation : line.generations()) {
        if (generation.terminated().isEmpty()) {
          add(sources, authorities, generation, configured);
        }
      }
    }
    return List.copyOf(sources);
  }

  private static void add(
      List<ListSource> sources,
      AuthorityCatalog authorities,
      Generation generation,
      Map<AuthorityName, List<URI>> configured) {
    Authority own = generation.authority();
    Bytes below = own.certificate();
    for (Superior superior : authorities.superiors(own.name())) {
      List<URI> known = configured.get(superior.name());
      sources.add(
          known == null
              ? told(superior, own, below)
              : new ListSource(superior, own, below, known, List.of()));
      below = superior.certificate();
    }
  }

  private static ListSource told(Superior superior, Authority own, Bytes below) {
    var addresses = new ArrayList<URI>();
    var passedOver = new ArrayList<String>();
    for (String told : IssuerAddresses.of(below).crls()) {
      try {
        URI address = new URI(told);
        if (FetchSettings.isWeb(address) && PLAIN.equalsIgnoreCase(address.getScheme())) {
          addresses.add(address);
        } else {
          passedOver.add(told);
        }
      } catch (URISyntaxException none) {
        passedOver.add(told);
      }
    }
    return new ListSource(superior, own, below, addresses, passedOver);
  }
}
