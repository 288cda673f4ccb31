package de.kreissiegel.ldap.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.ca.publication.Posting.Kind;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryWriterTest {
  private static final String BASE = "dc=example";
  private static final String PKI = "ou=pki," + BASE;
  private static final SubjectId ERIKA = new SubjectId("erika");
  private static final SubjectId LAPTOP = new SubjectId("laptop");
  private static final String ERIKAS = "uid=erika," + BASE;
  private static final String CERTIFICATE = "userCertificate;binary";
  private static final String MESSAGE = "userSMIMECertificate;binary";

  private static final Bytes PLACEHOLDER = Bytes.of(new byte[] {0});

  private static InMemoryDirectoryServer server;
  private static SampleChain chain;
  private static LDAPConnection connection;
  private final StrictEntries entries = new StrictEntries(connection, BASE);
  private final DirectoryWriter writer = new DirectoryWriter(config(), entries);

  @BeforeAll
  static void start() throws Exception {
    chain = new SampleChain();
    server = new InMemoryDirectoryServer(new InMemoryDirectoryServerConfig(BASE));
    server.startListening();
    connection = server.getConnection();
  }

  @AfterAll
  static void stop() {
    connection.close();
    server.shutDown(true);
  }

  @BeforeEach
  void fill() throws Exception {
    server.clear();
    server.add("dn: " + BASE, "objectClass: domain", "dc: example");
    server.add(
        "dn: " + ERIKAS, "objectClass: inetOrgPerson", "uid: erika", "cn: Erika", "sn: Muster");
    server.add("dn: cn=laptop," + BASE, "objectClass: device", "cn: laptop");
    server.add("dn: " + PKI, "objectClass: organizationalUnit", "ou: pki");
  }

  @Test
  void addsAndTakesAwayOneCertificateAndTouchesNoOther() throws Exception {
    Bytes foreign = chain.certificate("foreign");
    Bytes ours = chain.certificate("ours");
    put(CERTIFICATE, foreign);

    for (int i = 0; i < 2; i++) {
      writer.change(ERIKA, List.of(ValueChange.ofCertificate(ours, true)));
      assertThat(values(ERIKAS, CERTIFICATE)).containsExactlyInAnyOrder(foreign, ours);
    }
    for (int i = 0; i < 2; i++) {
      writer.change(ERIKA, List.of(ValueChange.ofCertificate(ours, false)));
      assertThat(values(ERIKAS, CERTIFICATE)).containsExactly(foreign);
    }
    assertThat(entries.modified).as("what is as it shall be isn't written again").isEqualTo(2);
  }

  @Test
  void writesACertificateInBothFormsAndTakesBothOut() throws Exception {
    Bytes ours = chain.certificate("ours");

    writer.change(ERIKA, chain.inBothForms(ours, true));
    assertThat(values(ERIKAS, CERTIFICATE)).containsExactly(ours);
    assertThat(values(ERIKAS, MESSAGE)).hasSize(1);

    writer.change(ERIKA, chain.inBothForms(ours, false));
    assertThat(values(ERIKAS, CERTIFICATE)).isEmpty();
    assertThat(values(ERIKAS, MESSAGE)).isEmpty();
  }

  @Test
  void replacesAMessageWhoseChainHasChanged() throws Exception {
    Bytes ours = chain.certificate("ours");
    writer.change(ERIKA, List.of(ValueChange.ofMessage(ours, List.of())));

    ValueChange withChain = ValueChange.ofMessage(ours, List.of(chain.authority()));
    writer.change(ERIKA, List.of(withChain));

    assertThat(values(ERIKAS, MESSAGE)).containsExactly(withChain.value());
  }

  @Test
  void changesMessagesOfAServerThatCantCompareThemAndKeepsForeignOnes() throws Exception {
    Bytes foreign = ValueChange.ofMessage(chain.certificate("foreign"), List.of()).value();
    put(MESSAGE, foreign);
    Bytes ours = chain.certificate("ours");
    entries.comparesMessages = false;

    writer.change(ERIKA, chain.inBothForms(ours, true));
    assertThat(values(ERIKAS, MESSAGE)).hasSize(2).contains(foreign);

    writer.change(ERIKA, chain.inBothForms(ours, false));
    assertThat(values(ERIKAS, MESSAGE)).containsExactly(foreign);
    assertThat(values(ERIKAS, CERTIFICATE)).isEmpty();
  }

  @Test
  void beginsAgainWhenSomebodyElseChangesTheMessagesInBetween() throws Exception {
    Bytes foreign = ValueChange.ofMessage(chain.certificate("foreign"), List.of()).value();
    put(MESSAGE, ValueChange.ofMessage(chain.certificate("first"), List.of()).value());
    entries.comparesMessages = false;
    entries.beforeModify.add(() -> {}); // refused, for messages can't be compared
    entries.beforeModify.add(() -> put(MESSAGE, foreign));

    writer.change(ERIKA, chain.inBothForms(chain.certificate("ours"), true));

    assertThat(values(ERIKAS, MESSAGE)).hasSize(3).contains(foreign);
  }

  @Test
  void leavesTheOptionBinaryOutWhereTheServerDoesNotKnowIt() throws Exception {
    Bytes ours = chain.certificate("ours");
    entries.takesOptionOfMessages = false;

    writer.change(ERIKA, chain.inBothForms(ours, true));
    assertThat(values(ERIKAS, MESSAGE)).isEmpty();
    assertThat(values(ERIKAS, "userSMIMECertificate")).hasSize(1);

    writer.change(ERIKA, chain.inBothForms(ours, false));
    assertThat(values(ERIKAS, "userSMIMECertificate")).isEmpty();
  }

  @Test
  void letsADeviceHoldACertificateByAClassAndGivesItNoMessage() throws Exception {
    Bytes ours = chain.certificate("ours");

    writer.change(LAPTOP, chain.inBothForms(ours, true));

    Entry device = connection.getEntry("cn=laptop," + BASE);
    assertThat(device.hasObjectClass("pkiUser")).isTrue();
    assertThat(device.hasAttribute("userSMIMECertificate")).isFalse();
    assertThat(values(device.getDN(), CERTIFICATE)).containsExactly(ours);
  }

  @Test
  void takesAnEntryThatIsGoneForDone() throws Exception {
    writer.change(new SubjectId("nobody"), chain.inBothForms(chain.certificate("x"), true));
    entries.beforeModify.add(() -> connection.delete(ERIKAS));
    writer.change(ERIKA, chain.inBothForms(chain.certificate("x"), true));
    assertThat(connection.getEntry(ERIKAS)).isNull();
  }

  @Test
  void findsAnEntryThatMovesMeanwhile() throws Exception {
    Bytes ours = chain.certificate("ours");
    entries.beforeModify.add(() -> connection.modifyDN(ERIKAS, "cn=Erika", false));

    writer.change(ERIKA, List.of(ValueChange.ofCertificate(ours, true)));

    assertThat(values("cn=Erika," + BASE, CERTIFICATE)).containsExactly(ours);
  }

  @Test
  void tellsARefusalFromAnOutage() {
    var change = List.of(ValueChange.ofCertificate(Bytes.of(new byte[] {0x30, 0}), true));
    entries.answer = ResultCode.INSUFFICIENT_ACCESS_RIGHTS;
    assertThatExceptionOfType(EntryRefused.class)
        .isThrownBy(() -> writer.change(ERIKA, change))
        .withMessageContaining(ERIKAS)
        .withMessageContaining("insufficient access rights");
    for (ResultCode out :
        List.of(
            ResultCode.SERVER_DOWN,
            ResultCode.BUSY,
            ResultCode.UNAVAILABLE,
            ResultCode.TIMEOUT,
            ResultCode.CONNECT_ERROR,
            ResultCode.INVALID_CREDENTIALS)) {
      entries.answer = out;
      assertThatExceptionOfType(DirectoryUnavailable.class)
          .as(out.getName())
          .isThrownBy(() -> writer.change(ERIKA, change));
    }
  }

  @Test
  void makesAnEntryForAnAuthorityAndReplacesWhatItSays() throws Exception {
    Bytes first = chain.list(1);
    Bytes second = chain.list(2);
    writer.post(new Posting("people", Kind.CERTIFICATES, List.of(chain.authority())));
    writer.post(new Posting("people", Kind.LIST, List.of(first)));
    writer.post(new Posting("people", Kind.LIST, List.of(second)));
    writer.post(new Posting("people", Kind.DELTA, List.of(first)));
    int modified = entries.modified;
    writer.post(new Posting("people", Kind.LIST, List.of(second)));

    String dn = "cn=people," + PKI;
    assertThat(entries.modified).isEqualTo(modified);
    assertThat(values(dn, "cACertificate;binary")).containsExactly(chain.authority());
    assertThat(values(dn, "certificateRevocationList;binary")).containsExactly(second);
    assertThat(values(dn, "deltaRevocationList;binary")).containsExactly(first);
    assertThat(values(dn, "authorityRevocationList;binary")).isEmpty();
  }

  @Test
  void tellsTheListOfAnAuthorityOfAuthoritiesInBothAttributes() throws Exception {
    Bytes list = chain.list(1);
    writer.post(new Posting("root", Kind.LIST_OF_AUTHORITIES, List.of(list)));

    for (String name : List.of("certificateRevocationList", "authorityRevocationList")) {
      assertThat(values("cn=root," + PKI, name + ";binary")).containsExactly(list);
    }
  }

  @Test
  void takesAwayWhatThereIsNothingToSayOfAndMakesNoEntryForIt() throws Exception {
    writer.post(new Posting("people-p3", Kind.LIST, List.of()));
    assertThat(connection.getEntry("cn=people-p3," + PKI)).isNull();

    writer.post(new Posting("people-p3", Kind.LIST, List.of(chain.list(1))));
    writer.post(new Posting("people-p3", Kind.LIST, List.of()));
    assertThat(values("cn=people-p3," + PKI, "certificateRevocationList;binary")).isEmpty();
  }

  @Test
  void usesAnEntryThatSomebodyElseMade() throws Exception {
    server.add("dn: cn=people," + PKI, "objectClass: applicationProcess", "cn: people");
    Bytes list = chain.list(1);

    writer.post(new Posting("people", Kind.LIST, List.of(list)));
    writer.post(new Posting("people", Kind.DELTA, List.of(list)));

    assertThat(values("cn=people," + PKI, "certificateRevocationList;binary"))
        .containsExactly(list);
    assertThat(values("cn=people," + PKI, "deltaRevocationList;binary")).containsExactly(list);
  }

  @Test
  void saysWhatToDoWhereItsPlaceIsMissingOrClosed() throws Exception {
    var posting = new Posting("people", Kind.LIST, List.of(chain.list(1)));
    server.delete(PKI);
    assertThatExceptionOfType(EntryRefused.class)
        .isThrownBy(() -> writer.post(posting))
        .withMessageContaining("make the entry " + PKI + " first");
    entries.answer = ResultCode.INSUFFICIENT_ACCESS_RIGHTS;
    assertThatExceptionOfType(EntryRefused.class)
        .isThrownBy(() -> writer.post(posting))
        .withMessageContaining("let the account add entries below " + PKI);
  }

  @Test
  void writesToAnActiveDirectoryWithoutTheOptionBinaryAndIntoItsContainers() throws Exception {
    entries.activeDirectory = true;
    Bytes ours = chain.certificate("ours");
    writer.change(ERIKA, chain.inBothForms(ours, true));
    assertThat(values(ERIKAS, "userCertificate")).containsExactly(ours);
    assertThat(values(ERIKAS, "userSMIMECertificate")).hasSize(1);

    for (String container : List.of("AIA", "CDP")) {
      server.add(
          "dn: cn=" + container + "," + PKI, "objectClass: applicationProcess", "cn: " + container);
    }
    addAuthority("cn=people,cn=AIA," + PKI);
    writer.post(new Posting("people", Kind.CERTIFICATES, List.of(chain.authority())));
    writer.post(new Posting("people", Kind.LIST, List.of(chain.list(1))));
    assertThat(values("cn=people,cn=AIA," + PKI, "cACertificate"))
        .containsExactly(chain.authority());
    assertThat(values("cn=people,cn=CDP," + PKI, "certificateRevocationList")).hasSize(1);
  }

  @Test
  void addsALogonAuthorityToThoseOfOthersAndTakesNoneAway() throws Exception {
    entries.activeDirectory = true;
    Bytes foreign = chain.certificate("foreign authority");
    String dn = "cn=NTAuthCertificates," + PKI;
    addAuthority(dn);
    for (Bytes certificate : List.of(foreign, chain.authority(), chain.authority())) {
      writer.post(new Posting("people", Kind.LOGON_AUTHORITY, List.of(certificate)));
    }
    assertThat(values(dn, "cACertificate"))
        .containsExactly(PLACEHOLDER, foreign, chain.authority());
  }

  /** In an Active Directory's schema the class is structural. */
  private static void addAuthority(String dn) throws Exception {
    server.add(
        "dn: " + dn,
        "objectClass: applicationProcess",
        "objectClass: certificationAuthority",
        "cn: " + dn.substring("cn=".length(), dn.indexOf(',')),
        "cACertificate:: AA==",
        "authorityRevocationList:: AA==",
        "certificateRevocationList:: AA==");
  }

  @Test
  void refusesALogonAuthorityElsewhere() {
    var posting = new Posting("people", Kind.LOGON_AUTHORITY, List.of(chain.authority()));
    assertThatExceptionOfType(EntryRefused.class).isThrownBy(() -> writer.post(posting));
  }

  @Test
  void refusesAConfigurationWithoutAPlace() {
    var rules =
        new PublicationRules(false, true, PublicationRules.USUAL_LIST, Duration.ZERO, false);
    var name = new DirectoryName("x");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PublishConfig(name, rules, Optional.empty()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PublishConfig(name, rules, Optional.of("not a name")));
  }

  private static PublishConfig config() {
    return new PublishConfig(
        new DirectoryName("district"),
        new PublicationRules(true, true, PublicationRules.USUAL_LIST, Duration.ofDays(30), false),
        Optional.of(PKI));
  }

  private static void put(String attribute, Bytes value) throws LDAPException {
    connection.modify(ERIKAS, new Modification(ModificationType.ADD, attribute, value.toArray()));
  }

  private static List<Bytes> values(String dn, String description) throws LDAPException {
    Attribute attribute = connection.getEntry(dn).getAttribute(description);
    return attribute == null
        ? List.of()
        : Arrays.stream(attribute.getValueByteArrays()).map(Bytes::of).toList();
  }
}
