package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.hsm.signing.Bytes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Escrowed keys that somebody wants, as far as an officer signs for them with a program of their
 * own. Asking, making the file and fetching it are done on the pages: there a password is shown to
 * one person and to nobody's log.
 */
@RestController
@RequestMapping("/api/v1/recoveries/{recovery}")
class RecoveryController {
  private final RecoveryDesk desk;

  RecoveryController(RecoveryDesk desk) {
    this.desk = desk;
  }

  /** How it stands, for who may see it. */
  @GetMapping
  RecoveryView view(Actor.Person person, @PathVariable UUID recovery) throws Refused {
    return RecoveryView.of(desk.view(person, new RecoveryId(recovery)));
  }

  /** What an officer signs to say yes: one statement for each key. */
  @GetMapping("/release-statements")
  Listing<ReleaseView> statements(Actor.Person person, @PathVariable UUID recovery, Locale language)
      throws Refused {
    var id = new RecoveryId(recovery);
    var statements = new ArrayList<ReleaseView>();
    for (Recovery.Item item : desk.view(person, id).terms().items()) {
      statements.add(
          new ReleaseView(
              item.release().toString(),
              StatementView.of(desk.statement(person, id, item.release()), language)));
    }
    return Listing.all(statements, one -> one);
  }

  /** An officer says yes, with one signature for each key. */
  @PostMapping(path = "/approve", consumes = "application/json")
  RecoveryView approve(
      Actor.Person person, @PathVariable UUID recovery, @Valid @RequestBody SignaturesBody body)
      throws Refused {
    return RecoveryView.of(desk.approve(person, new RecoveryId(recovery), body.octets()));
  }

  /**
   * An officer's yes.
   *
   * @param signatures base64 of a CMS SignedData, or of a SecurityKeyApproval, over each key's
   *     statement, in any order
   */
  record SignaturesBody(@NotNull @Size(max = 60) List<String> signatures) {
    List<Bytes> octets() throws Refused {
      var octets = new ArrayList<Bytes>();
      for (String one : signatures) {
        octets.add(ApplicationBody.base64("signatures", one == null ? "?" : one));
      }
      return octets;
    }
  }

  /**
   * What an officer signs of one key.
   *
   * @param release the release's id, which the statement names
   */
  record ReleaseView(String release, StatementView statement) {}

  /**
   * A recovery.
   *
   * @param state requested, approved, ready, collected, refused, withdrawn, expired or failed
   * @param needed how many officers have to sign
   * @param until until when it can be signed and its file be made
   */
  record RecoveryView(
      String id,
      String tenant,
      String owner,
      String collector,
      String reason,
      String state,
      int keys,
      int needed,
      List<SignedBy> signed,
      Instant until) {
    static RecoveryView of(Recovery recovery) {
      Recovery.Terms terms = recovery.terms();
      return new RecoveryView(
          recovery.id().toString(),
          terms.tenant().value(),
          terms.ownerName(),
          terms.collectorName(),
          terms.reason(),
          state(recovery),
          terms.items().size(),
          terms.needed(),
          recovery.given().stream().map(one -> new SignedBy(one.name(), one.at())).toList(),
          terms.until());
    }

    private static String state(Recovery recovery) {
      return switch (recovery) {
        case Recovery.Requested _ -> "requested";
        case Recovery.Approved _ -> "approved";
        case Recovery.Ready _ -> "ready";
        case Recovery.Collected _ -> "collected";
        case Recovery.Ended ended -> ended.how().name().toLowerCase(Locale.ROOT);
      };
    }
  }

  /** Who signed, and when. */
  record SignedBy(String name, Instant at) {}
}
