package de.kreissiegel.ca.review;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.registration.RequestId;
import de.kreissiegel.ca.roster.Change;
import de.kreissiegel.ca.roster.Standing;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Each risk where it is there, and right beside it where it isn't. */
class RiskTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = at("2026-11-26T10:00"); // a Thursday
  private static final ProfileName SIGNATURE = new ProfileName("signature");

  private final Subject anna = House.person("Anna Amsel", House.TOWN, "anna@stadt-a.example");
  private Situation plain =
      new Situation(
          asked(anna, "person:" + anna.id(), NOW, List.of()),
          new Situation.Entry.There(anna),
          List.of(),
          List.of(),
          Situation.Known.NOTHING,
          NOW,
          BERLIN);

  @Test
  void whatIsOrdinaryRaisesNoHint() {
    assertThat(hints(plain)).isEmpty();
    assertThat(hints(with(new Situation.Entry.Unknown()))).as("nobody knows").isEmpty();
  }

  @Test
  void saysWhatTheDirectorySays() {
    assertThat(hints(with(new Situation.Entry.Gone()))).containsExactly(Risk.SUBJECT_GONE);
    assertThat(hints(with(new Situation.Entry.There(changed(anna.commonName(), false)))))
        .containsExactly(Risk.SUBJECT_DISABLED);
    assertThat(hints(with(new Situation.Entry.There(changed("Anna Adler", true)))))
        .containsExactly(Risk.NAMES_CHANGED);
  }

  @Test
  void tellsOfWhoIsLeavingOrAwayBeforeItTakesEffect() {
    for (Change.Kind kind :
        List.of(Change.Kind.LEFT, Change.Kind.MOVED, Change.Kind.KEY_HOLDER_LEFT)) {
      assertThat(hints(known(Optional.empty(), Set.of(kind), Optional.empty(), false)))
          .containsExactly(Risk.SUBJECT_LEAVING);
    }
    assertThat(hints(known(Optional.of(Standing.AWAY), Set.of(), Optional.empty(), false)))
        .containsExactly(Risk.SUBJECT_AWAY);
    assertThat(
            hints(
                known(
                    Optional.of(Standing.WORKING),
                    Set.of(Change.Kind.RENAMED),
                    Optional.empty(),
                    false)))
        .isEmpty();
  }

  @Test
  void tellsOfWhoIsNewForTwoWeeks() {
    assertThat(joined(Duration.ofDays(13))).containsExactly(hint(Risk.JUST_JOINED, "13"));
    assertThat(joined(Duration.ofDays(14))).isEmpty();
  }

  @Test
  void tellsOfAMailDomainThatNobodyHas() {
    assertThat(all(known(Optional.empty(), Set.of(), Optional.empty(), true)))
        .containsExactly(hint(Risk.NEW_MAIL_DOMAIN, "stadt-a.example"));
  }

  @Test
  void countsFromTheThirdOfAKindInThirtyDays() {
    StoredCertificate recent = certificate(House.VPN, Duration.ofDays(5), good());
    assertThat(all(held(recent, certificate(SIGNATURE, Duration.ofDays(1), good())))).isEmpty();
    assertThat(all(held(recent, certificate(House.VPN, Duration.ofDays(31), good())))).isEmpty();
    assertThat(all(held(recent, certificate(House.VPN, Duration.ofDays(29), good()))))
        .containsExactly(hint(Risk.MANY_OF_THIS_KIND, "3"));
  }

  @Test
  void remembersAKeyInWrongHandsForNinetyDays() {
    assertThat(all(held(revoked(House.VPN, RevocationReason.KEY_COMPROMISE, 89))))
        .containsExactly(hint(Risk.AFTER_COMPROMISE, "89"));
    assertThat(all(held(revoked(House.VPN, RevocationReason.KEY_COMPROMISE, 90)))).isEmpty();
    assertThat(all(held(revoked(House.VPN, RevocationReason.SUPERSEDED, 1)))).isEmpty();
    assertThat(all(held(revoked(SIGNATURE, RevocationReason.KEY_COMPROMISE, 1)))).isEmpty();
  }

  @Test
  void tellsOfNamesThatTheRequestBringsAndOfWhoAsksForAnother() {
    assertThat(all(asking(asked(anna, "person:" + anna.id(), NOW, List.of("CN=Chef")))))
        .containsExactly(hint(Risk.NAMES_WISHED, "CN=Chef"));
    assertThat(all(asking(asked(anna, "person:otto", NOW, List.of()))))
        .containsExactly(hint(Risk.FOR_ANOTHER, "Otto"));
  }

  @Test
  void remembersARefusalForThirtyDays() {
    assertThat(all(before(refused(Duration.ofDays(29), House.VPN))))
        .containsExactly(hint(Risk.REFUSED_LATELY, "29", "nicht nötig"));
    assertThat(all(before(refused(Duration.ofDays(30), House.VPN)))).isEmpty();
    assertThat(all(before(refused(Duration.ofDays(1), SIGNATURE)))).isEmpty();
  }

  @Test
  void knowsTheHoursOfATownHall() {
    for (String night :
        List.of("2026-11-26T05:59", "2026-11-26T20:00", "2026-11-28T10:00", "2026-12-25T10:00")) {
      assertThat(hints(asking(asked(anna, "person:" + anna.id(), at(night), List.of()))))
          .as(night)
          .containsExactly(Risk.OUT_OF_HOURS);
    }
    for (String day : List.of("2026-11-26T06:00", "2026-11-26T19:59")) {
      assertThat(hints(asking(asked(anna, "person:" + anna.id(), at(day), List.of()))))
          .as(day)
          .isEmpty();
    }
  }

  private static List<RiskHint> all(Situation situation) {
    return Arrays.stream(Risk.values()).flatMap(risk -> risk.look(situation).stream()).toList();
  }

  private static List<Risk> hints(Situation situation) {
    return all(situation).stream().map(RiskHint::risk).toList();
  }

  private static RiskHint hint(Risk risk, String... values) {
    return new RiskHint(risk, List.of(values));
  }

  private Situation with(Situation.Entry entry) {
    return new Situation(plain.asked(), entry, List.of(), List.of(), plain.known(), NOW, BERLIN);
  }

  private Situation known(
      Optional<Standing> standing,
      Set<Change.Kind> pending,
      Optional<Instant> joined,
      boolean newMailDomain) {
    return new Situation(
        plain.asked(),
        plain.entry(),
        List.of(),
        List.of(),
        new Situation.Known(standing, pending, joined, newMailDomain),
        NOW,
        BERLIN);
  }

  private List<RiskHint> joined(Duration ago) {
    return all(known(Optional.empty(), Set.of(), Optional.of(NOW.minus(ago)), false));
  }

  private Situation held(StoredCertificate... certificates) {
    return new Situation(
        plain.asked(), plain.entry(), List.of(certificates), List.of(), plain.known(), NOW, BERLIN);
  }

  private Situation before(CertificateRequest... requests) {
    return new Situation(
        plain.asked(), plain.entry(), List.of(), List.of(requests), plain.known(), NOW, BERLIN);
  }

  private Situation asking(CertificateRequest.Content content) {
    return new Situation(content, plain.entry(), List.of(), List.of(), plain.known(), NOW, BERLIN);
  }

  private CertificateRequest refused(Duration ago, ProfileName profile) {
    var old = asked(anna, "person:" + anna.id(), NOW, List.of());
    var content =
        new CertificateRequest.Content(
            old.id(),
            old.applicant(),
            old.applicantName(),
            old.tenant(),
            profile,
            old.subject(),
            old.appointment(),
            old.publicKey(),
            old.proof(),
            old.wishes(),
            old.remark(),
            old.submittedAt());
    return new CertificateRequest.Refused(content, "Otto", "nicht nötig", NOW.minus(ago));
  }

  private static CertificateRequest.Content asked(
      Subject subject, String applicant, Instant at, List<String> wishes) {
    return new CertificateRequest.Content(
        new RequestId(UUID.randomUUID()),
        applicant,
        applicant.equals("person:otto") ? "Otto" : subject.commonName(),
        House.TOWN,
        House.VPN,
        subject,
        Optional.empty(),
        Bytes.of(new byte[1]),
        Optional.empty(),
        wishes,
        "",
        at);
  }

  private Subject changed(String name, boolean enabled) {
    return new Subject(
        anna.id(),
        anna.kind(),
        anna.home(),
        anna.tenants(),
        name,
        anna.title(),
        anna.givenName(),
        anna.surname(),
        anna.mail(),
        anna.dnsName(),
        anna.login(),
        enabled,
        anna.directoryName(),
        anna.responsible());
  }

  private static CertificateStatus good() {
    return new CertificateStatus.Good();
  }

  private StoredCertificate revoked(ProfileName profile, RevocationReason reason, int daysAgo) {
    return certificate(
        profile,
        Duration.ofDays(200),
        new CertificateStatus.Revoked(NOW.minus(Duration.ofDays(daysAgo)), reason));
  }

  private StoredCertificate certificate(
      ProfileName profile, Duration age, CertificateStatus status) {
    return new StoredCertificate(
        new AuthorityName("devices"),
        new SerialNumber(BigInteger.TEN),
        Bytes.of(new byte[1]),
        profile,
        1,
        Optional.of(House.TOWN),
        Optional.of(anna.id()),
        "CN=Anna Amsel",
        "",
        Optional.empty(),
        NOW.minus(age),
        NOW.plus(Duration.ofDays(365)),
        status,
        1);
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }
}
