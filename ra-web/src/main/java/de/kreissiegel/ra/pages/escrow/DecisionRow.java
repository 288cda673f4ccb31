package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.escrow.Decision;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ra.pages.Mark;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A tenant's decision as the page shows it.
 *
 * @param kinds of which certificates
 * @param history who said what, in order
 * @param copies how many the tenant has
 * @param open whether there is something to end
 */
record DecisionRow(
    String id,
    String tenant,
    String kinds,
    String reason,
    String terms,
    Mark mark,
    List<String> history,
    long copies,
    boolean open,
    boolean consents,
    boolean ends) {
  static DecisionRow of(
      Decision decision, Actor.Person actor, Map<String, Long> copies, Words words) {
    Decision.Terms terms = decision.terms();
    boolean decides = AccessRules.allows(actor, Action.DECIDE_ESCROW, terms.tenant());
    boolean open = !(decision instanceof Decision.Ended);
    return new DecisionRow(
        decision.id().toString(),
        words.tenant(terms.tenant()),
        words.joined(terms.profiles().stream().map(words::profile).sorted().toList()),
        terms.reason(),
        words.of("escrow.terms", terms.officers(), terms.keepYears()),
        mark(decision),
        history(decision, words),
        copies.getOrDefault(terms.tenant().value(), 0L),
        open,
        decides
            && decision instanceof Decision.Proposed
            && !terms.proposed().by().equals(actor.id()),
        decides && open);
  }

  private static Mark mark(Decision decision) {
    return switch (decision) {
      case Decision.Proposed _ -> new Mark(Tone.WARNING, "escrow.state.proposed");
      case Decision.InForce _ -> new Mark(Tone.SUCCESS, "escrow.state.in-force");
      case Decision.Ended _ -> new Mark(Tone.INFO, "escrow.state.ended");
    };
  }

  private static List<String> history(Decision decision, Words words) {
    List<String> lines = new ArrayList<>();
    Said proposed = decision.terms().proposed();
    lines.add(words.of("grant.proposed-by", proposed.name(), words.time(proposed.at())));
    Optional<Said> consent =
        switch (decision) {
          case Decision.Proposed _ -> Optional.empty();
          case Decision.InForce agreed -> Optional.of(agreed.consent());
          case Decision.Ended ended -> ended.consent();
        };
    consent.ifPresent(
        one -> lines.add(words.of("grant.consented-by", one.name(), words.time(one.at()))));
    if (decision instanceof Decision.Ended ended) {
      lines.add(
          words.of(
              "grant.ended-by", ended.end().name(), words.time(ended.end().at()), ended.reason()));
    }
    return List.copyOf(lines);
  }
}
