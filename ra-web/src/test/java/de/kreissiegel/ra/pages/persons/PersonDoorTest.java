package de.kreissiegel.ra.pages.persons;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.TestHouse;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;

/** Entries that may be the same human, by the page and by REST. */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class PersonDoorTest {
  @Autowired MockMvc web;
  @Autowired LogIns logIns;
  @Autowired EmbeddedPostgres postgres;

  @BeforeEach
  void twoEntriesWithOneAddress() throws Exception {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "delete from roster where subject_id like 'twin-%'; delete from person_link");
      for (String id : new String[] {"twin-1", "twin-2"}) {
        statement.execute(
            """
            insert into roster
              (subject_id, directory, kind, home, tenants, names, addresses, standing, key_holders)
            values ('%s', 'landkreis', 'PERSON', 'stadt-hassfurt.example',
              array['stadt-hassfurt.example'], array['Zwilling', '', '', ''],
              array['zwilling@stadt-hassfurt.example', ''], 'WORKING', '{}')
            """
                .formatted(id));
      }
    }
  }

  @Test
  void showsThemToTheirOfficerAndTakesTheirWord() throws Exception {
    var officer = logIns.session(web, "officer");
    web.perform(get("/persons").session(officer))
        .andExpect(content().string(containsString("Gleiche E-Mail-Adresse")));

    web.perform(
            post("/persons/twins")
                .session(officer)
                .with(csrf())
                .param("one", "twin-1")
                .param("other", "twin-2")
                .param("same", "true"))
        .andExpect(redirectedUrl("/persons"));

    web.perform(get("/persons").session(officer))
        .andExpect(content().string(containsString("Dieselbe Person, sagt officer")));
  }

  @Test
  void hidesThemFromAnOfficerOfAnotherTenant() throws Exception {
    web.perform(get("/persons").session(logIns.session(web, "officer-ebern")))
        .andExpect(status().isOk())
        .andExpect(content().string(not(containsString("Zwilling"))));
    web.perform(
            post("/api/v1/persons/twins")
                .with(logIns.api("officer-ebern"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"one\":\"twin-1\",\"other\":\"twin-2\",\"same\":true}"))
        .andExpect(status().isNotFound());
  }

  @Test
  void tellsAndTakesTheSameByRest() throws Exception {
    web.perform(
            post("/api/v1/persons/twins")
                .with(logIns.api("officer"))
                .contentType(MediaType.APPLICATION_JSON)
                .content("{\"one\":\"twin-2\",\"other\":\"twin-1\",\"same\":false}"))
        .andExpect(status().isNoContent());
    web.perform(get("/api/v1/persons/twins").with(logIns.api("officer")))
        .andExpect(jsonPath("$.items[0].one.subject").value("twin-1"))
        .andExpect(jsonPath("$.items[0].same").value(false));
  }
}
