package de.kreissiegel.ra.rest;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.hotline.StoredCode;
import java.time.Instant;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** A person's own code for revocation by phone. */
@RestController
@RequestMapping("/api/v1/me/phone-code")
class PhoneCodeController {
  private final Hotline hotline;

  PhoneCodeController(Hotline hotline) {
    this.hotline = hotline;
  }

  /** Whether there is one. The code itself can't be had again. */
  @GetMapping
  PhoneCodeStanding standing(Actor.Person person) {
    var code = hotline.standing(person);
    return new PhoneCodeStanding(
        code.map(StoredCode::createdAt), code.filter(StoredCode::isLocked).isPresent());
  }

  /** Makes a new one; an older one ends. */
  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  NewPhoneCode make(Actor.Person person) {
    return new NewPhoneCode(hotline.make(person).inGroups());
  }

  /**
   * How it stands with the person's code.
   *
   * @param createdAt when it was made; missing if there is none
   * @param locked whether too many wrong codes were tried, so that a new one is needed
   */
  record PhoneCodeStanding(Optional<Instant> createdAt, boolean locked) {}

  /**
   * A new code, told this once.
   *
   * @param code four groups of four characters
   */
  record NewPhoneCode(String code) {
    /** Doesn't tell it to a log. */
    @Override
    public String toString() {
      return "a new phone code";
    }
  }
}
