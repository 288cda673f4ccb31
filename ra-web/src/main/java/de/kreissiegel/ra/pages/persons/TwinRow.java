package de.kreissiegel.ra.pages.persons;

import de.kreissiegel.ca.identity.Twins;
import de.kreissiegel.ra.pages.Words;

/**
 * Two entries that may be the same human, as the page shows them.
 *
 * @param said what was said of them, in words; empty if nothing was
 * @param same whether they are linked
 */
record TwinRow(Side one, Side other, String why, String said, boolean same) {
  /** One of the two. */
  record Side(String subject, String name, String directory, String administrations, String mail) {
    static Side of(Twins.Entry entry, Words words) {
      return new Side(
          entry.subject().value(),
          entry.name(),
          entry.directory(),
          entry.tenants().isEmpty()
              ? ""
              : words.joined(entry.tenants().stream().sorted().map(words::tenant).toList()),
          entry.mail());
    }
  }

  static TwinRow of(Twins twins, Words words) {
    return new TwinRow(
        Side.of(twins.one(), words),
        Side.of(twins.other(), words),
        words.of(twins.sameMail() ? "persons.twins.mail" : "persons.twins.name"),
        twins
            .same()
            .map(
                same ->
                    words.of(
                        same ? "persons.twins.linked" : "persons.twins.not-same",
                        twins.officerName().orElse("")))
            .orElse(""),
        twins.same().orElse(false));
  }
}
