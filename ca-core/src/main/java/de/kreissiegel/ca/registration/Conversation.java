package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What officers ask and applicants answer before a decision, and what happens when nobody decides.
 */
final class Conversation {
  private static final Actor.Component SELF = new Actor.Component("registration");
  private static final int MOST = 20;

  private final ApplicationCheck check;
  private final RequestLedger ledger;
  private final Sight sight;

  Conversation(ApplicationCheck check, RequestLedger ledger) {
    this.check = check;
    this.ledger = ledger;
    this.sight = new Sight(ledger.book());
  }

  CertificateRequest ask(Actor officer, RequestId id, String text) throws Refused {
    CertificateRequest request = sight.of(officer, id);
    Actor.Person person = Sight.decider(officer, List.of(request));
    String grant = told(check.grantBehind(person, request.content().tenant()));
    String words = Words.reason(text);
    Instant now = ledger.now();
    return ledger.turn(
        officer,
        id,
        "request.asked",
        " question=" + words + grant,
        (transaction, state) -> {
          state.forbidOwn(person.id());
          state.waiting().requireAnswered();
          int number = ledger.book().questions(id).size() + 1;
          if (number > MOST) {
            throw new Refused(RefusalReason.WRONG_STATE, "too many questions; refuse, or approve");
          }
          var question =
              new Question(number, person.id(), person.displayName(), words, now, Optional.empty());
          ledger.book().ask(transaction, id, question);
          return state.waiting().asked(question);
        });
  }

  CertificateRequest answer(Actor applicant, RequestId id, String text) throws Refused {
    CertificateRequest request = sight.of(applicant, id);
    if (!Sight.isOwn(applicant, request)) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "only the applicant answers");
    }
    String words = Words.reason(text);
    Instant now = ledger.now();
    return ledger.turn(
        applicant,
        id,
        "request.answered",
        " answer=" + words,
        (transaction, state) -> {
          if (state.waiting().question().isEmpty()) {
            throw new Refused(RefusalReason.WRONG_STATE, "there is nothing to answer");
          }
          ledger.book().answer(transaction, id, new Question.Answer(words, now));
          return state.waiting().answered(now);
        });
  }

  int passOn(Instant now, Patience patience) {
    int passed = 0;
    for (CertificateRequest.AwaitingApproval waiting : ledger.book().awaitingSince(now)) {
      if (!isDue(waiting, now, patience)) {
        continue;
      }
      try {
        ledger.turn(
            SELF,
            waiting.id(),
            "request.passed-on",
            " since=" + waiting.since(),
            (transaction, state) -> {
              if (!isDue(state, now, patience)) {
                throw new Refused(RefusalReason.WRONG_STATE, "it moved meanwhile");
              }
              ledger.book().passOn(transaction, state.id(), now);
              return state.waiting().passedOn(now);
            });
        passed++;
      } catch (Refused movedMeanwhile) {
        // Which is better.
      }
    }
    return passed;
  }

  private static boolean isDue(
      CertificateRequest.AwaitingApproval waiting, Instant now, Patience patience) {
    return waiting.waiting().passedOn().isEmpty()
        && waiting.waiting().question().isEmpty()
        && !patience.endsFor(waiting.since()).isAfter(now);
  }

  /** For the trail: by which grant somebody decided. */
  static String told(Optional<GrantId> grant) {
    return grant.map(id -> " grant=" + id).orElse("");
  }
}
