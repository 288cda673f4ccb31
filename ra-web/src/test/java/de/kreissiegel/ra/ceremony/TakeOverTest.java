package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.CertificationAuthority;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.AuthorityState;
import de.kreissiegel.ca.hierarchy.HierarchyCalendar;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationReplay;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.status.ListsMissing;
import de.kreissiegel.ca.status.StatusAddresses;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.takeover.Remark;
import de.kreissiegel.ca.takeover.Takeover;
import de.kreissiegel.ca.takeover.TakeoverRefused;
import de.kreissiegel.ca.takeover.TenantRules;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.ra.house.VaultHouse;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.OCSPReqBuilder;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A foreign authority moves in, and goes on telling of what it issued. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TakeOverTest {
  private static final AuthorityName OLD = new AuthorityName("alt");
  private static final TenantId DISTRICT = new TenantId("hassberge.example");
  private static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  private static final TenantId EBERN = new TenantId("stadt-ebern.example");
  private static final StatusAddresses ADDRESSES =
      new StatusAddresses(URI.create("http://pki.hassberge.example"));
  private static final Actor OFFICER =
      new Actor.Person(
          new SubjectId("officer"),
          "Otto Officer",
          "officer",
          Set.of(HASSFURT),
          Set.of(HASSFURT),
          Set.of(),
          Set.of(),
          Proof.CERTIFICATE);

  @TempDir private static Path folder;
  private static ForeignHouse foreign;
  private static Place place;
  private static Path record;
  private static Vault vault;
  private static AuthorityCatalog authorities;
  private static VaultHouse house;

  @BeforeAll
  static void takeOver() throws Exception {
    foreign = new ForeignHouse(Instant.now().truncatedTo(ChronoUnit.SECONDS));
    var rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal.init();
    place = new Place(rehearsal.data);
    rehearsal
        .confirmed(8)
        .given("ceremony")
        .answer("password", new String(ForeignHouse.PASSWORD))
        .answer("copies", "Herr Groß hat sie am Vortag gelöscht");
    record =
        rehearsal
            .ceremonies(Locale.GERMAN)
            .takeOver(ofFile(foreign.pkcs12(folder.resolve("alt.p12"))));
    vault = LaterCeremoniesTest.open(place);
    authorities = AuthorityFiles.read(place.authorities());
    house =
        new VaultHouse(vault, authorities, ADDRESSES, folder.resolve("node"), Clock.systemUTC());
  }

  private static ForeignAuthority ofFile(Path pkcs12) throws Exception {
    Path certificate = folder.resolve("alt.cer");
    Files.write(certificate, foreign.certificate.getEncoded());
    return new ForeignAuthority(
        OLD,
        certificate,
        Optional.empty(),
        Optional.of(pkcs12),
        Optional.empty(),
        List.of("/pki/alt.crl"),
        List.of());
  }

  @AfterAll
  static void end() throws Exception {
    house.close();
    vault.close();
  }

  @Test
  @Order(1)
  void itIssuesNothingAndItsKeyMaySignOnlyWhatTellsOfItsCertificates() throws Exception {
    assertThat(authorities.state(OLD, Instant.now())).contains(AuthorityState.RETIRING);
    assertThat(authorities.issuing(OLD, Instant.now())).isEmpty();
    assertThat(Files.readString(place.vault().resolve("keys/alt.yaml")))
        .contains("ocsp-responder-alt", "crls:", "exception:")
        .doesNotContain("smime", "tls-server");
    assertThat(Files.readString(record.resolve("record.json"))).contains("taken-over", "Herr Groß");
    assertThat(Files.readString(place.trust().resolve("root.pem")))
        .as("nobody is asked to believe it anew")
        .containsOnlyOnce("BEGIN CERTIFICATE");
    assertThat(
            HierarchyCalendar.of(
                    authorities, ProfileCatalog.bundled().all(), Instant.now(), Period.ofYears(9))
                .warnings())
        .noneMatch(warning -> warning.sentence(Locale.ENGLISH).startsWith("alt"));
  }

  @Test
  @Order(2)
  void itMakesNoListBeforeWhatItRevokedIsHere() throws Exception {
    try (CertificationAuthority authority = house.open()) {
      assertThat(authority.crls().current(CrlName.of(OLD))).isEmpty();
    }
  }

  @Test
  @Order(3)
  void aDryRunCountsAllAndChangesNothing() throws Exception {
    Takeover.Outcome outcome = takeIn(true, ForeignHouse.LIST_NUMBER);
    assertThat(outcome.added()).isEqualTo(5);
    assertThat(outcome.revoked()).isEqualTo(3);
    assertThat(house.books().certificates().find(OLD, new SerialNumber(ForeignHouse.GOOD)))
        .isEmpty();
  }

  @Test
  @Order(4)
  void itsCertificatesAndRevocationsComeInAndWhatCannotIsSaid() throws Exception {
    Takeover.Outcome outcome = takeIn(false, ForeignHouse.LIST_NUMBER);
    assertThat(outcome.added()).isEqualTo(5);
    assertThat(outcome.bySerial()).isOne();
    assertThat(outcome.remarks().counts())
        .containsEntry(Remark.SERIAL, 2L)
        .containsEntry(Remark.SERIAL_TWICE, 1L)
        .containsEntry(Remark.FOREIGN, 1L)
        .containsEntry(Remark.UNREADABLE, 1L)
        .containsEntry(Remark.ENTRY_SERIAL, 1L)
        .containsEntry(Remark.WEAK_KEY, 1L)
        .containsEntry(Remark.WEAK_SIGNATURE, 1L);
    StoredCertificate good = find(ForeignHouse.GOOD);
    assertThat(good.tenant()).contains(HASSFURT);
    assertThat(good.profile().value()).isEqualTo("imported");
    assertThat(good.subjectName()).contains("Jörg Müller");
    assertThat(find(ForeignHouse.REVOKED).tenant()).contains(EBERN);
    assertThat(find(ForeignHouse.REVOKED).status())
        .isInstanceOfSatisfying(
            CertificateStatus.Revoked.class,
            revoked -> {
              assertThat(revoked.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
              assertThat(revoked.invalidSince()).contains(foreign.bad);
            });
    assertThat(find(ForeignHouse.HELD).tenant()).as("no rule names it").contains(DISTRICT);
    assertThat(find(ForeignHouse.HELD).status()).isInstanceOf(CertificateStatus.OnHold.class);
    assertThat(find(ForeignHouse.LOST).status()).isInstanceOf(CertificateStatus.Revoked.class);
  }

  @Test
  @Order(5)
  void onceMoreDoesNoHarm() throws Exception {
    Takeover.Outcome outcome = takeIn(false, ForeignHouse.LIST_NUMBER);
    assertThat(outcome.added()).isZero();
    assertThat(outcome.known()).isEqualTo(5);
    assertThat(outcome.revoked()).isZero();
  }

  @Test
  @Order(6)
  void listsGoOnBehindTheLastOneOfOthersAndAnswersAreGiven() throws Exception {
    try (CertificationAuthority authority = house.open()) {
      X509CRL list = list(authority);
      list.verify(foreign.certificate.getPublicKey());
      assertThat(number(list)).isEqualTo(ForeignHouse.LIST_NUMBER + 1);
      assertThat(list.getRevokedCertificates())
          .extracting(entry -> entry.getSerialNumber())
          .containsExactlyInAnyOrder(ForeignHouse.REVOKED, ForeignHouse.HELD, ForeignHouse.LOST);
      assertThat(list.getRevokedCertificate(ForeignHouse.REVOKED).getExtensionValue("2.5.29.24"))
          .as("the invalidity date stays")
          .isNotNull();
      assertThat(status(authority, ForeignHouse.GOOD)).isNull();
      assertThat(status(authority, ForeignHouse.REVOKED)).isInstanceOf(RevokedStatus.class);
      assertThat(status(authority, ForeignHouse.LOST)).isInstanceOf(RevokedStatus.class);
    }
  }

  @Test
  @Order(8)
  void officersOfItsTenantRevokeItAndItsKeyIsNeverCertifiedAgain() throws Exception {
    try (CertificationAuthority authority = house.open()) {
      authority
          .revocation()
          .revoke(
              OFFICER,
              OLD,
              new SerialNumber(ForeignHouse.GOOD),
              Revocation.of(RevocationReason.SUPERSEDED, "umgezogen"));
      assertThatThrownBy(
              () ->
                  authority
                      .revocation()
                      .revoke(
                          OFFICER,
                          OLD,
                          new SerialNumber(ForeignHouse.HELD),
                          Revocation.of(RevocationReason.SUPERSEDED, "nicht meins")))
          .hasMessageContaining("no certificate");
      Bytes key =
          Bytes.of(
              java.security.MessageDigest.getInstance("SHA-256")
                  .digest(
                      new X509CertificateHolder(find(ForeignHouse.GOOD).encoded().toArray())
                          .getSubjectPublicKeyInfo()
                          .getEncoded()));
      assertThat(house.books().certificates().keyInUse(key)).isTrue();
    }
    try (CertificationAuthority authority = house.open()) {
      assertThat(list(authority).getRevokedCertificate(ForeignHouse.GOOD)).isNotNull();
      assertThat(status(authority, ForeignHouse.GOOD)).isInstanceOf(RevokedStatus.class);
    }
  }

  @Test
  @Order(9)
  void aNewerListRevokesMoreNothingLessAndNumbersGoOnBehindIt() throws Exception {
    Takeover.Outcome outcome = takeIn(false, 60, BigInteger.valueOf(0x1005));
    assertThat(outcome.revoked()).isOne();
    assertThat(find(ForeignHouse.GOOD).status()).isInstanceOf(CertificateStatus.Revoked.class);
    try (CertificationAuthority authority = house.open()) {
      assertThat(number(list(authority))).isEqualTo(61);
    }
  }

  @Test
  @Order(10)
  void aListOfSomebodyElseIsRefused() throws Exception {
    Path other = new ForeignHouse(Instant.now()).list(folder.resolve("other.crl"), 50);
    assertThatThrownBy(() -> perform(false, other, List.of()))
        .isInstanceOf(TakeoverRefused.class)
        .hasMessageContaining("not signed");
  }

  @Test
  @Order(11)
  void anotherKeyThanTheCertificatesIsRefusedAndLeavesNothing() throws Exception {
    Path other = new ForeignHouse(Instant.now()).pkcs12(folder.resolve("other.p12"));
    var rehearsal = new Rehearsal(folder, Clock.systemUTC());
    rehearsal
        .confirmed(8)
        .given("ceremony")
        .answer("password", new String(ForeignHouse.PASSWORD))
        .answer("copies", "keine");
    ForeignAuthority again = ofFile(other);
    assertThatThrownBy(() -> rehearsal.ceremonies(Locale.GERMAN).takeOver(again))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("gibt es hier schon");
  }

  @Test
  @Order(11)
  void itGetsNoOtherKey() throws Exception {
    Ceremonies led = new Rehearsal(folder, Clock.systemUTC()).ceremonies(Locale.GERMAN);
    assertThatThrownBy(() -> led.rollOver(OLD, Optional.empty(), Optional.empty()))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("nur noch Auskunft");
    assertThatThrownBy(() -> led.retire(OLD))
        .isInstanceOf(CeremonyFailed.class)
        .hasMessageContaining("nur noch Auskunft");
  }

  @Test
  @Order(12)
  void aBackupFromBeforeItsLastListIsNotStartedOn() throws Exception {
    house.backUp("backup");
    Bytes published;
    try (CertificationAuthority authority = house.open()) {
      authority
          .revocation()
          .revoke(
              new Actor.Component("operator"),
              OLD,
              new SerialNumber(ForeignHouse.HELD),
              Revocation.of(RevocationReason.SUPERSEDED, "nach der Sicherung"));
    }
    try (CertificationAuthority authority = house.open()) {
      published = authority.crls().current(CrlName.of(OLD)).orElseThrow().read();
    }
    Path elsewhere = folder.resolve("elsewhere");
    assertThatThrownBy(() -> house.open("backup", elsewhere))
        .isInstanceOf(ListsMissing.class)
        .hasMessageContaining("list 62 of alt");
    Books books = house.books("backup");
    new RevocationReplay(books.ofRevocation(), books.crls(), authorities).list(published);
    try (CertificationAuthority authority = house.open("backup", elsewhere)) {
      X509CRL next = list(authority);
      assertThat(number(next)).isEqualTo(63);
      assertThat(next.getRevokedCertificate(ForeignHouse.HELD).getRevocationReason())
          .isEqualTo(CRLReason.SUPERSEDED);
    }
  }

  private static Takeover.Outcome takeIn(boolean dryRun, long number, BigInteger... more)
      throws Exception {
    return perform(
        dryRun,
        foreign.list(folder.resolve("alt.crl"), number, more),
        List.of(
            Files.isDirectory(folder.resolve("certs"))
                ? folder.resolve("certs")
                : foreign.certificates(folder.resolve("certs"))));
  }

  private static Takeover.Outcome perform(boolean dryRun, Path list, List<Path> certificates)
      throws Exception {
    return new Takeover(house.books().ofTakeover(), authorities, Clock.systemUTC())
        .perform(
            new Takeover.Estate(
                OLD,
                certificates,
                List.of(Bytes.of(Files.readAllBytes(list))),
                Optional.empty(),
                new TenantRules(
                    Map.of(),
                    Map.of("stadt-hassfurt.example", HASSFURT, "stadt-ebern.example", EBERN),
                    DISTRICT)),
            dryRun,
            _ -> {});
  }

  private static StoredCertificate find(BigInteger serial) {
    return house.books().certificates().find(OLD, new SerialNumber(serial)).orElseThrow();
  }

  private static X509CRL list(CertificationAuthority authority) throws Exception {
    Bytes octets = authority.crls().current(CrlName.of(OLD)).orElseThrow().read();
    return (X509CRL)
        CertificateFactory.getInstance("X.509")
            .generateCRL(new ByteArrayInputStream(octets.toArray()));
  }

  private static long number(X509CRL list) throws Exception {
    return CRLNumber.getInstance(
            JcaX509ExtensionUtils.parseExtensionValue(
                list.getExtensionValue(Extension.cRLNumber.getId())))
        .getCRLNumber()
        .longValueExact();
  }

  /** Null is good, as Bouncy Castle has it; the answer is verified by the responder's key. */
  private static Object status(CertificationAuthority authority, BigInteger serial)
      throws Exception {
    var issuer = new JcaX509CertificateHolder(foreign.certificate);
    var digest = new JcaDigestCalculatorProviderBuilder().build().get(CertificateID.HASH_SHA1);
    byte[] request =
        new OCSPReqBuilder()
            .addRequest(new CertificateID(digest, issuer, serial))
            .build()
            .getEncoded();
    byte[] answer = authority.ocsp().responder().respond(request).encoded().toArray();
    var basic = (BasicOCSPResp) new OCSPResp(answer).getResponseObject();
    X509CertificateHolder responder = basic.getCerts()[0];
    assertThat(basic.isSignatureValid(new JcaContentVerifierProviderBuilder().build(responder)))
        .isTrue();
    assertThat(
            responder.isSignatureValid(
                new JcaContentVerifierProviderBuilder().build(foreign.certificate)))
        .as("certified by the old key itself")
        .isTrue();
    return basic.getResponses()[0].getCertStatus();
  }
}
