package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.tree.HashTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes one write: entries of one draft each, and lists of answers. */
final class Group {
  /** What will become an entry, and who waits for it. */
  record Part(byte[] facts, byte[] body, List<Waiting> waiting) {
    Optional<Draft> remembered() {
      return waiting.getFirst().prepared() instanceof Prepared.Alone alone
          ? Optional.of(alone.draft())
          : Optional.empty();
    }
  }

  /** Answers by one key under one policy of one kind share an entry. */
  private record Responder(KeyId key, Bytes policy, String rule) {}

  private Group() {}

  static List<Part> parts(List<Waiting> group) {
    List<Part> parts = new ArrayList<>(group.size());
    Map<Responder, List<Waiting>> answers = new LinkedHashMap<>();
    for (Waiting one : group) {
      switch (one.prepared()) {
        case Prepared.Alone alone -> parts.add(new Part(alone.facts(), alone.body(), List.of(one)));
        case Prepared.Answer answer -> {
          Draft draft = answer.draft();
          answers
              .computeIfAbsent(
                  new Responder(draft.key(), draft.policy(), draft.rule()), _ -> new ArrayList<>())
              .add(one);
        }
      }
    }
    answers.values().forEach(waiting -> parts.add(list(waiting)));
    return parts;
  }

  private static Part list(List<Waiting> waiting) {
    HashTree tree = new HashTree();
    DerOutput items = new DerOutput(64 * waiting.size());
    for (Waiting one : waiting) {
      if (one.prepared() instanceof Prepared.Answer answer) {
        tree.addLeaf(answer.leaf());
        items.raw(answer.item());
      }
    }
    byte[] body = items.asSequence();
    byte[] facts =
        EntryCodec.facts(
            waiting.getFirst().prepared().draft(),
            JournalEntry.NO_REQUEST,
            waiting.size(),
            tree.root().toArray(),
            Digests.fresh().digest(body));
    return new Part(facts, body, waiting);
  }
}
