package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateApplication;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.Certificates;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Officers;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;

/** What ends when, as a page and as a calendar. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class ExpiryPagesTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired Officers officers;
  @Autowired LogIns logIns;
  @Autowired RegistrationDesk registration;

  @Test
  void leadsFromAPeriodToItsListAndGivesACalendarThatNamesNobody() throws Exception {
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
    officers.approve(registration, staff.person("officer"), request.id());
    var session = logIns.session(web, "officer");

    for (String by : new String[] {"month", "week", "nonsense"}) {
      web.perform(get("/expiry").param("by", by).session(session)).andExpect(status().isOk());
    }
    web.perform(get("/expiry").session(session))
        .andExpect(
            content()
                .string(
                    containsString(
                        "/certificates?tenant=&amp;profile=&amp;state=VALID&amp;from=")));
    String file =
        web.perform(get("/expiry/calendar.ics").param("profile", "vpn-client").session(session))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse()
            .getContentAsString(StandardCharsets.UTF_8);

    // What RFC 5545 §3.6 asks of a calendar and its events, in the order in which we write it.
    assertThat(file)
        .startsWith(
            "BEGIN:VCALENDAR\r\n"
                + "VERSION:2.0\r\n"
                + "PRODID:-//Kreissiegel//expiry//DE\r\n"
                + "BEGIN:VEVENT\r\n")
        .endsWith("\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
    String unfolded = file.replace("\r\n ", "");
    assertThat(unfolded.split("\r\n"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        """
                        (BEGIN|END):(VCALENDAR|VEVENT)\
                        |VERSION:2\\.0|PRODID:.+|TRANSP:TRANSPARENT\
                        |UID:\\d{4}-\\d\\d-\\d\\d\\.all\\.vpn-client@pki\\.example\
                        |DTSTAMP:\\d{8}T\\d{6}Z|DTSTART;VALUE=DATE:\\d{8}\
                        |SUMMARY:.*\\bab\\b.*|DESCRIPTION:.+: \\d+\
                        |URL:https://pki\\.example:8443/certificates\\?tenant=&profile=vpn-client&.*\
                        """));
    assertThat(file).doesNotContain("CN=", "Muster");
  }
}
