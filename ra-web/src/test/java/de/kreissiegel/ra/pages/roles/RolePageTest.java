package de.kreissiegel.ra.pages.roles;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;

/** The matrix of offices, and what somebody with two of them sees. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class RolePageTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired LogIns logIns;

  @AfterEach
  void everybodyHasTheRolesOfTheBeginning() {
    staff.reset();
  }

  @Test
  void tellsWhoHoldsAnOfficeWhichGroupGivesWhich() throws Exception {
    web.perform(get("/roles").session(logIns.session(web, "auditor")))
        .andExpect(content().string(containsString("cn=auditors,ou=groups")))
        .andExpect(content().string(containsString("(Ihr Amt)")))
        .andExpect(content().string(not(containsString("Unvereinbare Ämter ("))));
  }

  @Test
  void opensNoOfficeToWhoeverHasTwoAndSaysSoOnThePage() throws Exception {
    var auditor = logIns.certificate("auditor");
    staff.change(
        "auditor",
        person ->
            person.entrustedWith(
                new Duties(
                    Set.of(), Set.of(Staff.HASSFURT), Set.of(), Set.of(), Set.of(), Set.of())));
    var api =
        org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors
            .x509(auditor);

    web.perform(get("/api/v1/audit").with(api)).andExpect(status().isForbidden());
    web.perform(get("/api/v1/me").with(api))
        .andExpect(jsonPath("$.offices.length()").value(0))
        .andExpect(jsonPath("$.refusedOffices[0]").value("SYSTEM_ADMINISTRATOR"))
        .andExpect(jsonPath("$.refusedOffices[1]").value("REVISOR"));
    var session = LogIns.byPassword(web, "auditor");
    web.perform(get("/").session(session))
        .andExpect(content().string(containsString("Ihre Ämter schließen sich aus")));
    web.perform(get("/roles").session(session)).andExpect(status().isForbidden());

    staff.reset();
    web.perform(get("/api/v1/audit").with(api)).andExpect(status().isOk());
  }
}
