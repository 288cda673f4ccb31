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
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.component.VEvent;
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

    var calendar = new CalendarBuilder().build(new StringReader(file));
    assertThat(calendar.validate().hasErrors()).isFalse();
    assertThat(calendar.getComponents("VEVENT"))
        .isNotEmpty()
        .allSatisfy(
            one -> {
              var event = (VEvent) one;
              assertThat(event.getSummary().getValue()).contains("ab");
              assertThat(event.getUrl().getValue())
                  .startsWith("https://pki.example:8443/certificates?tenant=&profile=vpn-client");
              assertThat(event.getUid().orElseThrow().getValue()).endsWith("@pki.example");
            });
    assertThat(file).doesNotContain("CN=", "Muster");
  }
}
