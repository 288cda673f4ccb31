package de.kreissiegel.ra.rest;

import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Words;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import tools.jackson.databind.json.JsonMapper;

/** How the person was checked, by REST and by the page. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class CheckApiTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk desk;
  @Autowired Clock clock;
  @Autowired EmbeddedPostgres postgres;
  @Autowired JsonMapper json;

  private RequestId id;
  private String signature;
  private String today;

  @BeforeEach
  void apply() throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("delete from approval; delete from request; delete from person_check");
    }
    Actor.Person person = staff.person("staff");
    id =
        desk.submit(
                person,
                new CertificateApplication(
                    person.id(),
                    Staff.HASSFURT,
                    new ProfileName("vpn-client"),
                    Pem.certificationRequest(Certificates.certificationRequest()),
                    ""))
            .id();
    Actor.Person officer = staff.person("officer");
    logIns.api("officer");
    signature = Base64.getEncoder().encodeToString(officers.sign(desk, officer, id).toArray());
    today = LocalDate.ofInstant(clock.instant(), Words.zone()).toString();
  }

  @Test
  void refusesACheckThatBringsAnythingBesideKindAndDay() throws Exception {
    approve(Map.of("kind", "identity-card", "on", today, "number", "L01X00T47"))
        .andExpect(status().isBadRequest());
    approve(Map.of("kind", "L01X00T47", "on", today)).andExpect(status().isBadRequest());
    approve(Map.of("kind", "known")).andExpect(status().isBadRequest());
    web.perform(get("/api/v1/requests/" + id).with(logIns.api("officer")))
        .andExpect(jsonPath("$.state").value("awaitingApproval"));
  }

  @Test
  void keepsTheCheckWithTheApproval() throws Exception {
    approve(Map.of("kind", "identity-card", "on", today)).andExpect(status().isOk());

    web.perform(get("/api/v1/requests/" + id + "/checks").with(logIns.api("officer")))
        .andExpect(jsonPath("$.items.length()").value(1))
        .andExpect(jsonPath("$.items[0].kind").value("identity-card"))
        .andExpect(jsonPath("$.items[0].on").value(today))
        .andExpect(jsonPath("$.items[0].officerName").value("officer"))
        .andExpect(jsonPath("$.items[0].request").value(id.toString()));
    web.perform(get("/api/v1/requests/" + id + "/checks").with(logIns.api("officer-ebern")))
        .andExpect(status().isNotFound());
  }

  @Test
  void takesTheCheckFromTheFormAndShowsItToOfficerAndApplicant() throws Exception {
    var officer = logIns.session(web, "officer");
    web.perform(get("/inbox/" + id).session(officer))
        .andExpect(content().string(containsString("name=\"check\"")));

    web.perform(
            post("/inbox/" + id + "/approve")
                .session(officer)
                .with(csrf())
                .param("signature", signature)
                .param("check", "known")
                .param("checked", today))
        .andExpect(redirectedUrl("/inbox"));

    for (var seen :
        new org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder[] {
          get("/inbox/" + id).session(officer),
          get("/requests/" + id).session(LogIns.byPassword(web, "staff"))
        }) {
      web.perform(seen).andExpect(content().string(containsString("persönlich bekannt, am")));
    }
  }

  @Test
  void takesOneCheckForAllThatAreApprovedTogether() throws Exception {
    var officer = logIns.session(web, "officer");
    web.perform(get("/inbox/bulk").session(officer).param("id", id.toString()))
        .andExpect(content().string(containsString("name=\"check\"")));

    web.perform(
        post("/inbox/bulk")
            .session(officer)
            .with(csrf())
            .param("request", id.toString())
            .param("signature", signature)
            .param("check", "personnel-record")
            .param("checked", today));

    web.perform(get("/api/v1/requests/" + id + "/checks").with(logIns.api("officer")))
        .andExpect(jsonPath("$.items[0].kind").value("personnel-record"));
  }

  private ResultActions approve(Map<String, String> check) throws Exception {
    return web.perform(
        post("/api/v1/requests/" + id + "/approve")
            .with(logIns.api("officer"))
            .contentType(MediaType.APPLICATION_JSON)
            .content(json.writeValueAsString(Map.of("signature", signature, "check", check))));
  }
}
