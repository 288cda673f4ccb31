package de.kreissiegel.hsm.wire;

import static de.kreissiegel.hsm.wire.Limits.SENTENCE;
import static de.kreissiegel.hsm.wire.Limits.WORD;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the vault tells of its keys and of itself, to octets and back. */
final class TellingCodec {
  private TellingCodec() {}

  static void keys(DerWriter to, List<VaultKey> keys) {
    int all = to.begin();
    for (VaultKey key : keys) {
      int one = to.begin();
      to.text(key.id().value())
          .bytes(key.publicKey())
          .bytes(key.signatureAlgorithm())
          .truth(key.state() == VaultKey.State.ACTIVE);
      int structures = to.begin();
      key.structures().stream().sorted().forEach(structure -> to.number(structure.code()));
      to.end(structures).end(one);
    }
    to.end(all);
  }

  static List<VaultKey> readKeys(DerReader all) throws MalformedMessage {
    List<VaultKey> keys = new ArrayList<>();
    while (all.hasMore()) {
      DerReader key = all.sequence();
      KeyId id = new KeyId(key.text(WORD));
      Bytes publicKey = key.bytes();
      Bytes algorithm = key.bytes();
      VaultKey.State state = key.truth() ? VaultKey.State.ACTIVE : VaultKey.State.LOCKED;
      DerReader structures = key.sequence();
      Set<SignedStructure> allowed = EnumSet.noneOf(SignedStructure.class);
      while (structures.hasMore()) {
        allowed.add(SignedStructure.ofCode(structures.number()));
      }
      key.end();
      keys.add(new VaultKey(id, publicKey, algorithm, allowed, state));
    }
    return keys;
  }

  static void health(DerWriter to, VaultHealth health) {
    to.text(health.version());
    int tokens = to.begin();
    for (VaultHealth.TokenState token : health.tokens()) {
      int one = to.begin();
      to.text(token.name()).text(token.kind()).truth(token.present()).text(token.sentence());
      to.end(one);
    }
    to.end(tokens);
    int journal = to.begin();
    to.number(health.journal().entries())
        .number(health.journal().checkpointed())
        .truth(health.journal().writable())
        .text(health.journal().sentence())
        .end(journal)
        .number(health.refusals());
    health
        .lastRefusal()
        .ifPresent(
            last -> {
              int refusal = to.begin();
              to.number(last.time().toEpochMilli()).text(last.key().value()).text(last.rule());
              to.end(refusal);
            });
  }

  static VaultHealth readHealth(DerReader from) throws MalformedMessage {
    String version = from.text(WORD);
    List<VaultHealth.TokenState> tokens = new ArrayList<>();
    DerReader all = from.sequence();
    while (all.hasMore() && tokens.size() < Limits.TOKENS) {
      DerReader token = all.sequence();
      tokens.add(
          new VaultHealth.TokenState(
              token.text(SENTENCE), token.text(WORD), token.truth(), token.text(SENTENCE)));
      token.end();
    }
    all.end();
    DerReader state = from.sequence();
    var journal =
        new VaultHealth.JournalState(
            state.longNumber(), state.longNumber(), state.truth(), state.text(SENTENCE));
    state.end();
    return new VaultHealth(version, tokens, journal, from.longNumber(), readRefusal(from));
  }

  private static Optional<VaultHealth.Refusal> readRefusal(DerReader from) throws MalformedMessage {
    if (!from.hasMore()) {
      return Optional.empty();
    }
    DerReader refusal = from.sequence();
    var last =
        new VaultHealth.Refusal(
            Instant.ofEpochMilli(refusal.longNumber()),
            new KeyId(refusal.text(WORD)),
            refusal.text(SENTENCE));
    refusal.end();
    return Optional.of(last);
  }
}
