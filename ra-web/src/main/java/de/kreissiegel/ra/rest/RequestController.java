package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.Amended;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.hsm.signing.Bytes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Applications and decisions. */
@RestController
@RequestMapping("/api/v1/requests")
class RequestController {
  private final RegistrationDesk desk;

  RequestController(RegistrationDesk desk) {
    this.desk = desk;
  }

  /** Applies. Where the profile needs no approval, the answer may be issued already. */
  @PostMapping(consumes = "application/json")
  ResponseEntity<RequestView> submit(Actor.Person person, @Valid @RequestBody ApplicationBody body)
      throws Refused {
    var request = desk.submit(person, body.application());
    return ResponseEntity.created(URI.create("/api/v1/requests/" + request.id()))
        .body(RequestView.of(request));
  }

  /** Applies for several certificates as one; all of them are taken, or none. */
  @PostMapping(path = "/orders", consumes = "application/json")
  ResponseEntity<OrderView> order(Actor.Person person, @Valid @RequestBody OrderBody body)
      throws Refused {
    var parts = desk.order(person, body.applications());
    return ResponseEntity.created(
            URI.create("/api/v1/requests/" + parts.getFirst().id() + "/order"))
        .body(OrderView.of(parts));
  }

  @GetMapping
  Listing<RequestView> list(
      Actor.Person person,
      @RequestParam(defaultValue = "own") RequestScope scope,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = Slice.DEFAULT_LIMIT) int limit)
      throws Refused {
    var slice = Slice.of(offset, limit);
    return switch (scope) {
      case OWN -> Listing.of(desk.own(person, offset, limit), slice, RequestView::of);
      case INBOX -> {
        Scopes.require(person, Action.DECIDE);
        yield Listing.of(slice.of(desk.inbox(person)), slice, RequestView::of);
      }
      case ALL -> {
        Scopes.require(person, Action.VIEW_APPLICATIONS);
        yield Listing.of(desk.all(person, offset, limit), slice, RequestView::of);
      }
    };
  }

  @GetMapping("/{id}")
  RequestView view(Actor.Person person, @PathVariable RequestId id) throws Refused {
    return RequestView.of(desk.view(person, id));
  }

  /**
   * An officer sets the fields that the profile leaves to them; what they set before is replaced.
   * Approvals that were given are void.
   */
  @PutMapping(path = "/{id}/fields", consumes = "application/json")
  AmendedView setFields(
      Actor.Person person, @PathVariable RequestId id, @Valid @RequestBody SetFieldsBody body)
      throws Refused {
    return AmendedView.of(desk.setFields(person, id, FieldsBody.read(body.fields())));
  }

  /** What an officer signs to say yes: bring its CMS signature to {@code approve}. */
  @GetMapping("/{id}/approval-statement")
  StatementView statement(Actor.Person person, @PathVariable RequestId id, Locale language)
      throws Refused {
    return StatementView.of(desk.statement(person, id), language);
  }

  /** What the request was ordered with, itself included. */
  @GetMapping("/{id}/order")
  OrderView order(Actor.Person person, @PathVariable RequestId id) throws Refused {
    return OrderView.of(desk.viewOrder(person, id));
  }

  /** What an officer signs to say yes to an order: one statement for each of its parts. */
  @GetMapping("/{id}/approval-statements")
  Listing<OrderStatementView> statements(
      Actor.Person person, @PathVariable RequestId id, Locale language) throws Refused {
    var statements = new ArrayList<OrderStatementView>();
    for (CertificateRequest part : desk.viewOrder(person, id)) {
      statements.add(
          new OrderStatementView(
              part.id().toString(), StatementView.of(desk.statement(person, part.id()), language)));
    }
    return Listing.all(statements, one -> one);
  }

  /**
   * An officer says yes, to an order with one signature for each part; the last yes needed makes
   * the certificates. The answer is the request that was named.
   */
  @PostMapping(path = "/{id}/approve", consumes = "application/json")
  RequestView approve(
      Actor.Person person, @PathVariable RequestId id, @Valid @RequestBody ApproveBody body)
      throws Refused {
    return desk.approveOrder(person, id, body.octets(), CheckBody.read(body.check())).stream()
        .filter(part -> part.id().equals(id))
        .map(RequestView::of)
        .findFirst()
        .orElseThrow();
  }

  /** How whom the request is for was checked so far, the newest first. */
  @GetMapping("/{id}/checks")
  Listing<CheckBody.View> checks(Actor.Person person, @PathVariable RequestId id) throws Refused {
    return Listing.all(desk.checks(person, id), CheckBody.View::of);
  }

  /** An officer says no. */
  @PostMapping(path = "/{id}/refuse", consumes = "application/json")
  RequestView refuse(
      Actor.Person person, @PathVariable RequestId id, @Valid @RequestBody RefuseBody body)
      throws Refused {
    return RequestView.of(desk.refuse(person, id, body.reason()));
  }

  /** An officer asks the applicant something; until they answer nobody can approve. */
  @PostMapping(path = "/{id}/ask", consumes = "application/json")
  RequestView ask(
      Actor.Person person, @PathVariable RequestId id, @Valid @RequestBody WordsBody body)
      throws Refused {
    return RequestView.of(desk.ask(person, id, body.text()));
  }

  /** The applicant answers. */
  @PostMapping(path = "/{id}/answer", consumes = "application/json")
  RequestView answer(
      Actor.Person person, @PathVariable RequestId id, @Valid @RequestBody WordsBody body)
      throws Refused {
    return RequestView.of(desk.answer(person, id, body.text()));
  }

  /** The applicant takes it back. */
  @PostMapping("/{id}/withdraw")
  RequestView withdraw(Actor.Person person, @PathVariable RequestId id) throws Refused {
    return RequestView.of(desk.withdraw(person, id));
  }

  /**
   * An approval.
   *
   * @param signature base64 of a CMS SignedData by the officer's key over the approval statement
   * @param signatures the same of an order, one for each part
   * @param check how the officer checked the person, as {@link CheckBody} reads it
   */
  record ApproveBody(
      @Nullable String signature,
      @Nullable @Size(max = 5) List<String> signatures,
      @Nullable Map<String, String> check) {
    List<Bytes> octets() throws Refused {
      var octets = new ArrayList<Bytes>();
      if (signature != null) {
        octets.add(ApplicationBody.base64("signature", signature));
      }
      for (String one : signatures == null ? List.<String>of() : signatures) {
        octets.add(ApplicationBody.base64("signatures", one == null ? "?" : one));
      }
      return octets;
    }
  }

  /**
   * What an officer signs of one part of an order.
   *
   * @param request the part's id
   */
  record OrderStatementView(String request, StatementView statement) {}

  /**
   * What an officer sets.
   *
   * @param fields by field, as in an application; a field without a value is as the directory and
   *     the applicant say
   */
  record SetFieldsBody(@NotNull Map<String, List<String>> fields) {}

  /**
   * What came of it.
   *
   * @param voided the approvals that were given for what the request said before
   */
  record AmendedView(RequestView request, List<RequestView.ApprovalView> voided) {
    static AmendedView of(Amended amended) {
      return new AmendedView(
          RequestView.of(amended.request()),
          amended.voided().stream().map(RequestView.ApprovalView::of).toList());
    }
  }

  /**
   * A question or an answer.
   *
   * @param text 1 to 500 characters
   */
  record WordsBody(@NotNull String text) {}

  /**
   * A refusal.
   *
   * @param reason in words, for the applicant, 1 to 500 characters
   */
  record RefuseBody(@NotNull String reason) {}
}
