package de.kreissiegel.ca.census;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.census.CryptoEntry.Use;
import de.kreissiegel.ca.census.CryptoEntry.Where;
import de.kreissiegel.ca.x509.KeyKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** From authorities and certificates to a register of keys. */
final class CryptoRegister {
  private CryptoRegister() {}

  /** Authorities in their order, then the house's own, then holders', by profile and key. */
  static List<CryptoEntry> of(AuthorityCatalog authorities, Census census, Instant now) {
    var entries = new ArrayList<CryptoEntry>();
    for (Authority authority : authorities.all()) {
      if (authority.notAfter().isAfter(now)) {
        entries.add(
            new CryptoEntry(
                Use.AUTHORITY,
                authority.name().value(),
                KeyKind.of(authority.certificate()),
                KeyKind.signatureOf(authority.certificate()),
                Where.VAULT,
                Optional.of(authority.notAfter()),
                1));
      }
    }
    for (Use use : List.of(Use.HOUSE, Use.HOLDER)) {
      new Census(
              census.tallies().stream()
                  .filter(tally -> tally.tenant().isEmpty() == (use == Use.HOUSE))
                  .toList(),
              now)
          .by(tally -> new Kind(tally.profile().value(), tally.key()))
          .forEach(
              (kind, count) ->
                  entries.add(
                      new CryptoEntry(
                          use,
                          kind.profile(),
                          kind.key(),
                          "",
                          use == Use.HOUSE ? Where.HOUSE : Where.HOLDER,
                          Optional.empty(),
                          count)));
    }
    return List.copyOf(entries);
  }

  private record Kind(String profile, String key) implements Comparable<Kind> {
    @Override
    public int compareTo(Kind other) {
      int byProfile = profile.compareTo(other.profile);
      return byProfile == 0 ? key.compareTo(other.key) : byProfile;
    }
  }
}
