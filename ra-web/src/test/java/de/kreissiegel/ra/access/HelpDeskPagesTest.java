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

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Notice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;

/** Who is at the help desk finds a person, sees how it stands, and puts a certificate on hold. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class HelpDeskPagesTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;
  @Autowired RevocationDesk revocation;
  @Autowired CertificateInventory inventory;

  @Test
  void findsPeopleOfTheirTenantsAlone() throws Exception {
    var session = logIns.session(web, "helper");

    web.perform(get("/help-desk").param("text", "sta").session(session))
        .andExpect(status().isOk())
        .andExpect(content().string(allOf(containsString("staff@stadt-hassfurt.example"))));
    web.perform(get("/help-desk").param("text", "stranger").session(session))
        .andExpect(content().string(containsString("Nichts gefunden")));
    web.perform(get("/help-desk").param("text", "s").session(session))
        .andExpect(content().string(containsString("mindestens zwei")));
    web.perform(get("/help-desk/people/" + staff.person("stranger").id()).session(session))
        .andExpect(status().isNotFound());
  }

  @Test
  void holdsACertificateForAReasonAndNeitherRevokesNorReleasesIt() throws Exception {
    var issued = issued();
    var session = logIns.session(web, "helper");
    String page = "/help-desk/people/" + staff.person("staff").id();
    String name = issued.authority() + "/" + issued.serial();

    web.perform(get(page).session(session))
        .andExpect(status().isOk())
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString(issued.serial().toHex()),
                        containsString("Vorläufig sperren"),
                        not(containsString("Endgültig sperren<")))));
    var refused =
        web.perform(post(page + "/certificates/" + name + "/hold").session(session).with(csrf()))
            .andExpect(redirectedUrl(page))
            .andReturn();
    assertThat(((Notice) refused.getFlashMap().get(Notice.ATTRIBUTE)).tone())
        .isEqualTo(Tone.DANGER);
    web.perform(
            post(page + "/certificates/" + name + "/hold")
                .param("reason", "Laptop im Zug")
                .session(session)
                .with(csrf()))
        .andExpect(redirectedUrl(page));

    Actor.Person holder = staff.person("staff");
    assertThat(inventory.view(holder, issued.authority(), issued.serial()).status())
        .isInstanceOf(CertificateStatus.OnHold.class);
    web.perform(get(page).session(session))
        .andExpect(content().string(containsString("Zertifikat vorläufig gesperrt")));
    revocation.release(staff.person("officer"), issued.authority(), issued.serial(), "wieder da");
  }

  @Test
  void sendsWhoGaveAPasswordOnlyToAStrongerProof() throws Exception {
    web.perform(get("/help-desk").session(LogIns.byPassword(web, "helper")))
        .andExpect(redirectedUrl("/login?stronger=yes"));
  }

  private CertificateRequest.Issued issued() throws Exception {
    Actor.Person holder = staff.person("staff");
    var request =
        registration.submit(
            holder,
            new CertificateApplication(
                holder.id(),
                Staff.HASSFURT,
                new ProfileName("vpn-client"),
                Certificates.certificationRequest(Certificates.newKey()),
                ""));
    return (CertificateRequest.Issued)
        officers.approve(registration, staff.person("officer"), request.id());
  }
}
