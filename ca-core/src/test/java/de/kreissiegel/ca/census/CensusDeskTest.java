package de.kreissiegel.ca.census;

import static de.kreissiegel.ca.inventory.SampleCertificate.EBERN;
import static de.kreissiegel.ca.inventory.SampleCertificate.HASSFURT;
import static de.kreissiegel.ca.inventory.SampleCertificate.NOW;
import static de.kreissiegel.ca.inventory.SampleCertificate.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateStatus.OnHold;
import de.kreissiegel.ca.inventory.CertificateStatus.Revoked;
import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.status.TestHierarchy;
import de.kreissiegel.ca.status.TestVault;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CensusDeskTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private static final Actor.Person AUDITOR = overseer(Set.of(), Set.of(HASSFURT), Proof.PASSKEY);
  private static final Actor.Person LEAD =
      overseer(Set.of(HASSFURT, EBERN), Set.of(), Proof.CERTIFICATE);

  private final TestHierarchy hierarchy = new TestHierarchy(new TestVault(), NOW);
  private CensusDesk desk;

  @BeforeEach
  void furnish() {
    ROOM.clear();
    Bytes certificate = hierarchy.people.authority().certificate();
    for (SampleCertificate one :
        List.of(
            sample().subject("erika"),
            sample().subject("max").status(new OnHold(NOW)),
            sample().subject("gone").status(revoked()),
            sample().subject("over").valid(NOW.minusSeconds(9), NOW.minusSeconds(1)),
            sample().subject("eva").tenant(EBERN).profile("vpn-client"))) {
      one.encoded(certificate).storedIn(ROOM.database().database(), ROOM.certificates());
    }
    desk = desk(NOW);
  }

  @Test
  void countsWhatIsNeitherOverNorRevokedOfTheTenantsThatOneOversees() throws Exception {
    assertThat(desk.census(AUDITOR).total()).isEqualTo(2);
    assertThat(desk.census(AUDITOR).held()).isOne();
    assertThat(desk.census(LEAD).total()).isEqualTo(3);
    assertThat(desk.census(LEAD).by(one -> one.tenant().orElseThrow().value()))
        .isEqualTo(Map.of(HASSFURT.value(), 2L, EBERN.value(), 1L));
    assertThat(desk.census(LEAD).by(Tally::key)).containsOnlyKeys("EC P-384");
  }

  @Test
  void tellsNobodyElseAndNobodyWhoGaveAPasswordOnly() {
    for (Actor.Person nobody :
        List.of(
            overseer(Set.of(), Set.of(), Proof.CERTIFICATE),
            overseer(Set.of(HASSFURT), Set.of(HASSFURT), Proof.PASSWORD))) {
      for (Question question : List.<Question>of(desk::census, desk::register)) {
        assertThatThrownBy(() -> question.ask(nobody))
            .isInstanceOfSatisfying(
                Refused.class,
                refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_AUTHORIZED));
      }
    }
  }

  @Test
  void tellsAllToThoseAloneWhoOverseeTheDistrict() throws Exception {
    assertThat(desk.whole(AUDITOR, HASSFURT).total()).isEqualTo(3);
    assertThatThrownBy(() -> desk.whole(AUDITOR, EBERN))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusalReason.NOT_AUTHORIZED));
  }

  @Test
  void registersAuthoritiesAndHoldersKeys() throws Exception {
    List<CryptoEntry> register = desk.register(LEAD);

    assertThat(register.getFirst().use()).isEqualTo(CryptoEntry.Use.AUTHORITY);
    assertThat(register.getFirst().where()).isEqualTo(CryptoEntry.Where.VAULT);
    assertThat(register)
        .contains(
            new CryptoEntry(
                CryptoEntry.Use.HOLDER,
                "vpn-client",
                "EC P-384",
                "",
                CryptoEntry.Where.HOLDER,
                Optional.empty(),
                1));
  }

  @Test
  void leavesOutAuthoritiesThatAreOver() throws Exception {
    assertThat(desk(NOW.plus(Duration.ofDays(20_000))).register(LEAD))
        .noneMatch(entry -> entry.use() == CryptoEntry.Use.AUTHORITY);
  }

  private CensusDesk desk(Instant now) {
    var clock = Clock.fixed(now, ZoneOffset.UTC);
    return new CensusDesk(
        Books.of(ROOM.database().source(), "census", clock, new SecureRandom()).census(),
        new AuthorityCatalog(List.of(hierarchy.people.authority()), Map.of()),
        clock);
  }

  private static Revoked revoked() {
    return new Revoked(NOW, RevocationReason.SUPERSEDED, Optional.empty());
  }

  private static Actor.Person overseer(Set<TenantId> appoints, Set<TenantId> audits, Proof proof) {
    return new Actor.Person(
        new SubjectId("olga"), "Olga", "olga", Set.of(HASSFURT), Set.of(), appoints, audits, proof);
  }

  private interface Question {
    Object ask(Actor actor) throws Refused;
  }
}
