package de.kreissiegel.ra.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.TestHouse;
import jakarta.servlet.http.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Which language pages speak, and by which cookie they remember. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class LanguageTest {
  @Autowired MockMvc web;

  @Test
  void isKeptInACookieOfThisHostAlone() throws Exception {
    var answer = web.perform(get("/login").param("lang", "en")).andReturn().getResponse();
    assertThat(answer.getContentAsString()).contains("lang=\"en\"");
    assertThat(ours(answer))
        .singleElement()
        .satisfies(
            cookie ->
                assertThat(cookie)
                    .startsWith("__Host-lang=en; Path=/;")
                    .contains("Secure", "HttpOnly", "SameSite=Lax")
                    .doesNotContain("Domain"));
    assertThat(page(new Cookie("__Host-lang", "en")).getContentAsString()).contains("lang=\"en\"");
  }

  @Test
  void isReadFromTheCookieOfBeforeWhichIsMoved() throws Exception {
    var answer = page(new Cookie("lang", "en"));
    assertThat(answer.getContentAsString()).contains("lang=\"en\"");
    assertThat(ours(answer))
        .satisfiesExactly(
            old -> assertThat(old).startsWith("lang=;").contains("Max-Age=0"),
            now -> assertThat(now).startsWith("__Host-lang=en;"));

    var both = page(new Cookie("lang", "en"), new Cookie("__Host-lang", "de"));
    assertThat(both.getContentAsString()).contains("lang=\"de\"");
  }

  @Test
  void isGermanForWhoBringsNonsense() throws Exception {
    assertThat(page(new Cookie("__Host-lang", "x$?=")).getContentAsString())
        .contains("lang=\"de\"");
  }

  private MockHttpServletResponse page(Cookie... cookies) throws Exception {
    return web.perform(get("/login").cookie(cookies)).andReturn().getResponse();
  }

  private static List<String> ours(MockHttpServletResponse answer) {
    return answer.getHeaders("Set-Cookie").stream().filter(one -> one.contains("lang=")).toList();
  }
}
