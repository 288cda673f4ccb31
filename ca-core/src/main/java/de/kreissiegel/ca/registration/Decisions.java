package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.CheckRecord;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.CheckKind;
import de.kreissiegel.ca.profile.Field;
import de.kreissiegel.ca.profile.FieldSource;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.RegistrationRules;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.approval.ApprovalStatement;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What officers, applicants and time decide. The parts of an order are decided as one: in one
 * transaction all of them move, or none does.
 */
final class Decisions {
  private static final Actor.Component SELF = new Actor.Component("registration");

  private final ProfileCatalog profiles;
  private final ApplicationCheck check;
  private final RequestLedger ledger;
  private final Issuing issuing;
  private final OfficerApprovals approvals;
  private final RegistrationDesk.Beside beside;
  private final Sight sight;

  Decisions(
      ProfileCatalog profiles,
      ApplicationCheck check,
      RequestLedger ledger,
      Issuing issuing,
      OfficerApprovals approvals,
      RegistrationDesk.Beside beside) {
    this.profiles = profiles;
    this.check = check;
    this.ledger = ledger;
    this.issuing = issuing;
    this.approvals = approvals;
    this.beside = beside;
    this.sight = new Sight(ledger.book());
  }

  ApprovalStatement statement(Actor officer, RequestId id) throws Refused {
    CertificateRequest request = sight.of(officer, id);
    Actor.Person person = Sight.decider(officer, List.of(request));
    RequestLedger.awaiting(request).forbidOwn(person.id());
    return approvals.statement(request.content(), ledger.now());
  }

  List<CertificateRequest> approve(
      Actor officer, RequestId id, List<Bytes> signatures, Optional<IdentityCheck> checked)
      throws Refused {
    List<CertificateRequest> order = sight.orderOf(officer, id);
    Actor.Person person = Sight.decider(officer, order);
    String grant = grantBehind(person, order);
    Map<RequestId, CertificateRequest.Content> read = new HashMap<>();
    for (CertificateRequest part : order) {
      CertificateRequest.AwaitingApproval waiting = RequestLedger.awaiting(part);
      waiting.forbidOwn(person.id());
      waiting.waiting().requireAnswered();
      check.stillHolds(waiting.content());
      beside
          .checks()
          .require(
              rulesFor(check.profileOf(waiting.content()), waiting.content()),
              checked,
              waiting.content().subject().id(),
              ledger.now());
      read.put(part.id(), waiting.content());
    }
    Map<RequestId, Approval> given =
        approvals.approvals(person, List.copyOf(read.values()), signatures, ledger.now());
    if (order.size() > 1) {
      // What the linter would refuse of one later would leave half an order.
      for (CertificateRequest.Content content : read.values()) {
        issuing.rehearse(content);
      }
    }
    return ledger
        .move(
            officer,
            ids(order),
            grant + checked.map(one -> " " + one).orElse(""),
            state -> {
              state.requireSame(known(read, state.id()));
              return state.approve(known(given, state.id()));
            },
            (transaction, moved) -> keep(transaction, person, moved, checked))
        .stream()
        .map(this::goOn)
        .toList();
  }

  /** Whoever wasn't confirmed in time is checked anew: nothing rests on the check before. */
  RegistrationRules rulesFor(CertificateProfile profile, CertificateRequest.Content content) {
    RegistrationRules rules = profile.registration();
    return beside.confirmations().isOverdue(profile, content.subject())
        ? new RegistrationRules(
            true,
            rules.checks().stream().filter(kind -> kind != CheckKind.UNCHANGED).toList(),
            rules.reconfirm())
        : rules;
  }

  private void keep(
      Transaction transaction,
      Actor.Person officer,
      CertificateRequest moved,
      Optional<IdentityCheck> checked) {
    checked.ifPresent(
        one ->
            beside
                .checks()
                .add(
                    transaction,
                    new CheckRecord(
                        moved.content().subject().id(),
                        moved.content().tenant(),
                        one,
                        officer.id(),
                        officer.displayName(),
                        ledger.now(),
                        Optional.of(moved.id().value()))));
  }

  Rehearsal rehearsal(CertificateRequest.Content content) {
    try {
      return Rehearsal.passed(issuing.rehearse(content));
    } catch (Refused refused) {
      return refused.reason() == RefusalReason.DIRECTORY_UNAVAILABLE
          ? Rehearsal.passed(List.of())
          : Rehearsal.failed(refused.refusal());
    }
  }

  Amended setFields(Actor officer, RequestId id, Map<Field, List<String>> said) throws Refused {
    List<CertificateRequest> order = sight.orderOf(officer, id);
    Actor.Person person = Sight.decider(officer, order);
    grantBehind(person, order);
    CertificateRequest.AwaitingApproval waiting = RequestLedger.awaiting(sight.of(officer, id));
    waiting.forbidOwn(person.id());
    CertificateRequest.Content content = waiting.content();
    List<FieldValue> taken =
        new FieldCheck(check.profileOf(content), content.tenant(), content.subject())
            .take(FieldSource.OFFICER, said);
    FieldValues values = content.values().with(FieldSource.OFFICER, taken);
    if (values.equals(content.values())) {
      return new Amended(waiting, List.of());
    }
    ledger.requireFree(content.with(values));
    issuing.rehearse(content.with(values));
    return ledger.amend(
        officer,
        id,
        ids(order),
        state -> {
          state.requireSame(content);
          return state.set(person.id(), values);
        });
  }

  List<CertificateRequest> refuse(Actor officer, RequestId id, String reason) throws Refused {
    List<CertificateRequest> order = sight.orderOf(officer, id);
    Actor.Person person = Sight.decider(officer, order);
    String words = Words.reason(reason);
    return ledger.move(
        officer,
        ids(order),
        grantBehind(person, order),
        state -> {
          state.forbidOwn(person.id());
          return state.refuse(person.displayName(), words, ledger.now());
        });
  }

  List<CertificateRequest> withdraw(Actor applicant, RequestId id) throws Refused {
    List<CertificateRequest> order = sight.orderOf(applicant, id);
    if (!order.stream().allMatch(part -> Sight.isOwn(applicant, part))) {
      throw new Refused(RefusalReason.NOT_AUTHORIZED, "only the applicant takes it back");
    }
    return ledger.move(applicant, ids(order), state -> state.withdraw(ledger.now()));
  }

  int expireOld(Instant now) {
    int expired = 0;
    for (CertificateRequest.AwaitingApproval waiting : ledger.book().awaitingSince(now)) {
      Duration patience =
          profiles
              .find(waiting.content().profile())
              .map(CertificateProfile::requestExpiry)
              .orElse(Duration.ZERO); // the profile is gone: nobody can approve it any more
      if (!waiting.content().submittedAt().plus(patience).isAfter(now)) {
        try {
          expired += ledger.move(SELF, order(waiting), state -> state.expire(now)).size();
        } catch (Refused decidedMeanwhile) {
          // Somebody decided between the look and the move, which is better; or it went with the
          // rest of its order.
        }
      }
    }
    return expired;
  }

  private List<RequestId> order(CertificateRequest request) {
    return request
        .content()
        .order()
        .map(order -> ids(ledger.book().ofOrder(order)))
        .orElse(List.of(request.id()));
  }

  /** All parts of an order are of one tenant. */
  private String grantBehind(Actor.Person officer, List<CertificateRequest> order) throws Refused {
    return Conversation.told(check.grantBehind(officer, order.getFirst().content().tenant()));
  }

  private CertificateRequest goOn(CertificateRequest request) {
    return request instanceof CertificateRequest.Approved approved
        ? issuing.issue(approved)
        : request;
  }

  private static List<RequestId> ids(List<CertificateRequest> order) {
    return order.stream().map(CertificateRequest::id).toList();
  }

  private static <T> T known(Map<RequestId, T> all, RequestId id) throws Refused {
    T found = all.get(id);
    if (found == null) {
      throw new Refused(RefusalReason.WRONG_STATE, "somebody changed the order meanwhile");
    }
    return found;
  }
}
