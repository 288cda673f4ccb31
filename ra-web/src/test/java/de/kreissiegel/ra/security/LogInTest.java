package de.kreissiegel.ra.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class LogInTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired LogIns logIns;
  @Autowired MovableClock clock;
  @Autowired AuditDesk audit;

  @AfterEach
  void everybodyIsBack() {
    staff.reset();
    clock.forward(Duration.ofMinutes(16)); // the throttle has forgotten
  }

  @Test
  void tellsAWrongPasswordFromAnAbsentDirectory() throws Exception {
    logIn("staff", "falsch").andExpect(redirectedUrl("/login?error=credentials"));
    staff.goAway();
    logIn("staff", Staff.PASSWORD).andExpect(redirectedUrl("/login?error=directory"));
  }

  @Test
  void makesAGuesserWaitAMinuteEvenWithTheRightPassword() throws Exception {
    for (int i = 0; i < 5; i++) {
      logIn("staff", "falsch").andExpect(redirectedUrl("/login?error=credentials"));
    }
    logIn("staff", Staff.PASSWORD).andExpect(redirectedUrl("/login?error=throttled"));
    web.perform(get("/api/v1/me").with(httpBasic("staff", Staff.PASSWORD)))
        .andExpect(status().isTooManyRequests())
        .andExpect(header().exists("Retry-After"));
    clock.forward(Duration.ofSeconds(61));
    logIn("staff", Staff.PASSWORD).andExpect(redirectedUrl("/"));
  }

  @Test
  void tellsTheTrailWhoLoggedInByPassword() throws Exception {
    session("staff");
    assertThat(trail("login.succeeded")).contains(whose() + " proof=password");
    web.perform(get("/api/v1/me").with(httpBasic("staff", Staff.PASSWORD)))
        .andExpect(status().isOk());
    assertThat(trail("login.succeeded")).contains(whose() + " proof=password door=rest");
  }

  @Test
  void tellsTheTrailWhoseNameWasTriedAndNeverWhatWasTyped() throws Exception {
    for (int i = 0; i < 5; i++) {
      logIn("staff", "falsch");
    }
    logIn("staff", Staff.PASSWORD).andExpect(redirectedUrl("/login?error=throttled"));
    logIn("Geheim!4711", "falsch");
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () ->
                assertThat(trail("login.refused"))
                    .contains(
                        whose() + " proof=password why=WRONG",
                        whose() + " proof=password why=THROTTLED",
                        "login proof=password why=WRONG"));
    assertThat(
            audit.read(
                staff.person("auditor"),
                new AuditQuery("", Optional.empty(), Optional.empty(), 0, 500)))
        .noneMatch(event -> event.toString().contains("Geheim"));
  }

  @Test
  void endsTheSessionOfWhoWasDisabled() throws Exception {
    var session = session("staff");
    staff.disable("staff");
    clock.forward(Duration.ofSeconds(31));
    web.perform(get("/inbox").session(session)).andExpect(redirectedUrl("/login?error=ended"));
    assertThat(session.isInvalid()).isTrue();
  }

  /** And nothing else: keys that wait for their certificate lie in the browser's storage. */
  @Test
  void hasTheBrowserThrowItsCopiesOfPagesAwayWhenASessionIsOver() throws Exception {
    web.perform(get("/inbox").secure(true))
        .andExpect(redirectedUrl("/login"))
        .andExpect(header().doesNotExist("Clear-Site-Data"));
    web.perform(post("/logout").secure(true).session(session("staff")).with(csrf()))
        .andExpect(redirectedUrl("/login?loggedOut"))
        .andExpect(header().string("Clear-Site-Data", "\"cache\""));
    var session = session("staff");
    staff.disable("staff");
    clock.forward(Duration.ofSeconds(31));
    web.perform(get("/").secure(true).session(session))
        .andExpect(redirectedUrl("/login?error=ended"))
        .andExpect(header().string("Clear-Site-Data", "\"cache\""));
  }

  @Test
  void takesARoleAwayWithinHalfAMinute() throws Exception {
    var session = logIns.session(web, "officer");
    staff.change(
        "officer",
        person ->
            new Actor.Person(
                person.id(),
                person.displayName(),
                person.login(),
                person.tenants(),
                Set.of(),
                Set.of(),
                Set.of(),
                Proof.CERTIFICATE));
    clock.forward(Duration.ofSeconds(31));
    web.perform(get("/inbox").session(session)).andExpect(status().isForbidden());
  }

  @Test
  void keepsASessionForAWhileWhenTheDirectoryIsAway() throws Exception {
    var session = logIns.session(web, "officer");
    staff.goAway();
    clock.forward(Duration.ofMinutes(10));
    web.perform(get("/audit").session(session)).andExpect(status().isForbidden());
    clock.forward(Duration.ofMinutes(6));
    web.perform(get("/audit").session(session)).andExpect(redirectedUrl("/login?error=ended"));
  }

  @Test
  void refusesAFormWithoutItsToken() throws Exception {
    web.perform(post("/logout").session(session("staff"))).andExpect(status().isForbidden());
  }

  private String whose() {
    return "person:" + staff.person("staff").id().value();
  }

  private java.util.List<String> trail(String action) throws Refused {
    return audit
        .read(
            staff.person("auditor"),
            new AuditQuery(action, Optional.empty(), Optional.empty(), 0, 500))
        .stream()
        .map(event -> event.object() + " " + event.detail().replaceAll(" left-out=\\d+$", ""))
        .toList();
  }

  private ResultActions logIn(String login, String password) throws Exception {
    return web.perform(
        post("/login").with(csrf()).param("username", login).param("password", password));
  }

  private MockHttpSession session(String login) throws Exception {
    var session =
        logIn(login, Staff.PASSWORD)
            .andExpect(redirectedUrl("/"))
            .andReturn()
            .getRequest()
            .getSession(false);
    return (MockHttpSession) java.util.Objects.requireNonNull(session);
  }
}
