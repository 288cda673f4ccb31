package de.kreissiegel.ra.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Grants by the REST API, and what a revisor sees by one and doesn't do. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class GrantApiTest {
  private static final String GRANTS = "/api/v1/grants";

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk desk;
  @Autowired EmbeddedPostgres postgres;
  @Autowired Clock clock;
  @Autowired JsonMapper json;

  /** Both officers lead those of Ebern; their certificates are from before. */
  @BeforeEach
  void twoLeads() throws Exception {
    forget();
    for (String login : new String[] {"officer", "officer-ebern", "auditor"}) {
      logIns.certificate(login);
    }
    staff.change("officer", person -> leading(person, Set.of(Staff.EBERN)));
    staff.change("officer-ebern", person -> leading(person, Set.of(Staff.EBERN)));
  }

  @AfterEach
  void asBefore() throws Exception {
    staff.reset();
    forget();
  }

  private void forget() throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("delete from approval; delete from request; delete from office_grant");
    }
  }

  private static Actor.Person leading(Actor.Person person, Set<TenantId> tenants) {
    return new Actor.Person(
        person.id(),
        person.displayName(),
        person.login(),
        person.tenants(),
        person.officerFor(),
        tenants,
        person.auditorFor(),
        person.proof());
  }

  private Map<String, Object> proposal(String right, String login) {
    return new HashMap<>(
        Map.of(
            "right", right,
            "person", staff.person(login).id().value(),
            "tenant", Staff.EBERN.value(),
            "reason", "gemeinsame Prüfung",
            "begins", clock.instant().toString(),
            "ends", clock.instant().plus(Duration.ofDays(30)).toString()));
  }

  @Test
  void aRevisorReadsAnotherTenantForATimeAndDecidesNothingThere() throws Exception {
    var issued =
        (CertificateRequest.Issued)
            officers.approve(desk, staff.person("officer-ebern"), applied());
    RequestId request = applied();
    String certificate = "/api/v1/certificates/" + issued.authority() + "/" + issued.serial();
    asked(404, "auditor", get(certificate));
    JsonNode proposed = asked(201, "officer-ebern", post(GRANTS), proposal("read", "auditor"));
    String grant = GRANTS + "/" + proposed.path("id").asString("");
    assertThat(proposed.path("state").asString("")).isEqualTo("proposed");
    assertThat(asked(409, "officer-ebern", post(grant + "/consent")).path("title").isMissingNode())
        .isFalse();
    asked(403, "auditor", post(grant + "/consent"));
    asked(404, "auditor", get(certificate));

    JsonNode given = asked(200, "officer", post(grant + "/consent"));

    assertThat(given.path("state").asString("")).isEqualTo("running");
    assertThat(given.path("right").asString("")).isEqualTo("read");
    asked(200, "auditor", get(certificate));
    asked(200, "auditor", get("/api/v1/requests/" + request));
    assertThat(reads()).as("each look is written down").isPositive();
    assertThat(asked(200, "auditor", get("/api/v1/me")).path("readsFor").get(0).asString(""))
        .isEqualTo(Staff.EBERN.value());
    asked(
        403,
        "auditor",
        post("/api/v1/requests/" + request + "/approve"),
        Map.of("signature", "MAA="));
    asked(
        403, "auditor", post("/api/v1/requests/" + request + "/refuse"), Map.of("reason", "nein"));
    asked(403, "auditor", post(certificate + "/revoke"), Map.of("reason", "keyCompromise"));
    reviewsNothing();
    JsonNode listed = asked(200, "auditor", get(GRANTS));
    assertThat(listed.path("items")).hasSize(1);

    asked(400, "auditor", post(grant + "/end"), Map.of("reason", " "));
    asked(200, "auditor", post(grant + "/end"), Map.of("reason", "fertig"));
    asked(404, "auditor", get(certificate));
    asked(409, "officer", post(grant + "/end"), Map.of("reason", "noch einmal"));
    assertThat(actions()).contains("reading.proposed", "reading.given", "reading.ended");
  }

  @Test
  void somebodyStandsInByTheSameResource() throws Exception {
    JsonNode given = asked(201, "officer-ebern", post(GRANTS), proposal("stand-in", "stranger"));
    assertThat(given.path("state").asString("")).isEqualTo("running");
    assertThat(given.path("across").asBoolean(true)).isFalse();
    JsonNode seen = asked(200, "officer-ebern", get(GRANTS + "/" + given.path("id").asString("")));
    assertThat(seen).isEqualTo(given);
    asked(404, "staff", get(GRANTS + "/" + given.path("id").asString("")));
  }

  @Test
  void refusesWhatIsNoGrantAndWhomItIsNotFor() throws Exception {
    asked(422, "officer-ebern", post(GRANTS), proposal("read", "officer"));
    asked(422, "officer-ebern", post(GRANTS), proposal("read", "stranger"));
    asked(403, "auditor", post(GRANTS), proposal("read", "auditor"));
    asked(403, "staff", post(GRANTS), proposal("read", "auditor"));
    staff.change("officer-ebern", person -> leading(person, Set.of()));
    asked(403, "officer-ebern", post(GRANTS), proposal("read", "auditor"));
    for (String member : new String[] {"right", "begins", "ends", "reason"}) {
      Map<String, Object> wrong = proposal("read", "auditor");
      wrong.put(member, member.equals("reason") ? " " : "irgendwann");
      JsonNode problem = asked(400, "officer", post(GRANTS), wrong);
      assertThat(problem.path("status").asInt(0)).isEqualTo(400);
    }
    Map<String, Object> tooLong = proposal("read", "auditor");
    tooLong.put("ends", clock.instant().plus(Duration.ofDays(800)).toString());
    asked(400, "officer", post(GRANTS), tooLong);
    assertThat(asked(200, "officer", get(GRANTS)).path("items")).isEmpty();
  }

  private RequestId applied() throws Exception {
    Actor.Person stranger = staff.person("stranger");
    return desk.submit(
            stranger,
            new CertificateApplication(
                stranger.id(),
                Staff.EBERN,
                new ProfileName("vpn-client"),
                Pem.certificationRequest(Certificates.certificationRequest()),
                ""))
        .id();
  }

  /** Looks of the auditor at what is Ebern's. */
  private long reads() throws Exception {
    return number(
        "select count(*) from audit_event where action = 'person.read' and tenant = '%s' and actor ="
                .formatted(Staff.EBERN)
            + " '%s'".formatted(staff.person("auditor").auditName()));
  }

  /** Neither a sample is drawn of Ebern's affairs, nor is evidence taken along. */
  private void reviewsNothing() throws Exception {
    var session = logIns.session(web, "auditor");
    var drawn = post("/revision").param("tenant", Staff.EBERN.value()).param("first", "1980-01-01");
    var taken =
        post("/evidence")
            .param("tenant", Staff.EBERN.value())
            .param("from", "2026-01-01")
            .param("to", "2026-01-02");
    for (MockHttpServletRequestBuilder call : List.of(drawn, taken)) {
      assertThat(
              web.perform(call.with(csrf()).session(session)).andReturn().getResponse().getStatus())
          .isEqualTo(404);
    }
  }

  private String actions() throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row =
            statement.executeQuery("select string_agg(distinct action, ' ') from audit_event")) {
      row.next();
      return row.getString(1);
    }
  }

  private long number(String sql) throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private JsonNode asked(
      int status, String who, MockHttpServletRequestBuilder call, Map<String, ?> body)
      throws Exception {
    return asked(
        status, who, call.contentType("application/json").content(json.writeValueAsString(body)));
  }

  private JsonNode asked(int status, String who, MockHttpServletRequestBuilder call)
      throws Exception {
    var answer = web.perform(call.with(logIns.api(who))).andReturn().getResponse();
    String content = answer.getContentAsString(StandardCharsets.UTF_8);
    assertThat(answer.getStatus()).as(content).isEqualTo(status);
    return json.readTree(content);
  }
}
