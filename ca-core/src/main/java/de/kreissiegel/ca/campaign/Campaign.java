package de.kreissiegel.ca.campaign;

import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A campaign on its way:
 *
 * <pre>
 * Draft → Running ⇄ Paused
 *   └────────┴────────┴──→ Ended; Running, Paused → Done
 * </pre>
 *
 * @param goal which certificates
 * @param terms by when, how fast, and with which words
 * @param maker who made it, and hears what comes of it
 * @param makerName for display
 * @param madeAt when
 * @param answering who let it go on last: by their rights letters are written
 * @param proof how they had proved who they are
 * @param state where it is
 * @param dates when what happened to it
 */
public record Campaign(
    UUID id,
    Goal goal,
    Terms terms,
    SubjectId maker,
    String makerName,
    Instant madeAt,
    SubjectId answering,
    Proof proof,
    State state,
    Dates dates) {
  /** Where a campaign is. */
  public enum State {
    /** It was made, and nothing has happened. */
    DRAFT,
    /** Letters are written. */
    RUNNING,
    /** No letters are written for now. */
    PAUSED,
    /** An officer has ended it: no letter is written any more. */
    ENDED,
    /** Nothing is left. */
    DONE;

    /** Whether nothing follows. */
    public boolean isOver() {
      return this == ENDED || this == DONE;
    }
  }

  /**
   * When what happened.
   *
   * @param moved when it came into its state
   * @param started when it began
   * @param looked when certificates were last taken into it
   * @param overdue when it was noticed that its day had passed with some left
   */
  public record Dates(
      Instant moved,
      Optional<Instant> started,
      Optional<Instant> looked,
      Optional<Instant> overdue) {}

  /** The same in another state. */
  Campaign moved(State next, Instant now) {
    return with(
        terms,
        answering,
        proof,
        next,
        new Dates(
            now,
            next == State.RUNNING ? dates.started().or(() -> Optional.of(now)) : dates.started(),
            dates.looked(),
            dates.overdue()));
  }

  /** The same, somebody answering for what is done from now on. */
  Campaign by(SubjectId officer, Proof how) {
    return with(terms, officer, how, state, dates);
  }

  /** The same under other terms: a day that was put off hasn't passed. */
  Campaign under(Terms others) {
    return with(
        others,
        answering,
        proof,
        state,
        new Dates(dates.moved(), dates.started(), dates.looked(), Optional.empty()));
  }

  /** The same, certificates having been looked for. */
  Campaign looked(Instant now) {
    return with(
        terms,
        answering,
        proof,
        state,
        new Dates(dates.moved(), dates.started(), Optional.of(now), dates.overdue()));
  }

  /** The same, its day having passed. */
  Campaign overdue(Instant now) {
    return with(
        terms,
        answering,
        proof,
        state,
        new Dates(dates.moved(), dates.started(), dates.looked(), Optional.of(now)));
  }

  private Campaign with(Terms t, SubjectId who, Proof how, State s, Dates d) {
    return new Campaign(id, goal, t, maker, makerName, madeAt, who, how, s, d);
  }

  /** How the audit trail names it. */
  public String auditName() {
    return "campaign:" + id;
  }
}
