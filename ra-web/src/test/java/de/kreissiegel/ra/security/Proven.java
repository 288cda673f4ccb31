package de.kreissiegel.ra.security;

import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.authentication;

import de.kreissiegel.ca.access.Actor;
import java.time.Instant;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** As if a door had proved who asks: for tests of what comes after it. */
public final class Proven {
  private Proven() {}

  public static RequestPostProcessor as(Actor.Person person) {
    return authentication(
        new StaffPrincipal(person, Instant.now(), new Credential.Password()).authentication());
  }
}
