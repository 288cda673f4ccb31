package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.identity.Confirmations;
import de.kreissiegel.ca.identity.Due;
import de.kreissiegel.ca.identity.IdentityCheck;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.identity.Twins;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** People who have to be confirmed again, and who may be recorded twice. */
@RestController
@RequestMapping("/api/v1/persons")
class ConfirmationController {
  private final Confirmations confirmations;
  private final TwinDesk twins;

  ConfirmationController(Confirmations confirmations, TwinDesk twins) {
    this.confirmations = confirmations;
    this.twins = twins;
  }

  /** Who is due in the officer's tenants, whoever is due first first. */
  @GetMapping("/due")
  Listing<DueView> due(Actor.Person person) throws Refused {
    Scopes.require(person, Action.DECIDE);
    return Listing.all(confirmations.due(person), DueView::of);
  }

  /** An officer has checked somebody who is due. */
  @PostMapping(path = "/confirmations", consumes = "application/json")
  CheckBody.View confirm(Actor.Person person, @Valid @RequestBody ConfirmationBody body)
      throws Refused {
    Scopes.require(person, Action.DECIDE);
    IdentityCheck check = CheckBody.read(body.check()).orElseThrow();
    return CheckBody.View.of(
        confirmations.confirm(person, subject(body.subject()), tenant(body.tenant()), check));
  }

  /** Entries that may be the same human, one of them of the officer's tenants. */
  @GetMapping("/twins")
  Listing<TwinView> twins(Actor.Person person) throws Refused {
    Scopes.require(person, Action.DECIDE);
    return Listing.all(twins.candidates(person), TwinView::of);
  }

  /** An officer says whether two are the same human. */
  @PostMapping(path = "/twins", consumes = "application/json")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void say(Actor.Person person, @Valid @RequestBody TwinBody body) throws Refused {
    Scopes.require(person, Action.DECIDE);
    twins.say(person, subject(body.one()), subject(body.other()), body.same());
  }

  /**
   * A confirmation.
   *
   * @param check as {@link CheckBody} reads it
   */
  record ConfirmationBody(
      @NotNull String subject, @NotNull String tenant, @NotNull Map<String, String> check) {}

  /** What an officer says of two entries. */
  record TwinBody(@NotNull String one, @NotNull String other, boolean same) {}

  /**
   * Somebody who is due.
   *
   * @param checked when they were last checked, if that was recorded
   */
  record DueView(
      String subject,
      String name,
      String tenant,
      Optional<LocalDate> checked,
      LocalDate due,
      boolean overdue) {
    static DueView of(Due due) {
      return new DueView(
          due.subject().value(),
          due.name(),
          due.tenant().value(),
          due.checked(),
          due.due(),
          due.overdue());
    }
  }

  /**
   * Two entries.
   *
   * @param sameMail whether they share a mail address; else name and tenant
   * @param same what was said of them, if anything
   */
  record TwinView(EntryView one, EntryView other, boolean sameMail, Optional<Boolean> same) {
    static TwinView of(Twins twins) {
      return new TwinView(
          EntryView.of(twins.one()), EntryView.of(twins.other()), twins.sameMail(), twins.same());
    }
  }

  /** An entry of a directory. */
  record EntryView(
      String subject, String name, String directory, List<String> tenants, String mail) {
    static EntryView of(Twins.Entry entry) {
      return new EntryView(
          entry.subject().value(),
          entry.name(),
          entry.directory(),
          entry.tenants().stream().map(TenantId::value).sorted().toList(),
          entry.mail());
    }
  }

  private static SubjectId subject(String text) throws Refused {
    try {
      return new SubjectId(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such person");
    }
  }

  private static TenantId tenant(String text) throws Refused {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such tenant");
    }
  }
}
