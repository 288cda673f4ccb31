package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The health of several signers as one. */
final class GroupHealth {
  private final TreeSet<String> versions = new TreeSet<>();
  private final List<VaultHealth.TokenState> tokens = new ArrayList<>();
  private final List<String> sentences = new ArrayList<>();
  private long entries;
  private long checkpointed;
  private boolean writable = true;
  private long refusals;
  private Optional<VaultHealth.Refusal> lastRefusal = Optional.empty();

  /** One that can't be asked counts as a token that is gone. */
  void add(NamedSigner member) {
    try {
      if (member.signer() instanceof VaultDoor door) {
        add(member.name(), door.health());
      } else {
        int keys = member.signer().keys().size();
        tokens.add(
            new VaultHealth.TokenState(member.name(), "signer", true, keys + " keys; no health"));
      }
    } catch (SigningUnavailable out) {
      tokens.add(
          new VaultHealth.TokenState(
              member.name(), "signer", false, String.valueOf(out.getMessage())));
    }
  }

  private void add(String name, VaultHealth health) {
    versions.add(health.version());
    for (VaultHealth.TokenState token : health.tokens()) {
      tokens.add(
          new VaultHealth.TokenState(
              name + "/" + token.name(), token.kind(), token.present(), token.sentence()));
    }
    entries += health.journal().entries();
    checkpointed += health.journal().checkpointed();
    writable &= health.journal().writable();
    if (!health.journal().sentence().isEmpty()) {
      sentences.add(name + ": " + health.journal().sentence());
    }
    refusals += health.refusals();
    lastRefusal =
        Stream.concat(lastRefusal.stream(), health.lastRefusal().stream())
            .reduce((one, other) -> one.time().isAfter(other.time()) ? one : other);
  }

  VaultHealth told() {
    return new VaultHealth(
        String.join(", ", versions),
        tokens,
        new VaultHealth.JournalState(entries, checkpointed, writable, String.join("; ", sentences)),
        refusals,
        lastRefusal);
  }
}
