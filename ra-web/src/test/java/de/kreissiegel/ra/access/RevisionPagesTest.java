package de.kreissiegel.ra.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Duties;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.LogIns;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.pages.Mark.Tone;
import de.kreissiegel.ra.pages.Notice;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.MockMvc;

/**
 * A revisor's review on the pages, evidence as a file, and what the data protection officer sees.
 */
@SpringBootTest(classes = {RaApplication.class, TestHouse.class})
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ResourceLock(TestHouse.SHARED)
class RevisionPagesTest {
  private static final AtomicInteger DAYS = new AtomicInteger();

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired LogIns logIns;
  @Autowired CertificateInventory inventory;
  @Autowired EmbeddedPostgres postgres;
  @Autowired Clock clock;

  @AfterEach
  void everybodyHasTheRolesOfTheBeginning() {
    staff.reset();
  }

  @Test
  void listsWhatRunsAndIsLinkedFromTheRevisorsHome() throws Exception {
    MockHttpSession session = logIns.session(web, "auditor");

    web.perform(get("/").session(session))
        .andExpect(content().string(containsString("href=\"/revision\"")));
    web.perform(get("/revision").session(session))
        .andExpect(status().isOk())
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString("Stadt Haßfurt"),
                        containsString("läuft noch"),
                        not(containsString("Stadt Ebern")))));
    web.perform(
            post("/revision")
                .param("tenant", Staff.HASSFURT.value())
                .param("first", "morgen")
                .session(session)
                .with(csrf()))
        .andExpect(status().isNotFound());
  }

  @Test
  void isJudgedCheckedSignedAndThenStands() throws Exception {
    MockHttpSession session = logIns.session(web, "auditor");
    String review = "/revision/" + drawn(Staff.HASSFURT);

    web.perform(get(review).session(session))
        .andExpect(
            content()
                .string(
                    allOf(containsString("Ausstellung"), containsString("Noch zu beurteilen: 2"))));
    web.perform(get(review + "/items/1").session(session))
        .andExpect(
            content().string(allOf(containsString("Ihr Urteil"), containsString("/requests/"))));
    assertThat(send(session, review + "/sign-off", Map.of("words", "gut")).code())
        .isEqualTo("review-unfinished");
    assertThat(send(session, review + "/items/1/in-order", Map.of()).tone())
        .isEqualTo(Tone.SUCCESS);
    assertThat(
            send(
                    session,
                    review + "/findings",
                    Map.of("item", "2", "severity", "GRAVE", "office", "RA_OPERATOR", "words", "x"))
                .tone())
        .isEqualTo(Tone.DANGER);
    assertThat(
            send(
                    session,
                    review + "/findings",
                    Map.of(
                        "item",
                        "2",
                        "severity",
                        "MAJOR",
                        "office",
                        "RA_OPERATOR",
                        "words",
                        "Prüfung <fehlt>"))
                .tone())
        .isEqualTo(Tone.SUCCESS);
    assertThat(send(session, review + "/check", Map.of()).title())
        .isEqualTo("Das Protokoll ist unversehrt");
    web.perform(get(review).session(session))
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString("Prüfung &lt;fehlt&gt;"),
                        containsString("schwere Abweichung"))));
    assertThat(send(session, review + "/sign-off", Map.of("words", "Ein Punkt offen.")).tone())
        .isEqualTo(Tone.SUCCESS);

    web.perform(get(review).session(session))
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString("Ein Punkt offen."),
                        not(containsString("data-testid=\"sign-off\"")),
                        not(containsString("data-testid=\"record\"")))));
    assertThat(send(session, review + "/check", Map.of()).code()).isEqualTo("wrong-state");
    assertThat(follow(session, review, "note").tone()).isEqualTo(Tone.SUCCESS);
    assertThat(follow(session, review, "close").tone()).isEqualTo(Tone.SUCCESS);
    assertThat(follow(session, review, "note").tone()).isEqualTo(Tone.DANGER);
    web.perform(get("/revision").session(session))
        .andExpect(content().string(not(containsString("Prüfung &lt;fehlt&gt;"))));
  }

  private Notice follow(MockHttpSession session, String review, String step) throws Exception {
    String finding =
        text(
            "select id from revision_finding where revision = '"
                + review.substring("/revision/".length())
                + "'");
    return send(
        session, review + "/findings/" + finding + "/" + step, Map.of("words", "nachgeholt"));
  }

  private Notice send(MockHttpSession session, String path, Map<String, String> form)
      throws Exception {
    var call = post(path).session(session).with(csrf());
    form.forEach(call::param);
    return (Notice) web.perform(call).andReturn().getFlashMap().get(Notice.ATTRIBUTE);
  }

  @Test
  void takesEvidenceAlong() throws Exception {
    MockHttpSession session = logIns.session(web, "auditor");
    String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();

    var answer =
        web.perform(
                post("/evidence")
                    .param("from", LocalDate.parse(today).minusDays(2).toString())
                    .param("to", LocalDate.parse(today).plusDays(1).toString())
                    .session(session)
                    .with(csrf()))
            .andExpect(status().isOk())
            .andReturn()
            .getResponse();

    assertThat(answer.getContentType()).isEqualTo("application/zip");
    assertThat(answer.getHeader("Content-Disposition")).contains("kreissiegel-evidence-");
    Map<String, String> files = files(answer.getContentAsByteArray());
    assertThat(files).containsKeys("LIESMICH.txt", "events.jsonl", "manifest.jsonl", "SHA256SUMS");
    assertThat(files.get("events.jsonl")).contains("evidence.exported").doesNotContain("ebern");
    assertThat(files.get("roles.jsonl")).contains("cn=auditors,ou=groups");

    web.perform(
            post("/evidence")
                .param("from", today)
                .param("to", LocalDate.parse(today).minusDays(1).toString())
                .session(session)
                .with(csrf()))
        .andExpect(status().isFound());
    web.perform(
            post("/evidence")
                .param("from", today)
                .param("to", today)
                .param("tenant", Staff.EBERN.value())
                .session(session)
                .with(csrf()))
        .andExpect(status().isNotFound());
  }

  @Test
  void showsTheDataProtectionOfficerWhoLooked() throws Exception {
    var looked = logIns.certificate("auditor");
    var serial = new SerialNumber(looked.getSerialNumber());
    inventory.view(
        staff.person("officer"),
        new AuthorityName(
            text("select authority from certificate where serial = '" + serial + "'")),
        serial);
    staff.change(
        "helper",
        person ->
            person.entrustedWith(
                new Duties(
                    Set.of(), Set.of(), Set.of(), Set.of(Staff.HASSFURT), Set.of(), Set.of())));
    MockHttpSession session = logIns.session(web, "helper");

    web.perform(get("/").session(session))
        .andExpect(content().string(containsString("href=\"/reads\"")));
    web.perform(get("/reads").param("reader", "officer").session(session))
        .andExpect(status().isOk())
        .andExpect(
            content()
                .string(
                    allOf(
                        containsString("Zertifikat"),
                        containsString("officer"),
                        not(containsString("officer-ebern")))));
    web.perform(get("/reads/counts.csv").session(session))
        .andExpect(content().string(containsString("officer;")));
    web.perform(get("/reads/list.csv").param("reader", "officer").session(session))
        .andExpect(content().string(containsString("certificate:people/")));
    web.perform(get("/reads").param("tenant", Staff.EBERN.value()).session(session))
        .andExpect(status().isNotFound());
    web.perform(get("/reads").param("from", "gestern").session(session))
        .andExpect(status().isBadRequest());
    web.perform(get("/revision").session(session)).andExpect(status().isForbidden());
    web.perform(get("/reads").session(logIns.session(web, "auditor")))
        .andExpect(status().isForbidden());
  }

  /** A review of long past affairs, with two things that happened in this house. */
  private UUID drawn(TenantId tenant) throws Exception {
    logIns.certificate("auditor");
    logIns.certificate("officer");
    var revision = UUID.randomUUID();
    Instant begin = Instant.EPOCH.plus(Duration.ofDays(10_000 + DAYS.incrementAndGet()));
    execute(
        """
        insert into revision values ('%1$s', '%2$s', '%3$s', '%4$s', 'somebody', 'Rita', now(),
          sha256('seed'), 5);
        insert into revision_item
        select '%1$s', row_number() over (order by chain, sequence), 'ISSUED', chain, sequence, hash
        from (select * from audit_event where action = 'certificate.issued'
          and tenant = '%2$s' order by chain, sequence limit 2) e;
        """
            .formatted(revision, tenant, begin, begin.plus(Duration.ofHours(1))));
    return revision;
  }

  private String text(String sql) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Map<String, String> files(byte[] octets) throws Exception {
    Map<String, String> files = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(octets))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }
}
