package de.kreissiegel.ra.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;

import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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

/** An order, fields and a pseudonym by the REST API, from the application to the certificates. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class OrderApiTest {
  private static final String REQUESTS = "/api/v1/requests";

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk desk;
  @Autowired EmbeddedPostgres postgres;
  @Autowired JsonMapper json;

  @BeforeEach
  void forgetRequests() throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      // Faster than truncate, where there is next to nothing.
      statement.execute("delete from approval; delete from request");
    }
  }

  @Test
  void takesApprovesAndShowsTwoCertificatesAsOne() throws Exception {
    JsonNode order = asked(201, "staff", post(REQUESTS + "/orders"), order("mail-signature"));
    assertThat(order.path("id").asString()).isNotEmpty();
    assertThat(order.path("requests")).hasSize(2);
    String first = order.path("requests").get(0).path("id").asString();

    asked(
        200,
        "officer",
        put(REQUESTS + "/" + first + "/fields"),
        Map.of("fields", Map.of("validity", List.of("P30D"))));
    JsonNode statements =
        asked(200, "officer", get(REQUESTS + "/" + first + "/approval-statements"));
    assertThat(statements.path("items")).hasSize(2);
    asked(400, "officer", post(REQUESTS + "/" + first + "/approve"), signed(List.of(first)));
    var ids = new ArrayList<String>();
    statements.path("items").forEach(part -> ids.add(part.path("request").asString()));
    asked(200, "officer", post(REQUESTS + "/" + first + "/approve"), signed(ids));

    JsonNode done = asked(200, "staff", get(REQUESTS + "/" + first + "/order"));
    assertThat(done.path("requests").get(0).path("state").asString()).isEqualTo("issued");
    assertThat(done.path("requests").get(1).path("state").asString()).isEqualTo("issued");
    assertThat(done.path("requests").get(0).path("fields").get(0).path("setBy").asString())
        .isEqualTo("officer");
  }

  @Test
  void refusesAnOrderThatNoProfileOffersAndFieldsThatThereAreNot() throws Exception {
    asked(422, "staff", post(REQUESTS + "/orders"), order("authentication"));
    var application = application("vpn-client", Map.of("surname", List.of("Muster")));
    assertThat(asked(400, "staff", post(REQUESTS), application).path("detail").asString())
        .contains("surname");
    application = application("vpn-client", Map.of("dns", List.of("www.stadt-hassfurt.example")));
    asked(422, "staff", post(REQUESTS), application);
    assertThat(desk.own(staff.person("staff"))).isEmpty();
  }

  @Test
  void tellsAnOfficerWhoIsBehindAPseudonymAndNobodyElse() throws Exception {
    JsonNode asked =
        asked(
            201,
            "staff",
            post(REQUESTS),
            application("pseudonym-signature", Map.of("pseudonym", List.of("Federvieh 12"))));
    String id = asked.path("id").asString();
    asked(404, "auditor", get(REQUESTS + "/" + id));
    JsonNode issued =
        asked(200, "officer", post(REQUESTS + "/" + id + "/approve"), signed(List.of(id)));
    String certificate = issued.path("certificate").path("href").asString();

    assertThat(asked(200, "auditor", get(certificate)).toString())
        .contains("PN: Federvieh 12")
        .doesNotContain(id)
        .doesNotContain(staff.person("staff").id().value());
    asked(404, "auditor", post(certificate + "/bearer"), Map.of("reason", "Neugier"));
    asked(404, "officer-ebern", post(certificate + "/bearer"), Map.of("reason", "Neugier"));
    JsonNode bearer =
        asked(200, "officer", post(certificate + "/bearer"), Map.of("reason", "Nachfrage"));
    assertThat(bearer.path("subject").asString()).isEqualTo(staff.person("staff").id().value());
  }

  private Map<String, Object> application(String profile, Map<String, List<String>> fields) {
    var person = staff.person("staff");
    return Map.of(
        "subject", person.id().value(),
        "tenant", person.tenants().iterator().next().value(),
        "profile", profile,
        "csr", Certificates.certificationRequest(),
        "fields", fields);
  }

  private Map<String, Object> order(String leading) {
    var person = staff.person("staff");
    return Map.of(
        "subject", person.id().value(),
        "tenant", person.tenants().iterator().next().value(),
        "parts",
            List.of(
                Map.of("profile", leading, "csr", Certificates.certificationRequest()),
                Map.of("profile", "smime", "csr", Certificates.certificationRequest())));
  }

  private Map<String, Object> signed(List<String> ids) throws Exception {
    var signatures = new ArrayList<String>();
    for (String id : ids) {
      signatures.add(
          Base64.getEncoder()
              .encodeToString(
                  officers.sign(desk, staff.person("officer"), RequestId.of(id)).toArray()));
    }
    return Map.of("signatures", signatures);
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
    String content = answer.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
    assertThat(answer.getStatus()).as(content).isEqualTo(status);
    return json.readTree(content);
  }
}
