package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.grant.Grant;
import de.kreissiegel.ca.grant.GrantDesk;
import de.kreissiegel.ca.grant.GrantId;
import de.kreissiegel.ca.grant.GrantProposal;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who stands in for a tenant's officers, and which revisor reads a tenant's affairs beside. */
@RestController
@RequestMapping("/api/v1/grants")
class GrantController {
  private static final String READ = "read";
  private static final String STAND_IN = "stand-in";

  private final GrantDesk desk;
  private final InstantSource clock;

  GrantController(GrantDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** Those of the person's tenants, and their own; newest first, the newest 500. */
  @GetMapping
  Listing<GrantView> list(
      Actor.Person person,
      @RequestParam(defaultValue = "0") int offset,
      @RequestParam(defaultValue = Slice.DEFAULT_LIMIT) int limit)
      throws Refused {
    Slice slice = Slice.of(offset, limit);
    Instant now = clock.instant();
    return Listing.of(slice.of(desk.all(person)), slice, grant -> GrantView.of(grant, now));
  }

  @GetMapping("/{grant}")
  GrantView view(Actor.Person person, @PathVariable UUID grant) throws Refused {
    return GrantView.of(desk.view(person, new GrantId(grant)), clock.instant());
  }

  /** Proposes one. A deputy in the tenant's own house holds at once, all else after consent. */
  @PostMapping(consumes = "application/json")
  ResponseEntity<GrantView> propose(Actor.Person person, @Valid @RequestBody ProposalBody body)
      throws Refused {
    Grant grant = desk.propose(person, body.proposal());
    return ResponseEntity.created(URI.create("/api/v1/grants/" + grant.id()))
        .body(GrantView.of(grant, clock.instant()));
  }

  /** A second person consents. */
  @PostMapping("/{grant}/consent")
  GrantView consent(Actor.Person person, @PathVariable UUID grant) throws Refused {
    return GrantView.of(desk.consent(person, new GrantId(grant)), clock.instant());
  }

  /** Ends one before its time, or turns a proposal down. */
  @PostMapping(path = "/{grant}/end", consumes = "application/json")
  GrantView end(Actor.Person person, @PathVariable UUID grant, @Valid @RequestBody EndBody body)
      throws Refused {
    return GrantView.of(desk.end(person, new GrantId(grant), body.reason()), clock.instant());
  }

  /**
   * What somebody wants.
   *
   * @param right {@code stand-in} or {@code read}
   * @param person who gets it, by the id of their entry
   * @param tenant for whose officers, or whose affairs
   * @param reason in words, 1 to 500 characters
   * @param begins from when, as {@code 2026-12-01T00:00:00Z}
   * @param ends until when, a year later at most
   */
  record ProposalBody(
      @NotNull String right,
      @NotNull String person,
      @NotNull String tenant,
      @NotNull String reason,
      @NotNull String begins,
      @NotNull String ends) {
    GrantProposal proposal() throws Refused {
      return new GrantProposal(
          switch (right) {
            case STAND_IN -> Grant.Right.STAND_IN;
            case READ -> Grant.Right.READ;
            default ->
                throw new Refused(RefusalReason.BAD_DATA_FORMAT, "right is stand-in or read");
          },
          subject(person),
          tenant(tenant),
          reason,
          time("begins", begins),
          time("ends", ends));
    }

    private static SubjectId subject(String text) throws Refused {
      try {
        return new SubjectId(text);
      } catch (IllegalArgumentException unreadable) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "person is the id of an entry");
      }
    }

    private static TenantId tenant(String text) throws Refused {
      try {
        return new TenantId(text);
      } catch (IllegalArgumentException unreadable) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "tenant is the id of a tenant");
      }
    }

    private static Instant time(String member, String text) throws Refused {
      try {
        return Instant.parse(text);
      } catch (DateTimeException unreadable) {
        throw new Refused(
            RefusalReason.BAD_DATA_FORMAT, member + " is a time as 2026-12-01T00:00:00Z");
      }
    }
  }

  /**
   * An end.
   *
   * @param reason in words, 1 to 500 characters
   */
  record EndBody(@NotNull String reason) {}

  /**
   * A grant.
   *
   * @param right {@code stand-in} or {@code read}
   * @param across whether a second person consents
   * @param state {@code proposed}, {@code later}, {@code running}, {@code over} or {@code ended}
   */
  record GrantView(
      String id,
      String right,
      String person,
      String name,
      String tenant,
      boolean across,
      String reason,
      Instant begins,
      Instant ends,
      String state,
      SaidView proposed,
      Optional<SaidView> consented,
      Optional<EndView> ended) {
    static GrantView of(Grant grant, Instant now) {
      Grant.Terms terms = grant.terms();
      return new GrantView(
          grant.id().toString(),
          terms.right() == Grant.Right.READ ? READ : STAND_IN,
          terms.person().value(),
          terms.personName(),
          terms.tenant().value(),
          terms.across(),
          terms.reason(),
          terms.begins(),
          terms.ends(),
          state(grant, now),
          SaidView.of(terms.proposed()),
          switch (grant) {
            case Grant.Proposed _ -> Optional.empty();
            case Grant.InForce agreed -> agreed.consent().map(SaidView::of);
            case Grant.Ended over -> over.consent().map(SaidView::of);
          },
          grant instanceof Grant.Ended over
              ? Optional.of(new EndView(over.end().name(), over.end().at(), over.reason()))
              : Optional.empty());
    }

    private static String state(Grant grant, Instant now) {
      return switch (grant) {
        case Grant.Ended _ -> "ended";
        case Grant.Proposed _ when isOver(grant, now) -> "over";
        case Grant.InForce _ when isOver(grant, now) -> "over";
        case Grant.Proposed _ -> "proposed";
        case Grant.InForce agreed -> agreed.holds(now) ? "running" : "later";
      };
    }
  }

  private static boolean isOver(Grant grant, Instant now) {
    return !grant.terms().ends().isAfter(now);
  }

  /** Who said something, and when. */
  record SaidView(String name, Instant at) {
    static SaidView of(Grant.Said said) {
      return new SaidView(said.name(), said.at());
    }
  }

  /** Who ended it, when and why. */
  record EndView(String name, Instant at, String reason) {}
}
