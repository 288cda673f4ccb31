package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The first registration officers, under {@code officers} in the plan: their certificates are made
 * without approval, and they approve the others'. They make their keys before the ceremony; the
 * plan names each by SHA-256 of its SubjectPublicKeyInfo, as {@code ceremony fingerprint} says it.
 *
 * @param names by the keys' hashes, in the plan's order
 */
record OfficersPlan(Map<Bytes, String> names) {
  private static final int LEAST = 2;
  private static final int HASH_OCTETS = 32;

  static OfficersPlan read(YamlNode plan) throws CeremonyFailed {
    var names = new LinkedHashMap<Bytes, String>();
    var people = new HashSet<String>();
    for (YamlNode officer : plan.children("officers")) {
      officer.only("name", "key");
      if (names.put(hash(officer), officer.text("name")) != null
          || !people.add(officer.text("name"))) {
        throw new CeremonyFailed(
            officer.place() + " stands there twice; each officer is one person with one key.");
      }
    }
    if (names.size() < LEAST) {
      throw new CeremonyFailed(
          ("%s names %d of the two officers that it takes at least: without two, nobody can appoint"
                  + " others, and no certificate that officers approve is ever signed. Write"
                  + " officers: [{name: …, key: …}, …].")
              .formatted(plan.place(), names.size()));
    }
    return new OfficersPlan(names);
  }

  private static Bytes hash(YamlNode officer) throws CeremonyFailed {
    String text = officer.text("key");
    try {
      byte[] hash = HexFormat.of().parseHex(text.replace(":", "").toLowerCase(Locale.ROOT));
      if (hash.length == HASH_OCTETS) {
        return Bytes.of(hash);
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw new CeremonyFailed(
        officer.place()
            + ": a key is told by the SHA-256 of its SubjectPublicKeyInfo, 64 hexadecimal digits;"
            + " 'ceremony fingerprint' says it of a request.");
  }

  Set<Bytes> keys() {
    return names.keySet();
  }
}
