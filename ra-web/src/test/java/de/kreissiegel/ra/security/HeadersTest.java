package de.kreissiegel.ra.security;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** What browsers are told with each answer, also with those that are given early. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class HeadersTest {
  private static final byte[] TOO_MUCH = new byte[64 * 1024 + 1];

  @Autowired MockMvc web;

  @Test
  void areOnPagesAndOnTheApi() throws Exception {
    expectAll(web.perform(get("/login").secure(true)).andExpect(status().isOk()))
        .andExpect(header().string("Cache-Control", containsString("no-store")))
        .andExpect(
            header().string("Content-Security-Policy", containsString("form-action 'self' ")));
    expectAll(web.perform(get("/api/v1/me").secure(true).with(httpBasic("staff", Staff.PASSWORD))))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", containsString("no-store")));
    expectAll(web.perform(get("/api/v1/me").secure(true))).andExpect(status().isUnauthorized());
  }

  /** Each as whoever maps it reads it: %77 is a w, %61 an a. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/requests",
        "/%61pi/v1/requests",
        "/login/webauthn",
        "/login/%77ebauthn",
        "/%77ebauthn/register",
        "/webauthn;x=y/register"
      })
  void areOnRefusalsOfABodyThatIsTooLarge(String address) throws Exception {
    expectAll(
            web.perform(
                post(URI.create("https://pki.example" + address))
                    .secure(true)
                    .contentType(MediaType.APPLICATION_JSON)
                    .content(TOO_MUCH)))
        .andExpect(status().is(413))
        .andExpect(header().string("Cache-Control", containsString("no-store")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/certificates//x", "/%2e%2e/x", "/a;b=c", "/a%25b"})
  void areOnWhatTheFirewallRefuses(String address) throws Exception {
    expectAll(web.perform(get(URI.create("https://pki.example" + address)).secure(true)))
        .andExpect(status().isBadRequest());
  }

  /** What is kept for a year stays so. */
  @Test
  void leaveScriptsAndStylesToBeKept() throws Exception {
    expectAll(web.perform(get("/assets/none.js").secure(true)));
  }

  private static ResultActions expectAll(ResultActions answer) throws Exception {
    return answer
        .andExpect(
            header()
                .string("Strict-Transport-Security", is("max-age=31536000 ; includeSubDomains")))
        .andExpect(header().string("X-Content-Type-Options", is("nosniff")))
        .andExpect(header().string("X-Frame-Options", is("DENY")))
        .andExpect(header().string("Referrer-Policy", is("same-origin")))
        .andExpect(header().exists("Permissions-Policy"))
        .andExpect(
            header()
                .string(
                    "Content-Security-Policy",
                    containsString("default-src 'none'; script-src 'self'")))
        .andExpect(
            header().string("Content-Security-Policy", containsString("frame-ancestors 'none'")));
  }
}
