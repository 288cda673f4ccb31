package de.kreissiegel.ra.security;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.context.SecurityContextHolder;

class SessionEndTest {
  private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

  @AfterEach
  void leave() {
    SecurityContextHolder.clearContext();
  }

  @Test
  void comesWhenNobodyAsksForHalfAnHour() {
    logIn(Duration.ofHours(2));
    assertThat(SessionEnd.of(asked(), InstantSource.fixed(NOW)))
        .contains(new SessionEnd(Duration.ofMinutes(30), true));
  }

  @Test
  void comesWithTheEndOfTheWorkingDayWhoeverAsks() {
    logIn(Duration.ofHours(9).plusMinutes(50));
    assertThat(SessionEnd.of(asked(), InstantSource.fixed(NOW)))
        .contains(new SessionEnd(Duration.ofMinutes(10), false));
  }

  @Test
  void doesNotComeForWhoIsNotLoggedIn() {
    assertThat(SessionEnd.of(asked(), InstantSource.fixed(NOW))).isEmpty();
    logIn(Duration.ofHours(2));
    assertThat(SessionEnd.of(new MockHttpServletRequest(), InstantSource.fixed(NOW))).isEmpty();
  }

  private static MockHttpServletRequest asked() {
    var request = new MockHttpServletRequest();
    var session = request.getSession(true);
    assertThat(session).isNotNull();
    session.setMaxInactiveInterval(1800);
    return request;
  }

  private static void logIn(Duration ago) {
    var person =
        new Actor.Person(
            new SubjectId("p"), "P", "p", Set.of(), Set.of(), Set.of(), Set.of(), Proof.PASSWORD);
    var principal = new StaffPrincipal(person, NOW.minus(ago), new Credential.Password());
    SecurityContextHolder.getContext().setAuthentication(principal.authentication());
  }
}
