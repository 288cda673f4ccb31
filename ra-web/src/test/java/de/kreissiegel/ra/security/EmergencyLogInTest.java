package de.kreissiegel.ra.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.breakglass.SealedCode.Office;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.health.EmergencyHealth;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class EmergencyLogInTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired RegistrationDesk registration;
  @Autowired CertificateInventory inventory;
  @Autowired BreakGlass breakGlass;
  @Autowired MovableClock clock;

  @AfterEach
  void everybodyIsBack() throws Exception {
    staff.reset();
    for (var alarm : breakGlass.alarms()) {
      breakGlass.acknowledge(alarm.number(), "Ida");
    }
  }

  @Test
  void opensWithTheDirectoryDownAndSaysSoOnEachPage() throws Exception {
    staff.goAway();
    var session = session(code("Anna", Office.PROTECT), code("Bert", Office.PROTECT));
    for (String page : new String[] {"/", "/certificates", "/audit", "/revoke-by-phone"}) {
      web.perform(get(page).session(session))
          .andExpect(status().isOk())
          .andExpect(content().string(containsString("data-testid=\"emergency\"")));
    }
    clock.forward(Duration.ofMinutes(20)); // longer than any other session without the directory
    web.perform(get("/certificates").session(session)).andExpect(status().isOk());
  }

  @Test
  void revokesWithTheDirectoryDown() throws Exception {
    var issued = issued();
    var address = "/certificates/" + issued.authority() + "/" + issued.serial();
    staff.goAway();
    var session = session(code("Anna", Office.PROTECT), code("Bert", Office.PROTECT));
    web.perform(
            post(address + "/revoke").session(session).with(csrf()).param("reason", "superseded"))
        .andExpect(redirectedUrl(address));
    staff.reset();
    assertThat(inventory.view(staff.person("staff"), issued.authority(), issued.serial()).status())
        .isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  void revokesNothingByOneCode() throws Exception {
    var issued = issued();
    var session = session(code("Anna", Office.REVIEW), "");
    web.perform(
        post("/certificates/" + issued.authority() + "/" + issued.serial() + "/revoke")
            .session(session)
            .with(csrf())
            .param("reason", "superseded"));
    assertThat(inventory.view(staff.person("staff"), issued.authority(), issued.serial()).status())
        .isInstanceOf(CertificateStatus.Good.class);
  }

  private CertificateRequest.Issued issued() throws Exception {
    return officers.vpn(registration, staff.person("staff"), staff.person("officer"));
  }

  @Test
  void opensNoInbox() throws Exception {
    var session = session(code("Anna", Office.PROTECT), code("Bert", Office.PROTECT));
    web.perform(get("/inbox").session(session)).andExpect(status().isForbidden());
  }

  @Test
  void letsWhoMayLookOnlyLook() throws Exception {
    var session = session(code("Anna", Office.REVIEW), "");
    web.perform(get("/audit").session(session)).andExpect(status().isOk());
    web.perform(get("/revoke-by-phone").session(session)).andExpect(status().isForbidden());
  }

  @Test
  void endsAfterAnHour() throws Exception {
    var session = session(code("Anna", Office.REVIEW), "");
    for (int i = 0; i < 2; i++) {
      clock.forward(Duration.ofMinutes(29));
      web.perform(get("/certificates").session(session)).andExpect(status().isOk());
    }
    clock.forward(Duration.ofMinutes(3));
    web.perform(get("/certificates").session(session))
        .andExpect(redirectedUrl("/login?error=ended"));
  }

  @Test
  void goesOnUnderAnotherSessionId() throws Exception {
    var session = new MockHttpSession();
    String before = session.getId();
    logIn(session, code("Anna", Office.REVIEW), "").andExpect(redirectedUrl("/certificates"));
    assertThat(session.getId()).isNotEqualTo(before);
  }

  @Test
  void isAnAlarmOfTheHealth() throws Exception {
    var health = new EmergencyHealth(breakGlass);
    assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    session(code("Anna", Office.REVIEW), "");
    assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
  }

  @Test
  void makesWhoTriesWaitAndLeavesOthersAlone() throws Exception {
    String good = code("Anna", Office.REVIEW);
    for (int i = 0; i < 5; i++) {
      logIn(new MockHttpSession(), "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA", "")
          .andExpect(redirectedUrl("/login/emergency?error=credentials"));
    }
    logIn(new MockHttpSession(), good, "")
        .andExpect(redirectedUrl("/login/emergency?error=throttled"));
    web.perform(
            form(good, "")
                .with(
                    request -> {
                      request.setRemoteAddr("192.0.2.7");
                      return request;
                    }))
        .andExpect(redirectedUrl("/certificates"));
    clock.forward(Duration.ofMinutes(16)); // all is forgotten
  }

  @Test
  void refusesAFormWithoutItsToken() throws Exception {
    web.perform(post("/login/emergency").param("code", code("Anna", Office.REVIEW)))
        .andExpect(status().isForbidden());
  }

  private MockHttpSession session(String one, String other) throws Exception {
    var answer =
        logIn(new MockHttpSession(), one, other)
            .andExpect(redirectedUrl("/certificates"))
            .andReturn();
    return (MockHttpSession) Objects.requireNonNull(answer.getRequest().getSession(false));
  }

  private ResultActions logIn(MockHttpSession session, String one, String other) throws Exception {
    return web.perform(form(one, other).session(session));
  }

  private static MockHttpServletRequestBuilder form(String one, String other) {
    return post("/login/emergency").with(csrf()).param("code", one, other);
  }

  private String code(String holder, Office office) {
    return breakGlass
        .make(
            holder, office, Set.of(Staff.HASSFURT), "Ida", clock.instant().plus(Duration.ofDays(1)))
        .code()
        .inGroups();
  }
}
