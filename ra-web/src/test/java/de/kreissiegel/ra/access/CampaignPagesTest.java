package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.TestHouse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** An officer makes a campaign, sees what it would do, changes and discards it. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class CampaignPagesTest {
  private static final String TEXT = "<b>Fragen?</b> Die IT hilft.";

  @Autowired MockMvc web;
  @Autowired LogIns logIns;
  @Autowired MovableClock clock;

  @Test
  void makesShowsChangesAndDiscardsACampaign() throws Exception {
    var session = logIns.session(web, "officer");
    var made = web.perform(form("Weg von P-256", "20").session(session).with(csrf())).andReturn();
    String page = Objects.requireNonNull(made.getResponse().getRedirectedUrl());
    assertThat(page).matches("/campaigns/[0-9a-f-]{36}");

    web.perform(get(page).session(session))
        .andExpect(status().isOk())
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString("Weg von P-256"),
                        containsString("EC P-256"),
                        containsString("&lt;b&gt;Fragen?&lt;/b&gt;"),
                        not(containsString("<b>Fragen?")))));
    web.perform(get("/campaigns").session(session))
        .andExpect(content().string(containsString(page)));
    web.perform(get(page + "/change").session(session))
        .andExpect(content().string(containsString("value=\"20\"")));
    web.perform(terms(post(page + "/change"), "Weg von P-256", "7").session(session).with(csrf()))
        .andExpect(redirectedUrl(page));
    web.perform(get(page + "/change").session(session))
        .andExpect(content().string(containsString("value=\"7\"")));

    web.perform(post(page + "/pause").session(session).with(csrf()))
        .andExpect(redirectedUrl(page)); // a draft isn't paused
    web.perform(post(page + "/end").session(session).with(csrf())).andExpect(redirectedUrl(page));
    web.perform(get(page).session(session))
        .andExpect(content().string(containsString("Jemand hat sie beendet")));
    web.perform(get(page).param("only", "nonsense").session(session))
        .andExpect(status().isNotFound());
    web.perform(get(page + "/list.csv").session(session))
        .andExpect(content().string(containsString("Geschrieben am")));
  }

  @Test
  void saysWhatIsWrongAndKeepsWhatWasTyped() throws Exception {
    var session = logIns.session(web, "officer");

    web.perform(
            terms(post("/campaigns"), "Noch eine", "0")
                .param("profile", "vpn-client")
                .session(session)
                .with(csrf()))
        .andExpect(status().isOk())
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString("data-testid=\"faults\""),
                        containsString("1 bis 1.000 E-Mails"),
                        containsString("Woran erkennt man die alten Zertifikate?"),
                        containsString("value=\"Noch eine\""))));
  }

  @Test
  void isAClosedDoorToOthersTenants() throws Exception {
    var session = logIns.session(web, "officer");

    web.perform(
            form("Fremd", "5").param("tenant", "stadt-ebern.example").session(session).with(csrf()))
        .andExpect(status().isNotFound());
  }

  private MockHttpServletRequestBuilder form(String title, String perDay) {
    return terms(post("/campaigns"), title, perDay).param("keyKind", "EC P-256");
  }

  private MockHttpServletRequestBuilder terms(
      MockHttpServletRequestBuilder request, String title, String perDay) {
    return request
        .param("title", title)
        .param(
            "due",
            LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Berlin"))
                .plusDays(60)
                .toString())
        .param("perDay", perDay)
        .param("textDe", TEXT);
  }
}
