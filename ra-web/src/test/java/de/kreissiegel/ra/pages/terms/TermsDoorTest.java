package de.kreissiegel.ra.pages.terms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.terms.Terms;
import de.kreissiegel.ca.terms.TermsCatalog;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Terms by the pages and by REST, from the first application to the next one. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class TermsDoorTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired LogIns logIns;
  @Autowired TermsCatalog catalog;
  @Autowired EmbeddedPostgres postgres;
  @Autowired JsonMapper json;

  private Terms terms;

  @BeforeEach
  void nothingIsAccepted() throws Exception {
    terms = catalog.all().getFirst();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("delete from approval; delete from request; delete from terms_acceptance");
    }
  }

  @Test
  void asksOnTheFormForWhatIsInForceAndNeverAgain() throws Exception {
    MockHttpSession session = LogIns.byPassword(web, "staff");
    web.perform(form(session)).andExpect(content().string(containsString("name=\"terms\"")));

    web.perform(sent(session).param("terms", value()))
        .andExpect(redirectedUrlPattern("/requests/*"));

    web.perform(form(session)).andExpect(content().string(not(containsString("name=\"terms\""))));
    web.perform(get("/terms").session(session))
        .andExpect(content().string(containsString("Bedingungen für Signaturen, Fassung 1")));
  }

  @Test
  void sendsNoFormWithoutATickOrWithATickAtOtherWords() throws Exception {
    MockHttpSession session = LogIns.byPassword(web, "staff");

    web.perform(sent(session)).andExpect(redirectedUrlPattern("/apply?*"));
    for (String other :
        new String[] {
          "signature/2/" + "00".repeat(32), "signature/1/00", "nothing", "a/b/c", "//"
        }) {
      web.perform(sent(session).param("terms", other)).andExpect(redirectedUrlPattern("/apply?*"));
    }

    assertThat(own(session)).doesNotContain("Signatur");
  }

  @Test
  void showsApplicantAndOfficerWhatWasAccepted() throws Exception {
    MockHttpSession session = LogIns.byPassword(web, "staff");
    String request =
        web.perform(sent(session).param("terms", value()))
            .andReturn()
            .getResponse()
            .getRedirectedUrl();

    web.perform(get(request).session(session))
        .andExpect(content().string(containsString("Fassung 1, angenommen am")));
    web.perform(
            get(request.replace("/requests/", "/inbox/"))
                .session(logIns.session(web, "officer"))
                .param("lang", "en"))
        .andExpect(content().string(containsString("version 1, accepted on")));
  }

  @Test
  void saysByRestWhatIsInForceAndTakesNoApplicationWithoutIt() throws Exception {
    asked("staff", post("/api/v1/requests"), application())
        .andExpect(status().isConflict())
        .andExpect(jsonPath("$.code").value("terms-not-accepted"));
    web.perform(get("/api/v1/terms").with(logIns.api("staff")))
        .andExpect(jsonPath("$.items[0].digest").value(terms.digest().toHex()))
        .andExpect(jsonPath("$.items[0].acceptedAt").doesNotExist());

    asked(
            "staff",
            post("/api/v1/terms/signature/acceptance"),
            Map.of("version", 1, "digest", "00".repeat(32)))
        .andExpect(status().isConflict());
    asked("staff", post("/api/v1/terms/signature/acceptance"), Map.of("version", 1, "digest", "x"))
        .andExpect(status().isBadRequest());
    asked(
            "staff",
            post("/api/v1/terms/signature/acceptance"),
            Map.of("version", 1, "digest", terms.digest().toHex()))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.acceptedAt").exists());

    asked("staff", post("/api/v1/requests"), application()).andExpect(status().isCreated());
  }

  @Test
  void showsTermsToEverybodyAndWhatIsNotThereToNobody() throws Exception {
    web.perform(get("/info/terms"))
        .andExpect(content().string(containsString("Bedingungen für Signaturen")))
        .andExpect(content().string(containsString(terms.digest().toHex())));
    web.perform(get("/info/terms/signature/1")).andExpect(status().isOk());
    for (String none : new String[] {"signature/2", "signature/x", "none/1", "Ü/1"}) {
      web.perform(get("/info/terms/" + none)).andExpect(status().isNotFound());
    }
  }

  @Test
  void saysOnTheFormWhatASignatureIsAndIsNot() throws Exception {
    web.perform(form(LogIns.byPassword(web, "staff")))
        .andExpect(content().string(containsString("§ 126a BGB")));
  }

  private MockHttpServletRequestBuilder form(MockHttpSession session) {
    return get("/apply")
        .session(session)
        .param("profile", "signature")
        .param("subject", staff.person("staff").id().value())
        .param("tenant", Staff.HASSFURT.value());
  }

  private MockHttpServletRequestBuilder sent(MockHttpSession session) {
    return post("/requests")
        .session(session)
        .with(csrf())
        .param("profile", "signature")
        .param("subject", staff.person("staff").id().value())
        .param("tenant", Staff.HASSFURT.value())
        .param("csr", Certificates.certificationRequest());
  }

  private String value() {
    return terms + "/" + terms.digest().toHex();
  }

  private String own(MockHttpSession session) throws Exception {
    return web.perform(get("/terms").session(session))
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  private Map<String, Object> application() {
    return Map.of(
        "subject", staff.person("staff").id().value(),
        "tenant", Staff.HASSFURT.value(),
        "profile", "signature",
        "csr", Certificates.certificationRequest());
  }

  private ResultActions asked(String login, MockHttpServletRequestBuilder request, Object body)
      throws Exception {
    return web.perform(
        request
            .with(logIns.api(login))
            .contentType(MediaType.APPLICATION_JSON)
            .content(json.writeValueAsString(body)));
  }
}
