package de.kreissiegel.ra.pages.officer;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.hsm.approval.Statement;
import de.kreissiegel.ra.pages.Words;
import java.util.Base64;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Gives the browser what the officer signs, as of the moment that they decide. */
@Controller
class StatementPage {
  private final RegistrationDesk desk;

  StatementPage(RegistrationDesk desk) {
    this.desk = desk;
  }

  /**
   * For the browser's eyes.
   *
   * @param statement base64 of the DER
   * @param lines all that it says, as the page shows it; the last is the time
   */
  record Signable(String statement, List<Statement.Line> lines) {}

  @GetMapping(path = "/inbox/{id}/statement", produces = "application/json")
  ResponseEntity<Signable> statement(Actor.Person officer, @PathVariable RequestId id)
      throws Refused {
    Statement statement = desk.statement(officer, id);
    return ResponseEntity.ok()
        .cacheControl(CacheControl.noStore())
        .body(
            new Signable(
                Base64.getEncoder().encodeToString(statement.encoded().toArray()),
                statement.lines(Words.language())));
  }
}
