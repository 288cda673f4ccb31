package de.kreissiegel.ldap;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.sample.Cast;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePasswords;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ObjectAssert;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same against OpenLDAP's slapd, looked at with ldapsearch. */
@Tag("peer")
class SlapdPeerTest {
  private static final Cast CAST = SampleDistrict.cast();
  private static int assertions;
  private static int seen;
  @TempDir Path folder;
  private final SamplePasswords passwords = SamplePasswords.random(new SecureRandom());
  private Slapd slapd;
  private LdapDirectory directory;

  @BeforeEach
  void start() throws Exception {
    slapd = new Slapd(folder, passwords);
    directory =
        new LdapDirectory(
            DirectoryConfig.of(
                slapd.address(),
                SampleDistrict.SERVICE_DN,
                passwords.service(),
                SampleDistrict.BASE_DN),
            Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    if (directory != null) {
      directory.close();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  @BeforeAll
  static void none() {
    assertions = 0;
    seen = 0;
  }

  @AfterAll
  static void tell() throws Exception {
    String text = line("slapd", assertions - seen) + line("ldapsearch", seen);
    PeerReport.add(text);
    Assertions.assertThat(assertions - seen).as("what slapd was seen to do").isPositive();
    Assertions.assertThat(seen).as("what ldapsearch saw").isPositive();
  }

  private static String line(String program, int count) throws Exception {
    String version = Slapd.run(Slapd.program(program), "-VV").lines().findFirst().orElse("");
    return "%-12s %5d assertions   %s%n".formatted(program, count, version.strip());
  }

  @Test
  void readsLogsInAndFindsRoles() throws Exception {
    that(directory.tenants().size()).isEqualTo(27);
    Actor.Person officer =
        directory.logIn(CAST.officer().login(), passwords.people()).orElseThrow();
    that(officer.officerFor()).isEqualTo(Set.of(new TenantId("stadt-hassfurt.example")));
    that(directory.logIn(CAST.officer().login(), "wrong").isPresent()).isEqualTo(false);
    that(directory.logIn(CAST.officer().login(), "").isPresent()).isEqualTo(false);
    that(directory.logIn("nobody", "wrong").isPresent()).isEqualTo(false);
    that(directory.logIn(CAST.disabled().login(), passwords.people()).isPresent()).isEqualTo(false);
    that(directory.logIn(CAST.auditor().login(), passwords.people()).orElseThrow().auditorFor())
        .matches(tenants -> tenants.size() == 27);
    that(directory.inCareOf(officer.id())).matches(care -> care.size() > 2);
    that(directory.find(officer.id()).orElseThrow().commonName())
        .isEqualTo(CAST.officer().commonName());
  }

  @Test
  void publishesWhereLdapsearchFindsIt() throws Exception {
    byte[] first = certificate();
    byte[] second = certificate();
    for (SubjectKind kind : List.of(SubjectKind.PERSON, SubjectKind.DEVICE)) {
      Subject subject = one(kind);
      for (int i = 0; i < 2; i++) {
        change(subject, first, true);
        change(subject, second, true);
      }
      seen++;
      that(found(subject)).matches(s -> s.contains(base64(first)) && s.contains(base64(second)));
      change(subject, first, false);
      change(subject, first, false);
      seen++;
      that(found(subject)).matches(s -> !s.contains(base64(first)) && s.contains(base64(second)));
    }
  }

  private void change(Subject subject, byte[] certificate, boolean present) throws Exception {
    directory
        .destinations()
        .getFirst()
        .change(subject.id(), List.of(ValueChange.ofCertificate(Bytes.of(certificate), present)));
  }

  private Subject one(SubjectKind kind) throws DirectoryUnavailable {
    return directory.search(new TenantId("stadt-hassfurt.example"), kind, "", 1).getFirst();
  }

  private String found(Subject subject) throws Exception {
    return Slapd.run(
        Slapd.program("ldapsearch"),
        "-x",
        "-LLL",
        "-o",
        "ldif-wrap=no",
        "-H",
        slapd.address().toString(),
        "-D",
        CAST.applicant().dn(),
        "-w",
        passwords.people(),
        "-b",
        subject.directoryName(),
        "userCertificate;binary");
  }

  private static String base64(byte[] certificate) {
    return "userCertificate;binary:: " + Base64.getEncoder().encodeToString(certificate);
  }

  private static byte[] certificate() throws Exception {
    var keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
    var name = new X500Name("CN=DEMO Peer");
    var from = Instant.parse("2026-01-01T00:00:00Z");
    return new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(64, new SecureRandom()),
            Date.from(from),
            Date.from(from.plus(Duration.ofDays(365))),
            name,
            keys.getPublic())
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
        .getEncoded();
  }

  private static <T> ObjectAssert<T> that(T value) {
    assertions++;
    return Assertions.assertThatObject(value);
  }
}
