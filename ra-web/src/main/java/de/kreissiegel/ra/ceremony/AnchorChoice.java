package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which anchor somebody means: a root of ours, or one above an external superior. */
final class AnchorChoice {
  private final AuthorityCatalog catalog;
  private final Words words;

  AnchorChoice(AuthorityCatalog catalog, Words words) {
    this.catalog = catalog;
    this.words = words;
  }

  /**
   * An anchor.
   *
   * @param certificate DER
   * @param external whether an external superior is it
   */
  record Anchor(Bytes certificate, boolean external) {}

  /**
   * The one that is meant.
   *
   * @throws CeremonyFailed if there is none of that name, or none was named and there are several;
   *     the message says which there are
   */
  Anchor choose(Optional<AuthorityName> name, Instant now) throws CeremonyFailed {
    Map<AuthorityName, Anchor> all = all();
    List<Anchor> fit =
        name.map(one -> Optional.ofNullable(all.get(one)).stream().toList())
            .orElseGet(() -> usual(now));
    if (fit.size() == 1) {
      return fit.getFirst();
    }
    String names =
        all.keySet().stream().map(AuthorityName::value).collect(Collectors.joining(", "));
    throw new CeremonyFailed(
        names.isEmpty() ? words.say("fail.anchor.none") : words.say("fail.anchor", names));
  }

  /** Our root that issues; without one, each anchor above external superiors. */
  private List<Anchor> usual(Instant now) {
    List<Anchor> roots =
        catalog.all().stream()
            .filter(Authority::isRoot)
            .filter(
                root ->
                    catalog.takenOver(root.name()).isEmpty()
                        && catalog
                            .state(root.name(), now)
                            .filter(AuthorityState.ACTIVE::equals)
                            .isPresent())
            .map(root -> new Anchor(root.certificate(), false))
            .toList();
    return roots.isEmpty() ? all().values().stream().distinct().toList() : roots;
  }

  private Map<AuthorityName, Anchor> all() {
    var all = new LinkedHashMap<AuthorityName, Anchor>();
    catalog.all().stream()
        .filter(Authority::isRoot)
        .forEach(root -> all.put(root.name(), new Anchor(root.certificate(), false)));
    for (List<Superior> chain : catalog.superiors().values()) {
      if (!chain.isEmpty()) {
        all.put(chain.getLast().name(), new Anchor(chain.getLast().certificate(), true));
      }
    }
    return all;
  }
}
