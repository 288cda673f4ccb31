package de.kreissiegel.ldap.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import de.kreissiegel.ca.publication.Destination;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.ca.publication.Posting.Kind;
import de.kreissiegel.ca.publication.PublicationRules;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.SambaDc;
import de.kreissiegel.ldap.follow.FollowSettings;
import de.kreissiegel.ldap.mapping.IdAttribute;
import de.kreissiegel.ldap.mapping.MappingFile;
import de.kreissiegel.ldap.server.Account;
import de.kreissiegel.ldap.server.ServerConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is written into an Active Directory, here Samba's, by an account with the rights of the
 * handbook.
 */
@Tag("peer")
class ActiveDirectoryPeerTest {
  private static final String SERVICES =
      "CN=Public Key Services,CN=Services,CN=Configuration," + SambaDc.BASE;
  private static final String USERS = "CN=Users," + SambaDc.BASE;
  private static final String PASSWORD = "Kreis-Siegel-2026";

  /** schemaIDGUIDs (MS-ADA3, MS-ADSC). */
  private static final String USER_CERTIFICATE = "bf967a7f-0de6-11d0-a285-00aa003049e2";

  private static final String USER_SMIME_CERTIFICATE = "e16a9db2-403c-11d1-a9c0-0000f80367c1";
  private static final String USER = "bf967aba-0de6-11d0-a285-00aa003049e2";
  private static final String GROUP = "bf967a9c-0de6-11d0-a285-00aa003049e2";
  private static final String CERTIFICATION_AUTHORITY = "3fdfee50-47f4-11d1-a9c3-0000f80367c1";
  private static final String DISTRIBUTION_POINT = "167758ca-47f3-11d1-a9c3-0000f80367c1";
  @TempDir private static Path folder;
  private static SambaDc samba;
  private static LDAPConnection connection;
  private static SampleChain chain;
  private static LdapDirectory directory;
  private static LdapDirectory asAdministrator;

  @BeforeAll
  static void start() throws Exception {
    chain = new SampleChain();
    samba = new SambaDc(folder);
    var sockets =
        new SSLUtil(new PEMFileTrustManager(samba.anchor().toFile())).createSSLSocketFactory();
    connection =
        new LDAPConnection(
            sockets, samba.address().getHost(), 636, SambaDc.ADMINISTRATOR, SambaDc.PASSWORD);
    samba.tool("user", "create", "erika", SambaDc.PASSWORD);
    samba.tool("group", "add", "poststelle", "--mail-address=poststelle@ks.test");
    samba.tool("user", "create", "kreissiegel", PASSWORD);
    grant("CN=kreissiegel," + USERS);
    directory = directory("kreissiegel@ks.test", PASSWORD);
    asAdministrator = directory(SambaDc.ADMINISTRATOR, SambaDc.PASSWORD);
  }

  private static LdapDirectory directory(String account, String password) throws Exception {
    var server =
        new ServerConfig(
            List.of(samba.address()),
            false,
            Optional.of(samba.anchor()),
            new Account.Password(account, password));
    var name = new DirectoryName("ad");
    return new LdapDirectory(
        new DirectoryConfig(
            name,
            server,
            USERS,
            new FollowSettings(
                Optional.empty(),
                Duration.ofSeconds(2),
                new FollowSettings.Every(Duration.ofHours(1)),
                FollowSettings.SILENCE),
            MappingFile.bundled("active-directory")),
        new PublishConfig(
            name,
            new PublicationRules(
                true, true, PublicationRules.USUAL_LIST, Duration.ofDays(30), false),
            Optional.of(SERVICES)),
        Clock.systemUTC());
  }

  @AfterAll
  static void stop() throws Exception {
    directory.close();
    asAdministrator.close();
    connection.close();
    samba.close();
  }

  @Test
  void addsAndTakesAwayCertificatesAndMessagesValueByValue() throws Exception {
    Bytes foreign = chain.certificate("foreign");
    String dn = "CN=erika," + USERS;
    SubjectId erika = id(dn);
    Destination writer = directory.destinations().getFirst();
    connection.modify(
        dn, new Modification(ModificationType.ADD, "userCertificate", foreign.toArray()));
    Bytes first = chain.certificate("first");
    Bytes second = chain.certificate("second");
    for (int i = 0; i < 2; i++) {
      writer.change(erika, chain.inBothForms(first, true));
      writer.change(erika, chain.inBothForms(second, true));
    }
    assertThat(values(dn, "userCertificate")).containsExactlyInAnyOrder(foreign, first, second);
    assertThat(values(dn, "userSMIMECertificate")).hasSize(2);

    writer.change(erika, chain.inBothForms(first, false));
    assertThat(values(dn, "userCertificate")).containsExactlyInAnyOrder(foreign, second);
    assertThat(values(dn, "userSMIMECertificate")).hasSize(1);
  }

  @Test
  void writesBothFormsIntoTheGroupOfAFunctionsMailbox() throws Exception {
    String dn = "CN=poststelle," + USERS;
    Bytes ours = chain.certificate("ours");
    directory.destinations().getFirst().change(id(dn), chain.inBothForms(ours, true));
    assertThat(values(dn, "userCertificate")).containsExactly(ours);
    assertThat(values(dn, "userSMIMECertificate")).hasSize(1);
  }

  @Test
  void saysWhatRightIsMissing() {
    var posting = new Posting("people", Kind.LOGON_AUTHORITY, List.of(chain.authority()));
    assertThatExceptionOfType(EntryRefused.class)
        .isThrownBy(() -> directory.destinations().getFirst().post(posting))
        .withMessageContaining("NTAuthCertificates")
        .withMessageContaining("insufficient access rights");
  }

  @Test
  void tellsOfAuthoritiesInTheContainersOfPublicKeyServices() throws Exception {
    Destination writer = directory.destinations().getFirst();
    for (int entries : List.of(1, 2)) {
      Bytes list = chain.list(entries);
      writer.post(new Posting("people", Kind.CERTIFICATES, List.of(chain.authority())));
      writer.post(new Posting("people", Kind.LIST, List.of(list)));
      writer.post(new Posting("people", Kind.DELTA, List.of(list)));
      assertThat(values("CN=people,CN=AIA," + SERVICES, "cACertificate"))
          .containsExactly(chain.authority());
      assertThat(values("CN=people,CN=CDP," + SERVICES, "certificateRevocationList"))
          .containsExactly(list);
      assertThat(values("CN=people,CN=CDP," + SERVICES, "deltaRevocationList"))
          .containsExactly(list);
    }
  }

  @Test
  void addsALogonAuthorityToThoseOfOthers() throws Exception {
    Destination writer = asAdministrator.destinations().getFirst();
    Bytes foreign = chain.certificate("foreign authority");
    writer.post(new Posting("other", Kind.LOGON_AUTHORITY, List.of(foreign)));
    writer.post(new Posting("people", Kind.LOGON_AUTHORITY, List.of(chain.authority())));
    writer.post(new Posting("people", Kind.LOGON_AUTHORITY, List.of(chain.authority())));
    assertThat(values("CN=NTAuthCertificates," + SERVICES, "cACertificate"))
        .containsExactlyInAnyOrder(foreign, chain.authority());
  }

  private static SubjectId id(String dn) throws LDAPException {
    return new IdAttribute("objectGUID").of(connection.getEntry(dn, "objectGUID"));
  }

  private static List<Bytes> values(String dn, String attribute) throws LDAPException {
    return Arrays.stream(
            connection.getEntry(dn, attribute).getAttribute(attribute).getValueByteArrays())
        .map(Bytes::of)
        .toList();
  }

  /** The rights of the handbook, and no more: on people's certificates and the two containers. */
  private static void grant(String account) throws Exception {
    String sid = sid(connection.getEntry(account, "objectSid").getAttributeValueBytes("objectSid"));
    for (String attribute : List.of(USER_CERTIFICATE, USER_SMIME_CERTIFICATE)) {
      for (String kind : List.of(USER, GROUP)) {
        allow(USERS, "(OA;CIIO;WP;%s;%s;%s)".formatted(attribute, kind, sid));
      }
    }
    for (var container :
        Map.of("CN=AIA,", CERTIFICATION_AUTHORITY, "CN=CDP,", DISTRIBUTION_POINT).entrySet()) {
      String dn = container.getKey() + SERVICES;
      allow(dn, "(OA;;CC;%s;;%s)".formatted(container.getValue(), sid));
      allow(dn, "(OA;CIIO;WP;;%s;%s)".formatted(container.getValue(), sid));
    }
  }

  private static void allow(String dn, String sddl) throws Exception {
    samba.tool("dsacl", "set", "--objectdn=" + dn, "--sddl=" + sddl);
  }

  /** MS-DTYP §2.4.2. */
  private static String sid(byte[] octets) {
    ByteBuffer buffer = ByteBuffer.wrap(octets).order(ByteOrder.LITTLE_ENDIAN).position(8);
    var text = new StringBuilder("S-1-").append(octets[7]);
    while (buffer.hasRemaining()) {
      text.append('-').append(Integer.toUnsignedString(buffer.getInt()));
    }
    return text.toString();
  }
}
