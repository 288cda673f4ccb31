package de.kreissiegel.ra.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.audit.AuditDesk;
import de.kreissiegel.ca.audit.AuditQuery;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.RaApplication;
import de.kreissiegel.ra.house.MovableClock;
import de.kreissiegel.ra.house.Shelf;
import de.kreissiegel.ra.house.Staff;
import de.kreissiegel.ra.house.TestHouse;
import de.kreissiegel.ra.security.Proven;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.boot.webmvc.test.autoconfigure.MockMvcPrint;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /api/v1/certificates}, by its parameters. The name of the application gives this class
 * a house of its own, with nobody else's certificates.
 */
@SpringBootTest(
    classes = {RaApplication.class, TestHouse.class},
    properties = "spring.application.name=certificate-search")
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
class CertificateSearchApiTest {
  private static final Instant NOW = new MovableClock().instant();
  private static final CertificateStatus GOOD = new CertificateStatus.Good();
  private static final SubjectId ANNAS = new SubjectId("anna-id");
  private static Map<String, StoredCertificate> shelved = Map.of();

  @Autowired MockMvc web;
  @Autowired Staff staff;
  @Autowired AuditDesk audit;
  @Autowired DataSource source;
  @Autowired JsonMapper json;

  @BeforeEach
  void fill() throws Exception {
    staff.change("officer", person -> officerOf(person, Staff.HASSFURT, Staff.EBERN));
    if (shelved.isEmpty()) {
      var shelf = new Shelf(source, new MovableClock());
      shelved =
          Map.of(
              "anna", shelf.put(person("7f0a1b2c3d4e", "Anna Müller", ANNAS, 400)),
              "bernd", shelf.put(bernd()),
              "clara", shelf.put(person("5aa1", "Clara Maier", new SubjectId("clara-id"), -30)),
              "staff", shelf.put(person("5aa2", "Staff", staff.person("staff").id(), 10)),
              "old", shelf.put(person("5aa3", "Staff old", staff.person("staff").id(), -40)),
              "older", shelf.put(person("5aa4", "Staff older", staff.person("staff").id(), -50)),
              "device", shelf.put(device()),
              "dora", shelf.put(dora()));
    }
  }

  @AfterEach
  void everybodyIsBack() {
    staff.reset();
  }

  private static Shelf.Plan person(String serial, String name, SubjectId subject, int endsInDays) {
    String mail = "mail:" + subject + "@stadt-hassfurt.example";
    return plan(serial, name, subject, endsInDays, mail, "vpn-client", "people", GOOD);
  }

  private static Shelf.Plan bernd() {
    return plan(
        "5aa5",
        "Bernd Kauf",
        new SubjectId("bernd-id"),
        20,
        "mail:bernd@post.example",
        "smime",
        "people",
        new CertificateStatus.OnHold(NOW));
  }

  private static Shelf.Plan device() {
    var revoked = new CertificateStatus.Revoked(NOW, RevocationReason.SUPERSEDED);
    return plan(
        "5aa6",
        "www.hassfurt.example",
        new SubjectId("www-id"),
        90,
        "dns:www.hassfurt.example",
        "tls-server",
        "devices",
        revoked);
  }

  private static Shelf.Plan dora() {
    var here = person("5aa7", "Dora Ebner", new SubjectId("dora-id"), 300);
    return new Shelf.Plan(
        here.serial(),
        Staff.EBERN,
        here.subject(),
        here.commonName(),
        "mail:dora@ebern.example",
        here.profile(),
        here.authority(),
        here.from(),
        here.to(),
        here.status());
  }

  private static Shelf.Plan plan(
      String serial,
      String name,
      SubjectId subject,
      int endsInDays,
      String names,
      String profile,
      String authority,
      CertificateStatus status) {
    Instant end = NOW.plus(Duration.ofDays(endsInDays));
    return new Shelf.Plan(
        serial,
        Staff.HASSFURT,
        subject,
        name,
        names,
        profile,
        authority,
        end.minus(Duration.ofDays(365)),
        end,
        status);
  }

  private static Actor.Person officerOf(Actor.Person person, TenantId... tenants) {
    return new Actor.Person(
        person.id(),
        person.login(),
        person.displayName(),
        Set.of(tenants),
        Set.of(tenants),
        Set.of(),
        Set.of(),
        Proof.CERTIFICATE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text=anna                          | anna",
        "text=MUELL anna                    | anna",
        "text=Müller                        | anna",
        "text=bernd@post                    | bernd",
        "text=www.hassfurt                  | device",
        "text=7f0a1b2c3d4e                  | anna",
        "text=7F:0A:1B:2C:3D:4E             | anna",
        "text=7f0a1b2c                      | anna",
        "text=niemand                       | ",
        "tenant=stadt-ebern.example         | dora",
        "tenant=stadt-coburg.example        | ",
        "holder=anna-id                     | anna",
        "holder=anna                        | ",
        "profile=smime                      | bernd",
        "profile=unused                     | ",
        "authority=devices                  | device",
        "authority=nobody                   | ",
        "state=onHold                       | bernd",
        "state=revoked                      | device",
        "state=expired                      | clara old older",
        "state=valid                        | anna staff dora",
        "endsBefore=2026-11-01T00:00:00Z    | older old clara",
        "endsFrom=2027-09-01T00:00:00Z      | dora anna",
        "endsFrom=2026-11-22T08:00:00Z&endsBefore=2026-12-31T00:00:00Z | staff bernd",
        "state=valid&endsFrom=2027-01-01T00:00:00Z&text=dora           | dora",
        "text=dora&tenant=stadt-hassfurt.example                       | ",
        "text=&tenant=&holder=&profile=&authority=&state=&endsFrom=&endsBefore=&after=&limit=2"
            + " | anna dora",
      })
  void findsByEachParameter(String query, String names) throws Exception {
    var found = new ArrayList<String>();
    for (JsonNode item : search("officer", "scope=all&" + query.strip()).get("items")) {
      found.add(item.get("serial").asString());
    }
    var expected = names == null ? List.<String>of() : serials(names.strip().split(" "));
    boolean ordered =
        query.contains("ends") || query.contains("expired") || query.contains("limit");
    if (ordered) {
      assertThat(found).isEqualTo(expected);
    } else {
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void findsByDigestsAndDecimalNumbers() throws Exception {
    for (String known : identifiersOf(shelved.get("anna"))) {
      assertThat(serialsFound("officer", "scope=all&text=" + known))
          .as(known)
          .containsExactlyElementsOf(serials("anna"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "state=VALID",
        "state=good",
        "tenant=Ebern!",
        "profile=No Such",
        "authority=../people",
        "holder= ",
        "endsFrom=yesterday",
        "endsFrom=2026-11-22",
        "endsBefore=2026-13-01T00:00:00Z",
        "after=nonsense",
        "after=2026-11-22T08:00:00Z/people",
        "after=2026-11-22T08:00:00Z/people/xyz",
        "after=yesterday/people/5aa1",
        "offset=-1",
        "offset=10001",
        "offset=x",
        "limit=0",
        "limit=501",
        "limit=99999999999",
        "scope=everything"
      })
  void answersWrongParametersWithAProblemAndNothingElse(String query) throws Exception {
    long before = reads();
    var answer =
        web.perform(get(uri(query + "&scope=all")).with(Proven.as(staff.person("officer"))))
            .andExpect(status().isBadRequest())
            .andExpect(content().contentType("application/problem+json"))
            .andExpect(jsonPath("$.status").value(400))
            .andExpect(jsonPath("$.items").doesNotExist())
            .andReturn();
    assertThat(answer.getResponse().getContentAsString())
        .doesNotContain("Anna", "Exception", "java.");
    assertThat(reads()).isEqualTo(before);
  }

  @Test
  void findsNothingOfAnotherTenant() throws Exception {
    var queries = new ArrayList<>(List.of("", "text=anna", "text=7f0a1b2c", "holder=anna-id"));
    queries.addAll(List.of("tenant=stadt-hassfurt.example", "state=revoked", "profile=smime"));
    queries.addAll(List.of("authority=devices", "endsBefore=2026-11-01T00:00:00Z"));
    identifiersOf(shelved.get("anna")).forEach(known -> queries.add("text=" + known));
    queries.add("after=" + NOW.plus(Duration.ofDays(1000)) + "/people/1");

    for (String query : queries) {
      assertThat(serialsFound("officer-ebern", "scope=all&" + query))
          .as(query)
          .isSubsetOf(serials("dora"));
    }
    assertThat(serialsFound("officer-ebern", "scope=all&tenant=stadt-hassfurt.example")).isEmpty();
    assertThat(serialsFound("stranger", "scope=own&text=anna")).isEmpty();
    web.perform(get(uri("scope=all")).with(Proven.as(staff.person("stranger"))))
        .andExpect(status().isForbidden())
        .andExpect(content().contentType("application/problem+json"));
  }

  @Test
  void searchesAmongOnesOwnByTheSameParameters() throws Exception {
    assertThat(serialsFound("staff", ""))
        .containsExactlyElementsOf(serials("staff", "old", "older"));
    assertThat(serialsFound("staff", "state=expired"))
        .containsExactlyElementsOf(serials("old", "older"));
    assertThat(serialsFound("staff", "endsBefore=2026-11-01T00:00:00Z"))
        .containsExactlyElementsOf(serials("older", "old"));
    assertThat(serialsFound("staff", "text=older")).containsExactlyElementsOf(serials("older"));
    assertThat(serialsFound("staff", "text=anna")).isEmpty();
    assertThat(serialsFound("staff", "holder=anna-id")).isEmpty();
    for (String known : identifiersOf(shelved.get("old")).subList(2, 6)) {
      assertThat(serialsFound("staff", "text=" + known)).containsExactlyElementsOf(serials("old"));
    }
    for (String known : identifiersOf(shelved.get("anna"))) {
      assertThat(serialsFound("staff", "text=" + known)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "scope=all",
        "scope=all&text=stadt",
        "scope=all&state=expired",
        "scope=all&endsFrom=2020-01-01T00:00:00Z",
        "scope=own"
      })
  void goesOnByKeyWithoutGapOrRepetition(String query) throws Exception {
    String login = query.endsWith("own") ? "staff" : "officer";
    List<String> all = serialsFound(login, query + "&limit=500");
    for (int limit = 1; limit <= all.size() + 1; limit++) {
      var paged = new ArrayList<String>();
      Optional<String> after = Optional.of("");
      for (int pages = 0; after.isPresent(); pages++) {
        assertThat(pages).isLessThanOrEqualTo(all.size());
        JsonNode page = search(login, query + "&limit=" + limit + "&after=" + after.get());
        page.get("items").forEach(item -> paged.add(item.get("serial").asString()));
        after =
            Optional.ofNullable(page.get("after"))
                .filter(JsonNode::isString)
                .map(JsonNode::asString);
      }
      assertThat(paged).as("limit %d", limit).hasSizeGreaterThan(1).isEqualTo(all);
    }
  }

  @Test
  void notesThatAPageOfOthersWasRead() throws Exception {
    long before = reads();
    search("officer", "scope=all&text=anna");
    search("officer", "scope=all&text=niemand");
    search("staff", "");

    assertThat(reads()).isEqualTo(before + 1);
  }

  private long reads() {
    var auditor =
        new Actor.Person(
            new SubjectId("auditor"),
            "a",
            "A",
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(Staff.HASSFURT),
            Proof.CERTIFICATE);
    return audit
        .read(auditor, new AuditQuery("person.read", Optional.empty(), Optional.empty(), 0, 500))
        .stream()
        .filter(event -> event.object().equals("list:certificates"))
        .count();
  }

  private static List<String> identifiersOf(StoredCertificate certificate) throws Exception {
    byte[] octets = certificate.encoded().toArray();
    var read = new X509CertificateHolder(octets);
    return List.of(
        certificate.serial().toHex(),
        new BigInteger(certificate.serial().toHex(), 16).toString(),
        digest("SHA-256", octets),
        digest("SHA-1", octets),
        digest("SHA-256", read.getSubjectPublicKeyInfo().getEncoded()),
        HexFormat.of()
            .formatHex(
                SubjectKeyIdentifier.fromExtensions(read.getExtensions()).getKeyIdentifier()));
  }

  private static String digest(String algorithm, byte[] octets) throws Exception {
    return Bytes.of(MessageDigest.getInstance(algorithm).digest(octets)).toHex();
  }

  private static List<String> serials(String... names) {
    return List.of(names).stream().map(name -> shelved.get(name).serial().toHex()).toList();
  }

  private List<String> serialsFound(String login, String query) throws Exception {
    var found = new ArrayList<String>();
    search(login, query).get("items").forEach(item -> found.add(item.get("serial").asString()));
    return found;
  }

  private JsonNode search(String login, String query) throws Exception {
    var answer =
        web.perform(get(uri(query)).with(Proven.as(staff.person(login))))
            .andExpect(status().isOk())
            .andExpect(content().contentType("application/json"))
            .andReturn();
    return json.readTree(answer.getResponse().getContentAsByteArray());
  }

  private static String uri(String query) {
    return "/api/v1/certificates?" + query;
  }
}
