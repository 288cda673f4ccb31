package de.kreissiegel.ra.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class RestApiTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired JsonMapper json;
  @Autowired RequestMappingHandlerMapping requestMappingHandlerMapping;

  @AfterEach
  void everybodyIsBack() {
    staff.reset();
  }

  @Test
  void answersBrokenJsonWithAProblem() throws Exception {
    for (String body : new String[] {"{", "[]", "{\"subject\":7}", "{\"unknown\":1}", "{}", ""}) {
      web.perform(
              post("/api/v1/requests")
                  .with(httpBasic("staff", Staff.PASSWORD))
                  .contentType("application/json")
                  .content(body))
          .andExpect(status().isBadRequest())
          .andExpect(content().contentType("application/problem+json"))
          .andExpect(jsonPath("$.type").value("urn:kreissiegel:problem:400"))
          .andExpect(jsonPath("$.code").value("http-400"))
          .andExpect(jsonPath("$.cause").isNotEmpty())
          .andExpect(jsonPath("$.nextStep").isNotEmpty())
          .andExpect(
              answer ->
                  jsonPath("$.correlationId")
                      .value(answer.getResponse().getHeader("X-Correlation-Id"))
                      .match(answer));
    }
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    web.perform(
            post("/api/v1/requests")
                .with(httpBasic("staff", Staff.PASSWORD))
                .contentType("application/json")
                .content(new byte[64 * 1024 + 1]))
        .andExpect(status().isContentTooLarge())
        .andExpect(content().contentType("application/problem+json"));
  }

  @Test
  void answersUnknownIdsAndAddressesAlike() throws Exception {
    for (String path :
        new String[] {
          "/requests/4711",
          "/requests/00000000-0000-0000-0000-000000000000",
          "/certificates/people/zz",
          "/certificates/nobody/1",
          "/nothing"
        }) {
      web.perform(get("/api/v1" + path).with(httpBasic("staff", Staff.PASSWORD)))
          .andExpect(status().isNotFound())
          .andExpect(content().contentType("application/problem+json"));
    }
  }

  @Test
  void titlesAProblemInTheLanguageAskedFor() throws Exception {
    var call =
        get("/api/v1/audit")
            .with(httpBasic("staff", Staff.PASSWORD))
            .header("Accept-Language", "en-GB,de;q=0.5");
    web.perform(call)
        .andExpect(status().isForbidden())
        .andExpect(jsonPath("$.reason").value("NOT_AUTHORIZED"))
        .andExpect(jsonPath("$.title").value("Not authorized"));
  }

  @Test
  void saysThatTheDirectoryIsAwayAndWhenToComeAgain() throws Exception {
    staff.goAway();
    web.perform(get("/api/v1/me").with(httpBasic("staff", Staff.PASSWORD)))
        .andExpect(status().isServiceUnavailable())
        .andExpect(header().string("Retry-After", "10"))
        .andExpect(jsonPath("$.reason").value("DIRECTORY_UNAVAILABLE"));
  }

  @Test
  void refusesWhatABrowserSendsForAnotherSite() throws Exception {
    web.perform(
            get("/api/v1/me")
                .with(httpBasic("staff", Staff.PASSWORD))
                .header("Sec-Fetch-Site", "cross-site"))
        .andExpect(status().isForbidden());
  }

  @Test
  void describesEachMapping() throws Exception {
    var answer = web.perform(get("/api/v1/openapi.json")).andReturn().getResponse();
    var paths = json.readTree(answer.getContentAsByteArray()).get("paths");
    requestMappingHandlerMapping
        .getHandlerMethods()
        .forEach(
            (info, handler) -> {
              if (handler.getBeanType().getPackage().equals(RestApiTest.class.getPackage())) {
                var method = info.getMethodsCondition().getMethods().iterator().next();
                for (String path : info.getPatternValues()) {
                  assertThat(paths.path(path).has(method.name().toLowerCase(java.util.Locale.ROOT)))
                      .as("%s %s", method, path)
                      .isTrue();
                }
              }
            });
    assertThat(paths.size()).isPositive();
  }
}
