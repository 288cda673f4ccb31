package de.kreissiegel.ca.emergency;

import de.kreissiegel.ca.settings.ConsentFolder;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where consents to runs lie, and who may give them.
 *
 * @param folder of the consents; they prove themselves
 * @param entitled SHA-256 of the SubjectPublicKeyInfo of those who may
 */
public record MassConsents(ConsentFolder folder, Set<Bytes> entitled) {
  public MassConsents {
    entitled = Set.copyOf(entitled);
  }

  /**
   * Who consented to this order, today or the day before, the first octets of each key's digest.
   */
  Set<String> givers(MassOrder order) throws IOException {
    var most = new TreeSet<String>();
    for (MassOrder one : List.of(order, order.ofTheDayBefore())) {
      var givers = new TreeSet<String>();
      folder.givers(one.sheet(), entitled).forEach(key -> givers.add(key.toHex().substring(0, 16)));
      if (givers.size() > most.size()) {
        most = givers;
      }
    }
    return most;
  }
}
