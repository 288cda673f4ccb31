package de.kreissiegel.ra.pages.grants;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A grant as the page shows it.
 *
 * @param person who stands in, or reads
 * @param tenant for whose officers, or whose affairs
 * @param what what is given, in words
 * @param reason in words
 * @param dates from which day to which
 * @param history who said what, in order
 * @param open whether there is still something to end
 * @param consents whether this actor may consent
 * @param ends whether this actor may end it
 * @param certificate where the person applies for what the vault believes, if this is theirs now
 */
record GrantRow(
    String id,
    String person,
    String tenant,
    String what,
    String reason,
    String dates,
    Mark mark,
    List<String> history,
    boolean open,
    boolean consents,
    boolean ends,
    boolean certificate) {
  static GrantRow of(Grant grant, Actor.Person actor, Words words, Instant now) {
    Grant.Terms terms = grant.terms();
    boolean manages = AccessRules.allows(actor, Action.MANAGE_GRANTS, terms.tenant());
    boolean own = terms.person().equals(actor.id());
    boolean open = !(grant instanceof Grant.Ended) && terms.ends().isAfter(now);
    return new GrantRow(
        grant.id().toString(),
        terms.personName(),
        words.tenant(terms.tenant()),
        words.of(what(terms), words.tenant(terms.tenant())),
        terms.reason(),
        words.of("grants.dates", words.date(terms.begins()), words.date(lastDay(terms))),
        mark(grant, now),
        history(grant, words).toList(),
        open,
        open
            && manages
            && !own
            && grant instanceof Grant.Proposed
            && !terms.proposed().by().equals(actor.id()),
        open && (manages || own),
        own && terms.right() == Grant.Right.STAND_IN && grant.holds(now));
  }

  private static String what(Grant.Terms terms) {
    return switch (terms.right()) {
      case STAND_IN -> terms.across() ? "grants.for-across" : "grants.for";
      case READ -> "grants.reads";
    };
  }

  /** A grant that ends at midnight holds on the day before. */
  private static Instant lastDay(Grant.Terms terms) {
    return terms.ends().minusSeconds(1);
  }

  private static Mark mark(Grant grant, Instant now) {
    if (grant instanceof Grant.Ended) {
      return new Mark(Tone.INFO, "grant.state.ended");
    }
    if (!grant.terms().ends().isAfter(now)) {
      return new Mark(Tone.INFO, "grant.state.over");
    }
    if (grant instanceof Grant.Proposed) {
      return new Mark(Tone.WARNING, "grant.state.proposed");
    }
    return grant.holds(now)
        ? new Mark(Tone.SUCCESS, "grant.state.running")
        : new Mark(Tone.INFO, "grant.state.later");
  }

  private static Stream<String> history(Grant grant, Words words) {
    Grant.Said proposed = grant.terms().proposed();
    Optional<Grant.Said> consent =
        switch (grant) {
          case Grant.Proposed _ -> Optional.empty();
          case Grant.InForce agreed -> agreed.consent();
          case Grant.Ended ended -> ended.consent();
        };
    return Stream.concat(
        Stream.of(words.of("grant.proposed-by", proposed.name(), words.time(proposed.at()))),
        Stream.concat(
            consent.stream()
                .map(one -> words.of("grant.consented-by", one.name(), words.time(one.at()))),
            grant instanceof Grant.Ended ended
                ? Stream.of(
                    words.of(
                        "grant.ended-by",
                        ended.end().name(),
                        words.time(ended.end().at()),
                        ended.reason()))
                : Stream.empty()));
  }
}
