package de.kreissiegel.ra.access;

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
import de.kreissiegel.ra.house.TestHouse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;

/** An officer writes a reason of the tenant's own, changes it and deletes it. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class RefusalTextPagesTest {
  private static final String ALL = "/refusal-texts";

  @Autowired MockMvc web;
  @Autowired LogIns logIns;

  @Test
  void writesChangesAndDeletesOne() throws Exception {
    var session = logIns.session(web, "officer");
    web.perform(
            post(ALL)
                .param("title", "Bauhof zuerst")
                .param("textDe", "<b>Bauhof</b> fragen.")
                .session(session)
                .with(csrf()))
        .andExpect(redirectedUrl(ALL));
    var page =
        web.perform(get(ALL).session(session))
            .andExpect(
                content()
                    .string(
                        allOf(
                            containsString("Bauhof zuerst"),
                            containsString("&lt;b&gt;Bauhof&lt;/b&gt;"),
                            not(containsString("<b>Bauhof")))))
            .andReturn()
            .getResponse()
            .getContentAsString();
    var found = Pattern.compile("/refusal-texts/[0-9a-f-]{36}").matcher(page);
    found.find();
    String one = found.group();

    web.perform(get(one).session(session))
        .andExpect(content().string(containsString("value=\"Bauhof zuerst\"")));
    web.perform(
            post(one)
                .param("title", "")
                .param("textDe", "bleibt stehen")
                .session(session)
                .with(csrf()))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("bleibt stehen")));
    web.perform(
            post(one).param("title", "Bauhof").param("textDe", "Neu").session(session).with(csrf()))
        .andExpect(redirectedUrl(ALL));
    web.perform(post(one + "/remove").session(session).with(csrf())).andExpect(redirectedUrl(ALL));
    web.perform(get(ALL).session(session))
        .andExpect(content().string(containsString("Noch gibt es keine")));
    web.perform(get(one).session(session)).andExpect(status().isNotFound());
  }
}
