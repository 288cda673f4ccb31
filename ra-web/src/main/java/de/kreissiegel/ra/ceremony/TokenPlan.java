package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.HsmConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The HSMs of a plan, and which keys live there; all others live on the software token. The root
 * does, too: shares open a key, and an HSM's PIN opens all of its keys at once.
 *
 * @param tokens the HSMs
 * @param places the name of the HSM for each key that lives on one
 */
record TokenPlan(List<HsmConfig> tokens, Map<KeyId, String> places) {
  TokenPlan {
    tokens = List.copyOf(tokens);
    places = Map.copyOf(places);
  }

  static TokenPlan read(YamlNode plan) throws CeremonyFailed {
    var tokens = new ArrayList<HsmConfig>();
    for (YamlNode token : plan.children("tokens")) {
      token.only("name", "library", "label", "pin-file");
      tokens.add(
          new HsmConfig(
              token.text("name"),
              Path.of(token.text("library")),
              token.text("label"),
              token.optional("pin-file").map(Path::of)));
    }
    var places = new TreeMap<KeyId, String>((a, b) -> a.value().compareTo(b.value()));
    for (YamlNode one : plan.children("issuing")) {
      String name = one.text("name");
      put(places, one.text("key", name), one.optional("token"));
      put(places, one.text("ocsp-key", "ocsp-" + name), one.optional("ocsp-token"));
    }
    YamlNode audit = plan.child("audit");
    put(places, audit.text("key", "audit"), audit.optional("token"));
    var read = new TokenPlan(tokens, places);
    read.require(plan.place());
    return read;
  }

  private static void put(Map<KeyId, String> places, String key, Optional<String> token) {
    token.ifPresent(name -> places.put(new KeyId(key), name));
  }

  private void require(String place) throws CeremonyFailed {
    var names = new HashSet<String>();
    for (HsmConfig token : tokens) {
      if (!names.add(token.name())) {
        throw new CeremonyFailed("%s: two tokens have the name %s.".formatted(place, token.name()));
      }
    }
    for (Map.Entry<KeyId, String> key : places.entrySet()) {
      if (!names.contains(key.getValue())) {
        throw new CeremonyFailed(
            "%s: the key %s belongs on the token %s, but 'tokens' names none of that name."
                .formatted(place, key.getKey(), key.getValue()));
      }
    }
  }

  /** The keys of one HSM, by name. */
  List<String> keysOn(String token) {
    return places.entrySet().stream()
        .filter(key -> key.getValue().equals(token))
        .map(key -> key.getKey().value())
        .sorted()
        .toList();
  }
}
