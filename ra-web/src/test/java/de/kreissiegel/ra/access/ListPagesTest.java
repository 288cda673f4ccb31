package de.kreissiegel.ra.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.bulk.BulkWorker;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Notice;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** An officer brings a list, sees what would be done, lets it run, and takes the report away. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class ListPagesTest {
  @Autowired MockMvc web;
  @Autowired LogIns logIns;
  @Autowired BulkWorker worker;

  @Test
  void showsWhatWouldBeDoneRunsAndReports() throws Exception {
    var session = logIns.session(web, "officer");
    var taken =
        web.perform(
                multipart("/bulk")
                    .file(list("wer;verwaltung\nhelper;\n=cmd|calc;\nstranger;\n"))
                    .param("profile", "signature")
                    .session(session)
                    .with(csrf()))
            .andReturn();
    String job = Objects.requireNonNull(taken.getResponse().getRedirectedUrl());
    assertThat(job).matches("/bulk/[0-9a-f-]{36}");

    worker.work();
    web.perform(get(job).session(session))
        .andExpect(status().isOk())
        .andExpect(
            content().string(allOf(containsString("helper"), containsString("wartet auf Sie"))));
    web.perform(get(job).param("only", "faults").session(session))
        .andExpect(content().string(containsString("stranger")));
    web.perform(post(job + "/start").session(session).with(csrf())).andExpect(redirectedUrl(job));
    worker.work();

    web.perform(get(job).session(session)).andExpect(content().string(containsString("1 von 1")));
    web.perform(get("/bulk").session(session)).andExpect(content().string(containsString(job)));
    web.perform(get(job + "/report.csv").session(session))
        .andExpect(content().string(allOf(containsString("'=cmd|calc"), containsString("helper"))));
  }

  @Test
  void asksBeforeItTakesTheSameListOnceMore() throws Exception {
    var session = logIns.session(web, "officer");
    String rows = "wer\nhelper\nnobody-%s\n".formatted(java.util.UUID.randomUUID());
    bring(session, rows).andExpect(redirectedUrlPattern("/bulk/*"));
    var refused = bring(session, rows).andExpect(redirectedUrl("/bulk")).andReturn();
    assertThat(((Notice) refused.getFlashMap().get(Notice.ATTRIBUTE)).code())
        .isEqualTo("same-list");
    web.perform(get("/bulk").session(session).flashAttrs(refused.getFlashMap()))
        .andExpect(content().string(containsString("name=\"again\"")));
    web.perform(
            multipart("/bulk")
                .file(list(rows))
                .param("profile", "signature")
                .param("again", "true")
                .session(session)
                .with(csrf()))
        .andExpect(redirectedUrlPattern("/bulk/*"));
  }

  private ResultActions bring(MockHttpSession session, String rows) throws Exception {
    return web.perform(
        multipart("/bulk")
            .file(list(rows))
            .param("profile", "signature")
            .session(session)
            .with(csrf()));
  }

  @Test
  void saysWhyAFileIsNoList() throws Exception {
    var session = logIns.session(web, "officer");
    var answer =
        web.perform(
                multipart("/bulk")
                    .file(list("name;password\nx;y\n"))
                    .param("profile", "signature")
                    .session(session)
                    .with(csrf()))
            .andExpect(redirectedUrl("/bulk"))
            .andReturn();

    var notice = (Notice) answer.getFlashMap().get(Notice.ATTRIBUTE);
    assertThat(notice.tone()).isEqualTo(Tone.DANGER);
    assertThat(notice.detail()).contains("line 1");
  }

  private static MockMultipartFile list(String text) {
    return new MockMultipartFile("list", "list.csv", "text/csv", text.getBytes(UTF_8));
  }
}
