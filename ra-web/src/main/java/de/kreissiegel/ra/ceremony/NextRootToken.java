package de.kreissiegel.ra.ceremony;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.vault.HsmConfig;
import de.kreissiegel.hsm.vault.NamedHsm;
import de.kreissiegel.hsm.vault.VaultInspection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a root's next key is to live: on the software token, or on an HSM of its own. What can't be
 * is refused before anybody enters; a key on an HSM is followed by no key in software.
 */
final class NextRootToken {
  private final Words words;
  private final List<NamedHsm> there;
  private final Optional<NamedHsm> old;

  private NextRootToken(Words words, List<NamedHsm> there, KeyId oldKey) {
    this.words = words;
    this.there = there;
    this.old = there.stream().filter(hsm -> hsm.holds().equals(Optional.of(oldKey))).findFirst();
  }

  /**
   * As a vault would be made with it.
   *
   * @param wanted the HSM; none for the software token
   * @return without any HSM, or with one that holds the next key
   */
  static TokenPlan plan(Room room, Place place, NextGeneration next, Optional<RootToken> wanted)
      throws CeremonyFailed, IOException {
    Words words = room.words();
    if (!next.isRoot()) {
      if (wanted.isPresent()) {
        throw new CeremonyFailed(words.say("fail.rollover.token.root", next.line()));
      }
      return TokenPlan.SOFTWARE;
    }
    var rules = new NextRootToken(words, VaultInspection.hsms(place.vault()), next.oldKey());
    if (wanted.isPresent()) {
      return rules.on(wanted.get(), next.rootPlan().ownRoot().key());
    }
    if (rules.old.isPresent()) {
      throw new CeremonyFailed(
          words.say("fail.rollover.token", next.oldKey(), rules.old.get().name()));
    }
    return TokenPlan.SOFTWARE;
  }

  private TokenPlan on(RootToken wanted, KeyId key) throws CeremonyFailed {
    Path library =
        wanted
            .library()
            .or(() -> old.map(NamedHsm::library))
            .orElseThrow(
                () -> new CeremonyFailed(words.say("fail.rollover.library", wanted.name())));
    if (!Files.isRegularFile(library)) {
      throw new CeremonyFailed(words.say("fail.rollover.library.none", library));
    }
    for (NamedHsm hsm : there) {
      if (hsm.name().equals(wanted.name())) {
        throw new CeremonyFailed(words.say("fail.rollover.token.name", wanted.name()));
      }
      if (hsm.library().equals(library) && hsm.label().equals(Optional.of(wanted.label()))) {
        throw new CeremonyFailed(
            words.say("fail.rollover.token.label", wanted.label(), hsm.name()));
      }
    }
    var hsm =
        new HsmConfig(wanted.name(), library, wanted.label(), Optional.empty(), Optional.of(key));
    return new TokenPlan(
        List.of(new TokenPlan.Token(hsm, wanted.pinFile(), wanted.officerPinFile())),
        Map.of(key, wanted.name()));
  }
}
