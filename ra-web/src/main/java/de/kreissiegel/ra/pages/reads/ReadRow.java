package de.kreissiegel.ra.pages.reads;

import de.kreissiegel.ca.reads.ReadEntry;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;

/**
 * Somebody looked at something.
 *
 * @param who the reader's name; their id where it was erased
 * @param what a certificate, an application, a person or a list, in words
 * @param about whose, as it stands there; may be empty
 * @param tenant its name; empty for a list of several
 */
record ReadRow(
    Instant at,
    String who,
    String reader,
    String what,
    String about,
    String object,
    String detail,
    String tenant) {
  private static final String LIST = "list:";

  static ReadRow of(ReadEntry entry, Words words) {
    String object = entry.event().object();
    return new ReadRow(
        entry.event().at(),
        entry.event().actorName().isEmpty() ? entry.event().actor() : entry.event().actorName(),
        entry.event().actor(),
        what(object, words),
        entry.about(),
        object,
        entry.event().detail(),
        entry.event().tenant().map(TenantId::value).isPresent()
            ? words.tenant(entry.event().tenant().get())
            : "");
  }

  private static String what(String object, Words words) {
    if (object.startsWith(LIST)) {
      String name = object.substring(LIST.length());
      return words.of("reads.list", words.orElse("reads.list." + name, name));
    }
    int colon = object.indexOf(':');
    String kind = colon < 0 ? object : object.substring(0, colon);
    return words.orElse("reads.object." + kind, object);
  }
}
