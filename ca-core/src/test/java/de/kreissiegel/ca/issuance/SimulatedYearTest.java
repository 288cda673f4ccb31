package de.kreissiegel.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.status.CrlHead;
import de.kreissiegel.ca.status.CrlLine;
import de.kreissiegel.ca.storage.JdbcAuditTrail;
import de.kreissiegel.ca.storage.JdbcCrlBook;
import de.kreissiegel.ca.storage.JdbcOutbox;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A part of a small town's year, hour by hour, on a clock that is moved: people get certificates,
 * renew them before they end, lose them and find them again, and on the way the authority gets its
 * next key. What has to hold is checked each hour against a model that knows nothing of the
 * database. {@link SimulatedYearLongTest} lives through the whole year.
 */
@Order(1)
class SimulatedYearTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final Duration RENEW_BEFORE = Duration.ofDays(14);
  private static final AuthorityName FIRST = new AuthorityName("people");
  private static final AuthorityName SECOND = new AuthorityName("people-2");
  private static final ProfileName PROFILE = new ProfileName("authentication");
  private static final int PEOPLE = 12;

  /** What the model knows of a certificate. */
  private static final class Known {
    final StoredCertificate certificate;
    boolean held;
    boolean revoked;

    Known(StoredCertificate certificate) {
      this.certificate = certificate;
    }

    boolean listed(Instant now) {
      return (held || revoked) && now.isBefore(certificate.notAfter());
    }
  }

  private final long seed = Long.getLong("year.seed", new Random().nextLong());
  private final Random chance = new Random(seed);
  @TempDir private Path folder;
  private House house;
  private RevocationDesk revocation;
  private Instant begin;
  private Instant change;
  private final List<Subject> people = new ArrayList<>();
  private final Map<Subject, Known> current = new HashMap<>();
  private final List<Known> all = new ArrayList<>();
  private final Set<SerialNumber> serials = new HashSet<>();
  private final Map<AuthorityName, Long> numbers = new HashMap<>();
  private int journalled;
  private final Map<AuthorityName, X509CRL> lists = new HashMap<>();

  /** How long it goes on. */
  int days() {
    return 120;
  }

  /** When the authority's next key takes over; it is made forty days before. */
  Duration summer() {
    return Duration.ofDays(70);
  }

  @BeforeEach
  void town() throws Exception {
    house = new House(DATABASE, null, withCertificatesOfSixtyDays(), new MovableClock());
    begin = house.clock.instant();
    change = begin.plus(summer()).truncatedTo(ChronoUnit.SECONDS);
    for (int i = 0; i < PEOPLE; i++) {
      Subject one = House.person("Person Nr" + i, House.TOWN, "p" + i + "@stadt-a.example");
      house.directory.put(one);
      people.add(one);
    }
    revocation =
        new RevocationDesk(
            new RevocationDesk.Books(
                DATABASE.database(),
                house.certificates,
                new JdbcAuditTrail("year", house.clock, new SecureRandom()),
                new JdbcOutbox(house.clock)),
            new Ownership(house.directory),
            house.clock);
  }

  @Test
  void nothingIsEverLostStaleOrTooLong() throws Exception {
    for (int hour = 0; hour < days() * 24; hour++) {
      house.clock.pass(Duration.ofHours(1));
      if (hour == summer().minusDays(40).toHours()) {
        house.rollOver(FIRST, change, folder.resolve("hierarchy"));
      }
      day();
      house.signsLists();
      check("hour %d of the year with -Dyear.seed=%d".formatted(hour, seed));
    }
    assertThat(all).hasSizeGreaterThan(PEOPLE * days() / 60);
    assertThat(all).extracting(one -> one.certificate.authority()).contains(FIRST, SECOND);
    assertThat(numbers.get(FIRST)).isGreaterThan(days());
  }

  /** What an hour brings. */
  private void day() throws Exception {
    Instant now = house.clock.instant();
    for (Subject person : people) {
      Known one = current.get(person);
      boolean needed =
          one == null
              ? chance.nextInt(100) == 0
              : one.revoked
                  || one.certificate.notAfter().minus(RENEW_BEFORE).isBefore(now)
                      && chance.nextInt(24) == 0;
      if (needed && !isOnHold(person, now)) {
        issue(person);
      }
    }
    Known one = all.isEmpty() ? null : all.get(chance.nextInt(all.size()));
    if (one != null && !one.revoked && now.isBefore(one.certificate.notAfter())) {
      happen(one);
    }
  }

  /** Whose certificate is on hold gets no new one. */
  private boolean isOnHold(Subject person, Instant now) {
    return all.stream()
        .anyMatch(
            one ->
                one.held
                    && one.certificate.subject().filter(person.id()::equals).isPresent()
                    && !one.certificate.notAfter().isBefore(now));
  }

  private void issue(Subject person) throws Exception {
    CertificateRequest request = house.approved(person, PROFILE);
    assertThat(request)
        .as("day %d, seed %d", Duration.between(begin, house.clock.instant()).toDays(), seed)
        .isInstanceOf(CertificateRequest.Issued.class);
    Known made = new Known(house.certificateOf(request));
    assertThat(serials.add(made.certificate.serial())).as("a serial number twice").isTrue();
    assertThat(made.certificate.authority())
        .isEqualTo(house.clock.instant().isBefore(change) ? FIRST : SECOND);
    Authority by = house.authorities.get(made.certificate.authority());
    assertThat(made.certificate.notAfter()).isBeforeOrEqualTo(by.notAfter());
    all.add(made);
    current.put(person, made);
  }

  private void happen(Known one) throws Exception {
    StoredCertificate certificate = one.certificate;
    switch (chance.nextInt(60)) {
      case 0 -> {
        change(certificate, RevocationReason.KEY_COMPROMISE);
        one.revoked = true;
        one.held = false;
      }
      case 1 -> {
        if (!one.held) {
          change(certificate, RevocationReason.CERTIFICATE_HOLD);
          one.held = true;
        }
      }
      case 2, 3 -> {
        if (one.held) {
          revocation.release(officer(), certificate.authority(), certificate.serial(), "found");
          one.held = false;
        }
      }
      default -> {
        // Nothing, as mostly.
      }
    }
  }

  private void change(StoredCertificate certificate, RevocationReason reason) throws Exception {
    revocation.revoke(
        officer(), certificate.authority(), certificate.serial(), Revocation.of(reason, ""));
  }

  private Actor.Person officer() {
    return House.officer(house.otto, House.TOWN);
  }

  private void check(String when) throws Exception {
    Instant now = house.clock.instant();
    for (CrlLine line : new JdbcCrlBook(DATABASE.database()).lines()) {
      CrlHead head = line.full().orElseThrow();
      assertThat(head.nextUpdate()).as("a list that holds, " + when).isAfter(now);
      long before = numbers.getOrDefault(line.authority(), 0L);
      assertThat(head.number()).as("no gap, no repeat, " + when).isBetween(before, before + 1);
      if (head.number() > before) {
        numbers.put(line.authority(), head.number());
        lists.put(line.authority(), read(head));
      }
    }
    for (var list : lists.entrySet()) {
      Set<SerialNumber> expected =
          all.stream()
              .filter(one -> one.certificate.authority().equals(list.getKey()) && one.listed(now))
              .map(one -> one.certificate.serial())
              .collect(Collectors.toSet());
      assertThat(serialsOf(list.getValue(), now))
          .as("revoked and held, and nothing else, " + when)
          .isEqualTo(expected);
    }
    checkThatWhatWasSignedIsStored(when);
  }

  /** Counted anew in each hour in which the vault signed anything. */
  private void checkThatWhatWasSignedIsStored(String when) {
    if (house.vault.whole().size() == journalled) {
      return; // nothing was signed at all
    }
    journalled = house.vault.whole().size();
    long signed =
        house.vault.whole().stream()
            .filter(entry -> entry.structure() == SignedStructure.CERTIFICATE)
            .filter(entry -> entry.happening() == Happening.SIGNED)
            .filter(entry -> !entry.time().isBefore(begin))
            .filter(entry -> !entry.key().value().equals("root"))
            .count();
    assertThat(DATABASE.number("select count(*) from certificate"))
        .as("what was signed is stored, " + when)
        .isEqualTo(signed)
        .isEqualTo(all.size());
  }

  /** Those of certificates that haven't ended; how long others stay is the list's affair. */
  private Set<SerialNumber> serialsOf(X509CRL list, Instant now) {
    Set<SerialNumber> ended =
        all.stream()
            .filter(one -> !now.isBefore(one.certificate.notAfter()))
            .map(one -> one.certificate.serial())
            .collect(Collectors.toSet());
    return Optional.ofNullable(list.getRevokedCertificates()).orElse(Set.of()).stream()
        .map(X509CRLEntry::getSerialNumber)
        .map(SerialNumber::new)
        .filter(serial -> !ended.contains(serial))
        .collect(Collectors.toSet());
  }

  private X509CRL read(CrlHead head) throws Exception {
    var octets = new ByteArrayOutputStream();
    assertThat(new JdbcCrlBook(DATABASE.database()).copy(head, octets)).isTrue();
    X509CRL list =
        (X509CRL)
            CertificateFactory.getInstance("X.509")
                .generateCRL(new ByteArrayInputStream(octets.toByteArray()));
    list.verify(
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(
                    house.authorities.get(head.name().authority()).certificate().toArray()))
            .getPublicKey());
    return list;
  }

  private ProfileCatalog withCertificatesOfSixtyDays() throws Exception {
    Path profiles = folder.resolve("profiles");
    House.withoutOfficers(profiles);
    Path file = profiles.resolve("authentication.yaml");
    String text = Files.readString(file);
    assertThat(text).contains("validity: P365D");
    Files.writeString(file, text.replace("validity: P365D", "validity: P60D"));
    return ProfileCatalog.load(profiles);
  }
}
