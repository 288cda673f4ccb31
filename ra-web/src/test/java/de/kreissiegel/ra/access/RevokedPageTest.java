package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.encoding.Pem;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** The page of a certificate after its officer has revoked it. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class RevokedPageTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;
  @Autowired Clock clock;

  @Test
  void saysWhyItWasRevokedAndNothingOfSinceWhenItWasBad() throws Exception {
    String page = pageOfOneRevoked("");

    assertThat(page).contains("Gesperrt am").doesNotContain("Unsicher seit");
  }

  @Test
  void saysSinceWhenItWasBadWhereTheOfficerKnew() throws Exception {
    String today = LocalDate.ofInstant(clock.instant(), ZoneId.of("Europe/Berlin")).toString();

    assertThat(pageOfOneRevoked(today)).contains("Gesperrt am", "Unsicher seit");
  }

  private String pageOfOneRevoked(String since) throws Exception {
    String address = "/certificates/devices/" + serialOfNew();
    MockHttpSession session = session();
    web.perform(
            post(address + "/revoke")
                .session(session)
                .with(csrf())
                .param("reason", "keyCompromise")
                .param("since", since))
        .andExpect(status().is3xxRedirection());
    return web.perform(get(address).session(session))
        .andExpect(status().isOk())
        .andReturn()
        .getResponse()
        .getContentAsString();
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

  private MockHttpSession session() throws Exception {
    return logIns.session(web, "officer");
  }
}
