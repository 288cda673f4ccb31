package de.kreissiegel.ca.evidence;

import static de.kreissiegel.ca.revision.HalfYear.TOWN;
import static de.kreissiegel.ca.revision.HalfYear.VILLAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Office;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.revision.HalfYear;
import de.kreissiegel.ca.revision.Revision;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.tenancy.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Evidence of half a year, as a file. */
class EvidenceDeskTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private HalfYear house;
  private EvidenceDesk desk;

  @BeforeEach
  void open() throws Exception {
    house = new HalfYear(DATABASE);
    desk =
        new EvidenceDesk(
            house.books.ofEvidence(),
            List.of(new RoleSource("district", Office.REVISOR, "cn=auditors")),
            house.vault.publicKey(),
            house.clock);
  }

  @Test
  void holdsAllAndSaysHowToCheckIt() throws Exception {
    Actor.Person all = HalfYear.revisor("all", TOWN, VILLAGE);
    Revision revision = house.desk.open(all, Optional.of(TOWN), LocalDate.parse("2026-01-01"));
    house.desk.inOrder(all, revision.id(), 1);

    Map<String, String> files = files(desk.export(all, halfYear(Optional.empty())));

    assertThat(files.keySet())
        .containsExactly(
            "LIESMICH.txt",
            "README.txt",
            "audit-key.pem",
            "events.jsonl",
            "check.jsonl",
            "revisions.jsonl",
            "roles.jsonl",
            "statistics-events.csv",
            "statistics-certificates.csv",
            "manifest.jsonl",
            "SHA256SUMS");
    assertThat(files.get("LIESMICH.txt")).contains("Wie man sie prüft");
    assertThat(files.get("README.txt")).contains("How to check it");
    List<String> events = files.get("events.jsonl").lines().toList();
    assertThat(events).hasSize(18).allMatch(line -> !line.contains("\"gap\""));
    assertThat(events.getLast()).contains("\"type\":\"head\"", "\"sequence\":17");
    assertThat(files.get("check.jsonl")).contains("\"events\":17", "\"faults\":0");
    assertThat(files.get("revisions.jsonl"))
        .contains(
            "\"type\":\"revision\"",
            "\"seed\":\"" + revision.seed().toHex(),
            "\"judgement\":\"in-order\"");
    assertThat(files.get("roles.jsonl"))
        .contains("\"type\":\"may\",\"office\":\"REVISOR\",\"action\":\"REVISE\"")
        .contains("cn=auditors");
    assertThat(files.get("statistics-events.csv"))
        .contains("stadt-a.example;certificate.issued;12", "-;login.emergency;1");
    for (String line : files.get("SHA256SUMS").lines().toList()) {
      String[] parts = line.split("  ");
      assertThat(sha256(files.get(parts[1]))).as(parts[1]).isEqualTo(parts[0]);
    }
    assertThat(files.get("SHA256SUMS").lines()).hasSize(10);
    assertThat(DATABASE.texts("select detail from audit_event where action = 'evidence.finished'"))
        .containsExactly("manifest=sha256:" + sha256(files.get("manifest.jsonl")));
  }

  @Test
  void leavesNoTraceOfOtherTenantsButThatThereAreSome() throws Exception {
    String town = files(desk.export(house.ronja, halfYear(Optional.of(TOWN)))).toString();

    assertThat(town).contains("\"gap\"").doesNotContain("gemeinde-b", "people/ff", "person:anna");

    String both = files(desk.export(house.ronja, halfYear(Optional.empty()))).toString();
    assertThat(both).contains("person:anna").doesNotContain("gemeinde-b", "people/ff");
  }

  @Test
  void isInTheTrailBeforeItLeaves() throws Exception {
    Evidence evidence = desk.export(house.ronja, halfYear(Optional.of(TOWN)));

    assertThat(exported()).isOne();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                evidence.writeTo(
                    new java.io.OutputStream() {
                      @Override
                      public void write(int octet) throws IOException {
                        throw new IOException("gone");
                      }
                    }));
    assertThat(
            DATABASE.number("select count(*) from audit_event where action = 'evidence.finished'"))
        .isZero();
  }

  @Test
  void isForRevisorsAndTheirTenantsAlone() {
    refuses(RefusalReason.NOT_FOUND, house.ronja, Optional.of(VILLAGE));
    refuses(RefusalReason.NOT_AUTHORIZED, house.ronja.provenBy(Proof.PASSWORD), Optional.empty());
    refuses(RefusalReason.NOT_AUTHORIZED, house.ronja.provenBy(Proof.EMERGENCY), Optional.empty());
    refuses(RefusalReason.NOT_AUTHORIZED, HalfYear.revisor("nobody"), Optional.empty());
    assertThat(exported()).isZero();
  }

  @Test
  void takesADayToThreeYears() {
    LocalDate day = LocalDate.parse("2026-01-01");
    assertThatIllegalArgumentException().isThrownBy(() -> query(day, day.minusDays(1)));
    assertThatIllegalArgumentException().isThrownBy(() -> query(day, day.plusDays(1100)));
    assertThat(query(day, day).until()).isAfter(query(day, day).from());
  }

  private static EvidenceQuery query(LocalDate first, LocalDate last) {
    return new EvidenceQuery(Optional.empty(), first, last, ZoneId.of("Europe/Berlin"));
  }

  private static EvidenceQuery halfYear(Optional<TenantId> tenant) {
    return new EvidenceQuery(
        tenant,
        LocalDate.parse("2026-01-01"),
        LocalDate.parse("2026-06-30"),
        ZoneId.of("Europe/Berlin"));
  }

  private void refuses(RefusalReason reason, Actor.Person person, Optional<TenantId> tenant) {
    assertThatExceptionOfType(Refused.class)
        .isThrownBy(() -> desk.export(person, halfYear(tenant)))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
  }

  private static long exported() {
    return DATABASE.number("select count(*) from audit_event where action = 'evidence.exported'");
  }

  private static Map<String, String> files(Evidence evidence) throws IOException {
    var out = new ByteArrayOutputStream();
    evidence.writeTo(out);
    Map<String, String> files = new LinkedHashMap<>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
