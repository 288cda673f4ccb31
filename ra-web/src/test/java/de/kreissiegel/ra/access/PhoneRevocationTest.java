package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Notice;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Staff make a code on their page; an officer revokes by it on theirs, and over the API. */
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class},
    properties = "spring.application.name=phone") // a house of its own: it moves the clock
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
class PhoneRevocationTest {
  private static final Pattern CODE =
      Pattern.compile("data-testid=\"phone-code\">([2-9A-Z]{4}( [2-9A-Z]{4}){3})<");

  /** No code, but its check character fits: 2 is the number 0. */
  private static final String WRONG = "2222 2222 2222 2222";

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;
  @Autowired Hotline hotline;
  @Autowired CertificateInventory inventory;
  @Autowired RevocationDesk revocation;
  @Autowired MovableClock clock;

  /** Who has a certificate on hold gets no other one. */
  @AfterEach
  void releaseHolds() throws Exception {
    for (StoredCertificate one : inventory.own(staff.person("staff"))) {
      if (one.status() instanceof CertificateStatus.OnHold) {
        revocation.release(staff.person("officer"), one.authority(), one.serial(), "");
      }
    }
  }

  @Test
  void theCodeIsShownOnceAndInNoOtherAnswer() throws Exception {
    MockHttpSession session = session("staff");
    String page = madeBy(session);
    Matcher code = CODE.matcher(page);
    assertThat(code.find()).isTrue();

    web.perform(get("/phone-code").session(session))
        .andExpect(status().isOk())
        .andExpect(header().string("Cache-Control", containsString("no-store")))
        .andExpect(content().string(not(containsString(code.group(1)))));
  }

  @Test
  void theOfficerSeesTheCallersCertificatesInPlainWordsAndHoldsOne() throws Exception {
    String serial = serialOfNew();
    MockHttpSession session = session("officer");

    answer(session, "staff", codeOf("staff")).andExpect(redirectedUrl("/revoke-by-phone/caller"));
    assertThat(pageOf(session))
        .contains("Zertifikate von staff", "VPN", "Vorläufig sperren")
        .doesNotContain("certificateHold)");
    web.perform(
            post("/revoke-by-phone/caller/devices/" + serial)
                .session(session)
                .with(csrf())
                .param("note", "im Zug liegen gelassen"))
        .andExpect(redirectedUrl("/revoke-by-phone/caller"));

    web.perform(get("/api/v1/certificates/devices/" + serial).with(logIns.api("officer")))
        .andExpect(jsonPath("$.status.state").value("onHold"));
    web.perform(
            get("/api/v1/audit?object=certificate:devices/" + serial).with(logIns.api("auditor")))
        .andExpect(
            content()
                .string(containsString("by phone code of person:" + staff.person("staff").id())));
  }

  @Test
  void theOfficerRevokesForGoodWhereTheCallerSaysSo() throws Exception {
    String serial = serialOfNew();
    MockHttpSession session = session("officer");
    answer(session, "staff", codeOf("staff"));

    web.perform(
            post("/revoke-by-phone/caller/devices/" + serial)
                .session(session)
                .with(csrf())
                .param("reason", "keyCompromise"))
        .andExpect(status().is3xxRedirection());

    assertThat(pageOf(session)).doesNotContain(serial);
    web.perform(get("/api/v1/certificates/devices/" + serial).with(logIns.api("officer")))
        .andExpect(jsonPath("$.status.state").value("revoked"))
        .andExpect(jsonPath("$.status.reason").value("keyCompromise"));
  }

  @Test
  void saysTheSameOfAWrongCodeAndOfNobody() throws Exception {
    codeOf("staff");
    MockHttpSession session = session("officer");

    assertThat(noticeOf(session, "staff", WRONG))
        .isEqualTo(noticeOf(session, "niemand", WRONG))
        .isEqualTo(noticeOf(session, "stranger", codeOf("stranger")))
        .extracting(Notice::title)
        .isEqualTo("Anrufer nicht erkannt");
    web.perform(get("/revoke-by-phone/caller").session(session))
        .andExpect(redirectedUrl("/revoke-by-phone"));
  }

  @Test
  void saysThatACodeWasMistyped() throws Exception {
    assertThat(noticeOf(session("officer"), "staff", "2222 2222 2222 2223").title())
        .isEqualTo("Code verhört oder vertippt");
  }

  @Test
  void aLockedCodeIsToldToItsOwner() throws Exception {
    codeOf("staff");
    MockHttpSession session = session("officer");
    for (int i = 0; i < 5; i++) {
      noticeOf(session, "staff", WRONG);
    }

    web.perform(get("/phone-code").session(session("staff")))
        .andExpect(content().string(containsString("Ihr Code ist gesperrt")));
    web.perform(get("/api/v1/me/phone-code").with(logIns.api("staff")))
        .andExpect(jsonPath("$.locked").value(true));
  }

  @Test
  void aCallEndsWithAClickAndAfterAQuarterOfAnHour() throws Exception {
    String serial = serialOfNew();
    MockHttpSession session = session("officer");
    answer(session, "staff", codeOf("staff"));
    web.perform(post("/revoke-by-phone/end").session(session).with(csrf()))
        .andExpect(redirectedUrl("/revoke-by-phone"));
    web.perform(get("/revoke-by-phone/caller").session(session))
        .andExpect(redirectedUrl("/revoke-by-phone"));

    answer(session, "staff", codeOf("staff"));
    clock.forward(Duration.ofMinutes(16));
    web.perform(post("/revoke-by-phone/caller/devices/" + serial).session(session).with(csrf()))
        .andExpect(redirectedUrl("/revoke-by-phone"));
    web.perform(get("/api/v1/certificates/devices/" + serial).with(logIns.api("officer")))
        .andExpect(jsonPath("$.status.state").value("valid"));
  }

  @Test
  void programsDoTheSame() throws Exception {
    String serial = serialOfNew();
    String code = codeOf("staff");
    String body = "{\"caller\":\"staff\",\"code\":\"" + code + "\"";

    web.perform(call("").content(body + "}"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.items[0].serial").value(serial));
    web.perform(call("/devices/" + serial).content(body + ",\"reason\":\"superseded\"}"))
        .andExpect(status().isBadRequest())
        .andExpect(jsonPath("$.reason").value("BAD_DATA_FORMAT"));
    web.perform(call("/devices/" + serial).content(body + "}"))
        .andExpect(status().isOk())
        .andExpect(jsonPath("$.status.state").value("onHold"));
    web.perform(call("").content("{\"caller\":\"staff\",\"code\":\"" + WRONG + "\"}"))
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(status().isUnprocessableContent())
        .andExpect(jsonPath("$.reason").value("CALLER_NOT_PROVEN"))
        .andExpect(content().string(not(containsString(WRONG))));
  }

  private MockHttpServletRequestBuilder call(String path) throws Exception {
    return post("/api/v1/phone-revocations" + path)
        .with(logIns.api("officer"))
        .contentType("application/json");
  }

  private String codeOf(String login) {
    return hotline.make(staff.person(login)).inGroups();
  }

  private String madeBy(MockHttpSession session) throws Exception {
    return web.perform(post("/phone-code").session(session).with(csrf()))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  private String pageOf(MockHttpSession session) throws Exception {
    return web.perform(get("/revoke-by-phone/caller").session(session))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString();
  }

  /** But for the number of the request, which each has for itself. */
  private Notice noticeOf(MockHttpSession session, String who, String code) throws Exception {
    var notice =
        (Notice)
            answer(session, who, code)
                .andExpect(redirectedUrl("/revoke-by-phone"))
                .andReturn()
                .getFlashMap()
                .get(Notice.ATTRIBUTE);
    return new Notice(
        notice.tone(), notice.title(), notice.text(), notice.detail(), notice.code(), "");
  }

  private ResultActions answer(MockHttpSession session, String who, String code) throws Exception {
    return web.perform(
        post("/revoke-by-phone")
            .session(session)
            .with(csrf())
            .param("who", who)
            .param("code", code));
  }

  private String serialOfNew() throws Exception {
    Actor.Person person = staff.person("staff");
    var application =
        new CertificateApplication(
            person.id(),
            person.tenants().iterator().next(),
            new ProfileName("vpn-client"),
            Pem.certificationRequest(Certificates.certificationRequest()),
            "");
    CertificateRequest decided =
        officers.approve(
            registration, staff.person("officer"), registration.submit(person, application).id());
    assertThat(decided).isInstanceOf(CertificateRequest.Issued.class);
    return ((CertificateRequest.Issued) decided).serial().toHex();
  }

  private MockHttpSession session(String login) throws Exception {
    return logIns.session(web, login);
  }
}
