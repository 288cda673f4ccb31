package de.kreissiegel.ca.registration;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;

/** Which requests an actor sees, and on which they decide. */
final class Sight {
  private final RequestBook book;

  Sight(RequestBook book) {
    this.book = book;
  }

  /**
   * The request, if it is the actor's own or of a tenant that they may see.
   *
   * @throws Refused NOT_FOUND, also where it exists but is not for this actor
   */
  CertificateRequest of(Actor actor, RequestId id) throws Refused {
    return book.find(id)
        .filter(
            request ->
                isOwn(actor, request)
                    || mayAs(actor, Action.VIEW_APPLICATIONS, request)
                    || isPassedOnTo(actor, request))
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such request"));
  }

  /**
   * The request's order, the request itself where it is part of none; in the order of their ids, so
   * that two who lock them can't wait for each other.
   *
   * @throws Refused NOT_FOUND as for {@link #of}
   */
  List<CertificateRequest> orderOf(Actor actor, RequestId id) throws Refused {
    CertificateRequest request = of(actor, id);
    if (request.content().order().isEmpty()) {
      return List.of(request);
    }
    var parts = new ArrayList<CertificateRequest>();
    for (CertificateRequest part : book.ofOrder(request.content().order().get())) {
      parts.add(of(actor, part.id()));
    }
    return List.copyOf(parts);
  }

  /**
   * Who decides on these, an officer of their tenant.
   *
   * @throws Refused NOT_AUTHORIZED
   */
  static Actor.Person decider(Actor actor, List<? extends CertificateRequest> requests)
      throws Refused {
    if (actor instanceof Actor.Person person
        && requests.stream().allMatch(one -> mayAs(actor, Action.DECIDE, one))) {
      return person;
    }
    throw new Refused(RefusalReason.NOT_AUTHORIZED, "officers of the tenant decide");
  }

  /** By the tenant; what makes an officer is also the affair of those who appoint officers. */
  static boolean mayAs(Actor actor, Action action, CertificateRequest request) {
    TenantId tenant = request.content().tenant();
    if (action == Action.VIEW_APPLICATIONS && request.content().isPseudonymous()) {
      // It tells whose the pseudonym is: only who decides on it sees it.
      return AccessRules.allows(actor, Action.DECIDE, tenant);
    }
    return AccessRules.allows(actor, action, tenant)
        || request.content().appointment().isPresent()
            && AccessRules.allows(actor, Action.APPOINT, tenant);
  }

  /**
   * Whether those who appoint officers see it because no officer decided in time; they decide on it
   * only where a grant makes them stand in.
   */
  static boolean isPassedOnTo(Actor actor, CertificateRequest request) {
    return request instanceof CertificateRequest.AwaitingApproval awaiting
        && awaiting.waiting().passedOn().isPresent()
        && !request.content().isPseudonymous()
        && !mayAs(actor, Action.DECIDE, request)
        && AccessRules.allows(actor, Action.APPOINT, request.content().tenant());
  }

  static boolean isOwn(Actor actor, CertificateRequest request) {
    return request.content().applicant().equals(actor.auditName());
  }
}
