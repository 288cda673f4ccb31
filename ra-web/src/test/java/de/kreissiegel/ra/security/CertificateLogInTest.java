package de.kreissiegel.ra.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.x509;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.officer.OfficerFile;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** An office is opened by a certificate, and by no password. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class CertificateLogInTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;
  @Autowired RevocationDesk revocation;
  @Autowired AuditDesk audit;
  @Autowired MovableClock clock;

  @AfterEach
  void everybodyIsBack() {
    staff.reset();
  }

  @Test
  void asksAnOfficerForMoreThanAPasswordAndLeadsThemWhereTheyWanted() throws Exception {
    MockHttpSession session = LogIns.byPassword(web, "officer");
    web.perform(get("/").session(session))
        .andExpect(content().string(containsString("Sie sind mit Kennwort angemeldet")));

    web.perform(get("/inbox").session(session).accept("text/html"))
        .andExpect(redirectedUrl("/login?stronger=yes"));
    web.perform(get("/login?stronger=yes").session(session))
        .andExpect(status().isOk())
        .andExpect(content().string(containsString("https://pki.example:8444/login/certificate")));
    String before = session.getId();

    web.perform(
            get("/login/certificate").session(session).with(x509(logIns.certificate("officer"))))
        .andExpect(redirectedUrl("https://pki.example:8443/inbox"));
    assertThat(session.getId()).isNotEqualTo(before);
    web.perform(get("/inbox").session(session)).andExpect(status().isOk());
    web.perform(get("/login?stronger=yes").session(session)).andExpect(redirectedUrl("/"));
  }

  @Test
  void sendsStaffWithoutAnOfficeNowhere() throws Exception {
    MockHttpSession session = LogIns.byPassword(web, "staff");

    web.perform(get("/inbox").session(session)).andExpect(status().isForbidden());
    web.perform(get("/login?stronger=yes").session(session)).andExpect(redirectedUrl("/"));
  }

  @Test
  void tellsTheTrailWhoLoggedInByWhichCertificate() throws Exception {
    logIns.session(web, "officer");

    assertThat(trail("login.succeeded"))
        .anyMatch(
            detail ->
                detail.startsWith("person:" + staff.person("officer").id().value())
                    && detail.endsWith("proof=certificate"));
  }

  @Test
  void letsTheApiKnowSomebodyByTheirCertificateOrByTheirPasswordButNeverByBoth() throws Exception {
    X509Certificate own = logIns.certificate("officer");

    web.perform(get("/api/v1/me").with(x509(own)))
        .andExpect(jsonPath("$.login").value("officer"))
        .andExpect(jsonPath("$.proof").value("certificate"));
    web.perform(get("/api/v1/me").with(x509(own)).with(httpBasic("staff", Staff.PASSWORD)))
        .andExpect(jsonPath("$.login").value("staff"))
        .andExpect(jsonPath("$.proof").value("password"));
    web.perform(get("/api/v1/me").with(x509(own)).header("Sec-Fetch-Site", "cross-site"))
        .andExpect(status().isForbidden());
  }

  @Test
  void turnsAwayWhoShowsNoneOrOneOfAnotherHouse() throws Exception {
    web.perform(get("/login/certificate")).andExpect(refusal("none"));
    X509Certificate foreign = selfSigned();
    web.perform(get("/login/certificate").with(x509(foreign))).andExpect(refusal("not-ours"));
    web.perform(get("/api/v1/me").with(x509(foreign)))
        .andExpect(status().isUnauthorized())
        .andExpect(jsonPath("$.detail").value("the certificate opens nothing: not-ours"));
  }

  @Test
  void turnsAwayACertificateThatIsForSomethingElse() throws Exception {
    var gateway = issued("smime");
    web.perform(get("/login/certificate").with(x509(gateway))).andExpect(refusal("not-for-log-in"));
  }

  @Test
  void endsTheSessionOfARevokedCertificateWithinHalfAMinuteAndTakesItNoMore() throws Exception {
    X509Certificate own = issued("authentication");
    var session =
        (MockHttpSession)
            web.perform(get("/login/certificate").with(x509(own)))
                .andExpect(redirectedUrl("https://pki.example:8443/"))
                .andReturn()
                .getRequest()
                .getSession(false);
    web.perform(get("/").session(session)).andExpect(status().isOk());

    revocation.revoke(
        staff.person("staff"),
        new AuthorityName("people"),
        new SerialNumber(own.getSerialNumber()),
        Revocation.of(RevocationReason.SUPERSEDED, ""));
    clock.forward(Duration.ofSeconds(31));

    web.perform(get("/").session(session)).andExpect(redirectedUrl("/login?error=ended"));
    web.perform(get("/login/certificate").with(x509(own))).andExpect(refusal("revoked"));
    web.perform(get("/api/v1/me").with(x509(own))).andExpect(status().isUnauthorized());
    web.perform(get("/login?error=certificate-revoked"))
        .andExpect(content().string(containsString("Dieses Zertifikat ist gesperrt")));
  }

  @Test
  void turnsAwayWhoIsDisabledAndWaitsForADirectoryThatIsAway() throws Exception {
    X509Certificate own = issued("authentication");
    staff.disable("staff");
    web.perform(get("/login/certificate").with(x509(own))).andExpect(refusal("person-gone"));
    staff.reset();
    staff.goAway();
    web.perform(get("/login/certificate").with(x509(own)))
        .andExpect(redirectedUrl("https://pki.example:8443/login?error=directory"));
    web.perform(get("/api/v1/me").with(x509(own))).andExpect(status().isServiceUnavailable());
  }

  @Test
  void showsNothingElseAtTheCertificateDoor() throws Exception {
    web.perform(get("https://pki.example:8444/inbox"))
        .andExpect(redirectedUrl("https://pki.example:8443/"));
    web.perform(post("https://pki.example:8444/login").with(csrf()))
        .andExpect(redirectedUrl("https://pki.example:8443/"));
  }

  private static org.springframework.test.web.servlet.ResultMatcher refusal(String why) {
    return redirectedUrl("https://pki.example:8443/login?error=certificate-" + why);
  }

  private X509Certificate selfSigned() throws Exception {
    return OfficerFile.uncertified(Certificates.newKey(), clock.instant()).certificate();
  }

  private java.util.List<String> trail(String action) {
    return audit
        .read(
            staff.person("auditor"),
            new AuditQuery(action, Optional.empty(), Optional.empty(), 0, 500))
        .stream()
        .map(event -> event.actor() + " " + event.detail())
        .toList();
  }

  /** A certificate of this profile for {@code staff}. */
  private X509Certificate issued(String profile) throws Exception {
    Actor.Person person = staff.person("staff");
    CertificateRequest decided =
        officers.approve(
            registration,
            staff.person("officer"),
            registration
                .submit(
                    person,
                    new CertificateApplication(
                        person.id(),
                        Staff.HASSFURT,
                        new ProfileName(profile),
                        Certificates.certificationRequest(Certificates.newKey()),
                        ""))
                .id());
    assertThat(decided).isInstanceOf(CertificateRequest.Issued.class);
    return logIns.certificateOf(person, (CertificateRequest.Issued) decided);
  }
}
