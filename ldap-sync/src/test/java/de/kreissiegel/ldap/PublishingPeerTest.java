package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.publication.Destination;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.OutboxWorker;
import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.publish.PublishConfig;
import de.kreissiegel.ldap.publish.SampleChain;
import de.kreissiegel.ldap.sample.SampleDistrict;
import de.kreissiegel.ldap.sample.SamplePasswords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is published to OpenLDAP, as ldapsearch finds it and openssl and gpgsm use it. The account
 * has the rights of the handbook, and no more.
 */
@Tag("peer")
class PublishingPeerTest {
  private static final TenantId HASSFURT = new TenantId("stadt-hassfurt.example");
  private static int used;
  @TempDir Path folder;
  private final SamplePasswords passwords = SamplePasswords.random(new SecureRandom());
  private SampleChain chain;
  private Slapd slapd;
  private LdapDirectory directory;

  @BeforeEach
  void start() throws Exception {
    chain = new SampleChain();
    slapd = new Slapd(folder, passwords);
    directory = directory(Slapd.PKI_DN);
  }

  private LdapDirectory directory(String authorities) {
    var rules =
        new PublicationRules(true, true, PublicationRules.USUAL_LIST, Duration.ofDays(30), false);
    return new LdapDirectory(
        DirectoryConfig.of(
            slapd.address(),
            SampleDistrict.SERVICE_DN,
            passwords.service(),
            SampleDistrict.BASE_DN),
        new PublishConfig(new DirectoryName("district"), rules, Optional.of(authorities)),
        Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    directory.close();
    slapd.close();
  }

  @AfterAll
  static void tell() throws Exception {
    PeerReport.add("slapd, ldapsearch, openssl, gpgsm: %d times used\n".formatted(used));
    assertThat(used).isPositive();
  }

  @Test
  void letsAnybodyEncryptToARecipientWhoseCertificateLdapsearchFindsByMailInEitherForm()
      throws Exception {
    Subject person = people(1).getFirst();
    SampleChain.Person recipient = chain.person("Recipient");
    destination().change(person.id(), chain.inBothForms(recipient.certificate(), true));
    Path key = folder.resolve("key.der");
    Files.write(key, recipient.keys().getPrivate().getEncoded());

    String mail = "(mail=" + person.mail().orElseThrow() + ")";
    Path certificate = folder.resolve("found.der");
    Files.write(certificate, found(mail, "userCertificate").getFirst().toArray());
    Path fromCertificate = folder.resolve("a.pem");
    openssl("x509", "-inform", "DER", "-in", certificate, "-out", fromCertificate);
    assertThat(encryptedAndDecrypted(fromCertificate, key)).isEqualTo("Grüße");

    Path message = folder.resolve("found.p7");
    Files.write(message, found(mail, "userSMIMECertificate").getFirst().toArray());
    Path fromMessage = folder.resolve("b.pem");
    openssl("pkcs7", "-inform", "DER", "-in", message, "-print_certs", "-out", fromMessage);
    assertThat(Files.readString(fromMessage).split("BEGIN CERT", -1))
        .as("with its chain")
        .hasSize(3);
    assertThat(encryptedAndDecrypted(fromMessage, key)).isEqualTo("Grüße");
    assertThat(openssl("cms", "-cmsout", "-print", "-inform", "DER", "-in", message))
        .contains("pkcs7-signedData", "signerInfos", "<EMPTY>", "CN=Recipient");
  }

  @Test
  void givesGpgsmAMessageThatItTakesBothCertificatesFrom() throws Exception {
    Subject person = people(1).getFirst();
    destination().change(person.id(), chain.inBothForms(chain.certificate("ours"), true));
    Path message = folder.resolve("found.p7");
    String byName = "(uid=" + person.login().orElseThrow() + ")";
    Files.write(message, found(byName, "userSMIMECertificate").getFirst().toArray());
    Path home = Files.createDirectory(folder.resolve("gnupg"));
    try {
      used++;
      assertThat(
              Slapd.run(
                  Slapd.program("gpgsm"),
                  "--homedir",
                  home.toString(),
                  "--batch",
                  "--disable-dirmngr",
                  "--import",
                  message.toString()))
          .contains("imported: 2");
    } finally {
      Slapd.run(Slapd.program("gpgconf"), "--homedir", home.toString(), "--kill", "gpg-agent");
    }
  }

  @Test
  void leavesForeignValuesOfBothAttributesUntouched() throws Exception {
    Subject person = people(1).getFirst();
    Bytes foreign = chain.certificate("foreign");
    Bytes foreignMessage = ValueChange.ofMessage(foreign, List.of()).value();
    administrator(
        admin ->
            admin.modify(
                person.directoryName(),
                List.of(
                    new Modification(
                        ModificationType.ADD, "userCertificate;binary", foreign.toArray()),
                    new Modification(
                        ModificationType.ADD, "userSMIMECertificate", foreignMessage.toArray()))));
    Bytes first = chain.certificate("first");
    Bytes second = chain.certificate("second");
    String byName = "(uid=" + person.login().orElseThrow() + ")";
    List<ValueChange> both = new ArrayList<>(chain.inBothForms(first, true));
    both.addAll(chain.inBothForms(second, true));

    destination().change(person.id(), both);
    destination().change(person.id(), both);
    assertThat(found(byName, "userCertificate")).containsExactlyInAnyOrder(foreign, first, second);
    assertThat(found(byName, "userSMIMECertificate")).hasSize(3).contains(foreignMessage);

    destination().change(person.id(), chain.inBothForms(first, false));
    assertThat(found(byName, "userCertificate")).containsExactlyInAnyOrder(foreign, second);
    assertThat(found(byName, "userSMIMECertificate")).hasSize(2).contains(foreignMessage);

    destination().change(person.id(), chain.inBothForms(second, false));
    assertThat(found(byName, "userCertificate")).containsExactly(foreign);
    assertThat(found(byName, "userSMIMECertificate")).containsExactly(foreignMessage);
  }

  @Test
  void tellsOfAnAuthorityWhatOpensslReadsAndReplacesItsLists() throws Exception {
    Destination destination = destination();
    destination.post(new Posting("people", Posting.Kind.CERTIFICATES, List.of(chain.authority())));
    destination.post(new Posting("people-p3", Posting.Kind.DELTA, List.of(chain.list(3))));
    for (int entries : List.of(1, 2)) {
      destination.post(new Posting("people", Posting.Kind.LIST, List.of(chain.list(entries))));
      destination.post(
          new Posting("root", Posting.Kind.LIST_OF_AUTHORITIES, List.of(chain.list(entries))));
      assertThat(revoked("(cn=people)", "certificateRevocationList")).isEqualTo(entries);
      assertThat(revoked("(cn=root)", "certificateRevocationList")).isEqualTo(entries);
      assertThat(revoked("(cn=root)", "authorityRevocationList")).isEqualTo(entries);
    }
    assertThat(revoked("(cn=people-p3)", "deltaRevocationList")).isEqualTo(3);
    Path authority = folder.resolve("ca.der");
    Files.write(authority, found("(cn=people)", "cACertificate").getFirst().toArray());
    assertThat(openssl("x509", "-inform", "DER", "-in", authority, "-noout", "-subject"))
        .contains("Sample CA");
  }

  @Test
  void takesAListOfTheLargestSizeThatIsWritten() throws Exception {
    int entries = 80_000;
    Bytes list = chain.list(entries);
    assertThat((long) list.length())
        .isBetween(PublicationRules.USUAL_LIST * 8 / 10, PublicationRules.USUAL_LIST);
    destination().post(new Posting("people", Posting.Kind.LIST, List.of(list)));
    assertThat(revoked("(cn=people)", "certificateRevocationList")).isEqualTo(entries);
  }

  @Test
  void saysWhatIsMissingWhereTheAccountHasNoRight() throws Exception {
    try (LdapDirectory elsewhere = directory(SampleDistrict.BASE_DN)) {
      assertThatExceptionOfType(EntryRefused.class)
          .isThrownBy(
              () ->
                  elsewhere
                      .destinations()
                      .getFirst()
                      .post(new Posting("people", Posting.Kind.LIST, List.of(chain.list(1)))))
          .withMessageContaining("insufficient access rights")
          .withMessageContaining("let the account add entries below " + SampleDistrict.BASE_DN);
    }
    try (var account =
        new LDAPConnection(
            "127.0.0.1",
            slapd.address().getPort(),
            SampleDistrict.SERVICE_DN,
            passwords.service())) {
      String dn = people(1).getFirst().directoryName();
      for (Modification forbidden :
          List.of(
              new Modification(ModificationType.REPLACE, "mail", "x@y.example"),
              new Modification(ModificationType.ADD, "objectClass", "domainRelatedObject"))) {
        assertThatExceptionOfType(LDAPException.class)
            .isThrownBy(() -> account.modify(dn, forbidden))
            .matches(
                refused -> refused.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS));
      }
    }
  }

  @Test
  void catchesUpAfterAnOutage() throws Exception {
    Subject person = people(1).getFirst();
    String byName = "(uid=" + person.login().orElseThrow() + ")";
    try (var house = new PublishingHouse()) {
      OutboxWorker worker = house.publishing(directory).desks().getFirst().certificates();
      StoredCertificate withdrawn = house.issue(person.id(), chain.certificate("withdrawn"));
      assertThat(worker.work()).isOne();
      slapd.close();
      StoredCertificate kept = house.issue(person.id(), chain.certificate("kept"));
      house.withdraw(withdrawn);
      assertThat(worker.work()).isZero();
      assertThat(house.books().backlogs().all().getFirst().waiting()).isEqualTo(2);

      slapd.start();
      workUntilNothingWaits(house, worker);
      assertThat(found(byName, "userCertificate")).containsExactly(kept.encoded());
    }
  }

  @Test
  void losesNothingAndLeavesNothingWhenTheServerIsKilledInTheMiddle() throws Exception {
    List<Subject> people = people(100);
    Map<Subject, Set<Bytes>> expected = new HashMap<>();
    try (var house = new PublishingHouse()) {
      OutboxWorker worker = house.publishing(directory).desks().getFirst().certificates();
      for (int round = 0; round < 3; round++) {
        for (Subject person : people) {
          StoredCertificate kept = house.issue(person.id(), chain.certificate("kept " + round));
          StoredCertificate withdrawn =
              house.issue(person.id(), chain.certificate("withdrawn " + round));
          house.withdraw(withdrawn);
          expected.computeIfAbsent(person, _ -> new HashSet<>()).add(kept.encoded());
        }
        Thread working = Thread.ofPlatform().start(worker::work);
        TimeUnit.MILLISECONDS.sleep(100L + 70L * round);
        slapd.kill();
        working.join();
        assertThat(house.books().backlogs().all().getFirst().waiting())
            .as("killed in the middle")
            .isPositive();
        slapd.start();
        workUntilNothingWaits(house, worker);
      }
    }
    for (Subject person : people) {
      assertThat(found("(uid=" + person.login().orElseThrow() + ")", "userCertificate"))
          .containsExactlyInAnyOrderElementsOf(expected.getOrDefault(person, Set.of()));
    }
  }

  private static void workUntilNothingWaits(PublishingHouse house, OutboxWorker worker)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (house.books().backlogs().all().getFirst().waiting() > 0) {
      worker.work();
      assertThat(System.nanoTime()).as("in a minute").isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private Destination destination() {
    return directory.destinations().getFirst();
  }

  private List<Subject> people(int count) throws DirectoryUnavailable {
    return directory.search(HASSFURT, SubjectKind.PERSON, "", 500).stream()
        .filter(person -> person.mail().isPresent() && person.login().isPresent())
        .limit(count)
        .toList();
  }

  private String encryptedAndDecrypted(Path certificate, Path key) throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "Grüße");
    Path encrypted = folder.resolve("encrypted");
    Path decrypted = folder.resolve("decrypted");
    openssl("cms", "-encrypt", "-aes256", "-binary", "-in", text, "-out", encrypted, certificate);
    openssl(
        "cms", "-decrypt", "-keyform", "DER", "-inkey", key, "-in", encrypted, "-out", decrypted);
    return Files.readString(decrypted);
  }

  private long revoked(String filter, String attribute) throws Exception {
    Path list = folder.resolve("found.crl");
    Files.write(list, found(filter, attribute).getFirst().toArray());
    return openssl("crl", "-inform", "DER", "-in", list, "-noout", "-text")
        .lines()
        .filter(line -> line.contains("Serial Number:"))
        .count();
  }

  private static String openssl(Object... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Slapd.program("openssl")));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    used++;
    return Slapd.run(command.toArray(String[]::new));
  }

  /** The values of an attribute, as anybody who may log in finds them. */
  private List<Bytes> found(String filter, String attribute) throws Exception {
    used++;
    String ldif =
        Slapd.run(
            Slapd.program("ldapsearch"),
            "-x",
            "-LLL",
            "-o",
            "ldif-wrap=no",
            "-H",
            slapd.address().toString(),
            "-D",
            SampleDistrict.cast().applicant().dn(),
            "-w",
            passwords.people(),
            "-b",
            SampleDistrict.BASE_DN,
            filter,
            attribute);
    return ldif.lines()
        .filter(line -> line.startsWith(attribute))
        .map(line -> line.substring(line.indexOf(":: ") + 3))
        .map(value -> Bytes.of(Base64.getDecoder().decode(value)))
        .toList();
  }

  private interface Change {
    void on(LDAPConnection administrator) throws Exception;
  }

  private void administrator(Change change) throws Exception {
    try (var admin =
        new LDAPConnection(
            "127.0.0.1",
            slapd.address().getPort(),
            SampleDistrict.ADMINISTRATOR_DN,
            passwords.administrator())) {
      change.on(admin);
    }
  }
}
