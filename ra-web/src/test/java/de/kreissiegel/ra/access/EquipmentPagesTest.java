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

import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Notice;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/** An officer hands a card out, takes it back, and has the list as a file. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class EquipmentPagesTest {
  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired LogIns logIns;
  @Autowired EquipmentDesk desk;

  @Test
  void handsOutTakesBackAndLists() throws Exception {
    MockHttpSession session = logIns.session(web, "officer");
    String holder = staff.person("staff").id().value();

    web.perform(get("/equipment/new").param("who", "sta").param("holder", holder).session(session))
        .andExpect(status().isOk())
        .andExpect(content().string(allOf(containsString(holder), containsString("Karte"))));
    assertThat(handOut(session, holder, "=4711").tone()).isEqualTo(Tone.SUCCESS);
    assertThat(handOut(session, holder, "=4711").tone()).isEqualTo(Tone.DANGER);
    web.perform(get("/equipment").session(session))
        .andExpect(content().string(containsString("=4711")));
    web.perform(get("/equipment/list.csv").session(session))
        .andExpect(content().string(containsString("'=4711")));

    UUID id =
        desk
            .some(
                staff.person("officer"),
                java.util.Optional.empty(),
                de.kreissiegel.ca.equipment.EquipmentBook.Which.ALL,
                0,
                1000)
            .stream()
            .map(EquipmentDesk.Listed::equipment)
            .filter(one -> one.serial().equals("=4711"))
            .findFirst()
            .orElseThrow()
            .id();
    web.perform(
            post("/equipment/" + id + "/returned")
                .param("note", "Umzug")
                .session(session)
                .with(csrf()))
        .andExpect(redirectedUrl("/equipment"));
    // The notice of the step names it once more.
    web.perform(get("/equipment").session(session))
        .andExpect(content().string(not(containsString("code\">=4711"))));
    web.perform(get("/equipment").param("show", "all").session(session))
        .andExpect(content().string(allOf(containsString("=4711"), containsString("Umzug"))));
    web.perform(get("/equipment").session(logIns.session(web, "officer-ebern")))
        .andExpect(content().string(not(containsString("=4711"))));
  }

  private Notice handOut(MockHttpSession session, String holder, String serial) throws Exception {
    var answer =
        web.perform(
                post("/equipment")
                    .param("tenant", Staff.HASSFURT.value())
                    .param("holder", holder)
                    .param("kind", "CARD")
                    .param("serial", serial)
                    .session(session)
                    .with(csrf()))
            .andReturn();
    return (Notice) answer.getFlashMap().get(Notice.ATTRIBUTE);
  }
}
