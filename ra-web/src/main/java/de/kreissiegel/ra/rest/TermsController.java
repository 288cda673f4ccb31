package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.terms.Acceptance;
import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ca.terms.TermsDesk;
import de.kreissiegel.ca.terms.TermsName;
import de.kreissiegel.hsm.signing.Bytes;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Terms of use. */
@RestController
@RequestMapping("/api/v1/terms")
class TermsController {
  private final TermsDesk desk;

  TermsController(TermsDesk desk) {
    this.desk = desk;
  }

  /** Those in force, each with whether the person has accepted it. */
  @GetMapping
  Listing<TermsView> inForce(Actor.Person person) {
    List<Acceptance> accepted = desk.of(person.id());
    return Listing.all(desk.catalog().all(), terms -> TermsView.of(terms, accepted));
  }

  /** Accepts a version that is in force; without it applications it holds for are refused. */
  @PostMapping(path = "/{terms}/acceptance", consumes = "application/json")
  TermsView accept(
      Actor.Person person,
      @PathVariable("terms") String name,
      @Valid @RequestBody AcceptanceBody body)
      throws Refused {
    Acceptance acceptance = desk.accept(person, name(name), body.version(), body.octets());
    return TermsView.of(
        desk.find(acceptance.name(), acceptance.version()).orElseThrow(), List.of(acceptance));
  }

  private static TermsName name(String text) throws Refused {
    try {
      return new TermsName(text);
    } catch (IllegalArgumentException unreadable) {
      throw new Refused(RefusalReason.NOT_FOUND, "no such terms");
    }
  }

  /**
   * What is accepted.
   *
   * @param version the one that was read
   * @param digest SHA-256 of its words as {@code GET} tells it, hexadecimal
   */
  record AcceptanceBody(int version, @NotNull @Size(max = 64) String digest) {
    Bytes octets() throws Refused {
      try {
        return Bytes.of(HexFormat.of().parseHex(digest));
      } catch (IllegalArgumentException unreadable) {
        throw new Refused(RefusalReason.BAD_DATA_FORMAT, "digest has not the expected form");
      }
    }
  }

  /**
   * Terms in one version.
   *
   * @param digest SHA-256, hexadecimal
   * @param acceptedAt when this person accepted this version
   */
  record TermsView(
      String name,
      int version,
      String digest,
      Terms.Wording de,
      Terms.Wording en,
      Optional<Instant> acceptedAt) {
    static TermsView of(Terms terms, List<Acceptance> accepted) {
      return new TermsView(
          terms.name().value(),
          terms.version(),
          terms.digest().toHex(),
          terms.german(),
          terms.english(),
          accepted.stream().filter(one -> one.isOf(terms)).map(Acceptance::at).findFirst());
    }
  }
}
