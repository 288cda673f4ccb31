package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.tree.HashTree;

/** A draft, as far as the thread that asks can prepare it; its place comes later. */
sealed interface Prepared {
  Draft draft();

  /** How many octets of the journal it takes at most. */
  int octets();

  /**
   * Gets an entry of its own.
   *
   * @param facts of its header
   * @param body as it is written
   */
  record Alone(Draft draft, byte[] facts, byte[] body) implements Prepared {
    @Override
    public int octets() {
      return Frames.length(facts.length + 64, body.length);
    }
  }

  /**
   * Shares an entry with other answers.
   *
   * @param item of an {@link AnswerList}
   * @param leaf of the tree of their digests
   */
  record Answer(Draft draft, byte[] item, byte[] leaf) implements Prepared {
    @Override
    public int octets() {
      return Frames.length(512, item.length);
    }
  }

  /**
   * Prepares it.
   *
   * @throws IllegalArgumentException if it is too large for an entry
   */
  static Prepared of(Draft draft) {
    if (JournalEntry.listsAnswers(draft.happening(), draft.structure())) {
      return new Answer(draft, AnswerList.item(draft), HashTree.leaf(draft.digest().toArray()));
    }
    byte[] body = EntryBody.encode(draft);
    byte[] facts =
        EntryCodec.facts(
            draft, draft.request(), 1, draft.digest().toArray(), Digests.fresh().digest(body));
    if (!Frames.possible(facts.length + 64, body.length)) {
      throw new IllegalArgumentException(
          "an entry of %d octets is too large for the journal".formatted(body.length));
    }
    return new Alone(draft, facts, body);
  }
}
