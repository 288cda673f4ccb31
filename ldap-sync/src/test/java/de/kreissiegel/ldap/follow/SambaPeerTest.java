package de.kreissiegel.ldap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.util.ssl.PEMFileTrustManager;
import com.unboundid.util.ssl.SSLUtil;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.roster.Observation.Gone;
import de.kreissiegel.ca.roster.Observation.Present;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.SambaDc;
import de.kreissiegel.ldap.Slapd;
import de.kreissiegel.ldap.mapping.MappingFile;
import de.kreissiegel.ldap.server.Account;
import de.kreissiegel.ldap.server.Connections;
import de.kreissiegel.ldap.server.ServerConfig;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Samba's Active Directory. */
@Tag("peer")
class SambaPeerTest {
  private static final String PASSWORD = "Kreis-Siegel-2026";

  /** May replicate changes; the other one has no right but that of every account. */
  private static final String REPLICATOR = "ks-replication";

  private static final String READER = "ks-reader";
  private static final String FIRST = "OU=First," + SambaDc.BASE;
  private static final String SECOND = "OU=Second," + SambaDc.BASE;
  @TempDir static Path folder;
  private static SambaDc samba;
  private static LDAPConnection administrator;
  private final MemoryIntake intake = new MemoryIntake();
  private LdapDirectory directory;
  private DirectoryFollower follower;

  @BeforeAll
  static void start() throws Exception {
    samba = new SambaDc(folder);
    administrator =
        new LDAPConnection(
            new SSLUtil(new PEMFileTrustManager(samba.anchor().toFile())).createSSLSocketFactory(),
            samba.address().getHost(),
            636,
            SambaDc.ADMINISTRATOR,
            SambaDc.PASSWORD);
    for (String name : List.of(REPLICATOR, READER)) {
      samba.tool("user", "create", name, PASSWORD);
    }
    samba.tool(
        "dsacl",
        "set",
        "--objectdn=" + SambaDc.BASE,
        "--trusteedn=CN=" + REPLICATOR + ",CN=Users," + SambaDc.BASE,
        "--car=get-changes",
        "--action=allow");
    samba.showDeletedObjects("CN=" + REPLICATOR + ",CN=Users," + SambaDc.BASE);
    for (String tenant : List.of("First", "Second")) {
      administrator.add(
          "dn: OU=" + tenant + "," + SambaDc.BASE,
          "objectClass: organizationalUnit",
          "ou: " + tenant,
          "description: Gemeinde " + tenant,
          "uPNSuffixes: " + tenant.toLowerCase(Locale.ROOT) + ".example");
    }
  }

  @AfterAll
  static void stop() throws Exception {
    if (samba != null) {
      administrator.close();
      samba.close();
    }
  }

  @AfterEach
  void close() throws Exception {
    if (directory != null) {
      follower.close();
      directory.close();
    }
    for (String dn : List.of(FIRST, SECOND)) {
      for (var entry :
          administrator.search(dn, SearchScope.ONE, "(objectClass=*)", "1.1").getSearchEntries()) {
        administrator.delete(entry.getDN());
      }
    }
  }

  private void follow(String account) throws Exception {
    directory =
        new LdapDirectory(
            new DirectoryConfig(
                new DirectoryName("samba"),
                new ServerConfig(
                    List.of(samba.address()),
                    false,
                    Optional.of(samba.anchor()),
                    new Account.Password(account + "@ks.test", PASSWORD)),
                SambaDc.BASE,
                new FollowSettings(
                    Optional.empty(),
                    Duration.ofSeconds(1),
                    new FollowSettings.Every(Duration.ofHours(1)),
                    FollowSettings.SILENCE),
                MappingFile.bundled("active-directory")),
            Clock.systemUTC());
    follower = directory.follower(intake, Clock.systemUTC());
    look();
    intake.changes();
  }

  private void look() throws Exception {
    follower.look(Duration.ZERO);
  }

  private static String person(String name, String place) throws Exception {
    String dn = "CN=" + name + "," + place;
    administrator.add(
        "dn: " + dn,
        "objectClass: user",
        "cn: " + name,
        "sAMAccountName: " + name,
        "displayName: Person " + name,
        "givenName: Person",
        "sn: " + name,
        "mail: " + name + "@first.example",
        "userPrincipalName: " + name + "@ks.test",
        "userAccountControl: 544");
    return dn;
  }

  private static String group(String name, String mail, String... members) throws Exception {
    String dn = "CN=" + name + "," + FIRST;
    var lines =
        new ArrayList<>(
            List.of("dn: " + dn, "objectClass: group", "cn: " + name, "sAMAccountName: " + name));
    if (mail != null) {
      lines.addAll(List.of("mail: " + mail, "displayName: " + name));
    }
    List.of(members).forEach(member -> lines.add("member: " + member));
    administrator.add(lines.toArray(String[]::new));
    return dn;
  }

  private static void set(String dn, String attribute, String value) throws Exception {
    administrator.modify(dn, new Modification(ModificationType.REPLACE, attribute, value));
  }

  private Subject subject(String login) {
    return intake.roster().values().stream()
        .map(Present::subject)
        .filter(s -> s.login().orElse("").equals(login))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {REPLICATOR, READER})
  void followsPeopleBySuchMeansAsTheAccountHas(String account) throws Exception {
    String anna = person("anna", FIRST);
    String bert = person("bert", FIRST);
    follow(account);
    assertThat(follower.source())
        .contains(account.equals(REPLICATOR) ? SourceKind.DIR_SYNC : SourceKind.USN_CHANGED);
    assertThat(intake.roster()).hasSize(2);
    Subject before = subject("anna");
    assertThat(before.id().value()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(before.windowsAccount().orElseThrow().securityIdentifier()).startsWith("S-1-5-21-");
    assertThat(before.home()).isEqualTo(new TenantId("first.example"));
    assertThat(directory.find(before.id())).contains(before);

    look();
    assertThat(intake.changes()).isEmpty();
    set(anna, "userAccountControl", "546");
    look();
    assertThat(intake.changes())
        .singleElement()
        .matches(o -> o instanceof Present p && !p.subject().enabled());
    set(bert, "accountExpires", "116444736000000000");
    look();
    assertThat(intake.changes())
        .singleElement()
        .matches(o -> o instanceof Present p && !p.subject().enabled());
    administrator.modifyDN(anna, "CN=anna-maria", true, SECOND);
    look();
    assertThat(intake.changes())
        .singleElement()
        .matches(
            o ->
                o instanceof Present p
                    && p.id().equals(before.id())
                    && p.subject().home().value().equals("second.example"));
  }

  @Test
  void seesTombstonesByDirSync() throws Exception {
    String anna = person("anna", FIRST);
    person("bert", FIRST);
    follow(REPLICATOR);
    SubjectId id = subject("anna").id();
    administrator.delete(anna);
    look();
    assertThat(intake.changes()).containsExactly(new Gone(id, "entry deleted"));
  }

  @Test
  void seesWhoIsDeletedAtTheNextCompareWhereTombstonesAreHidden() throws Exception {
    String anna = person("anna", FIRST);
    person("bert", FIRST);
    follow(READER);
    SubjectId id = subject("anna").id();
    administrator.delete(anna);
    look();
    assertThat(intake.changes()).isEmpty();
    follower.close();
    follower = directory.follower(intake, Clock.offset(Clock.systemUTC(), Duration.ofHours(2)));
    look();
    assertThat(intake.changes()).containsExactly(new Gone(id, "entry deleted"));
  }

  @Test
  void goesOnFromItsCookieAfterARestart() throws Exception {
    String anna = person("anna", FIRST);
    String bert = person("bert", FIRST);
    follow(REPLICATOR);
    SubjectId id = subject("anna").id();
    follower.close();
    administrator.delete(anna);
    set(bert, "userAccountControl", "546");
    int reports = intake.reports();
    follower = directory.follower(intake, Clock.systemUTC());
    look();
    assertThat(intake.reports()).isEqualTo(reports + 1);
    assertThat(intake.changes()).hasSize(2).contains(new Gone(id, "entry deleted"));
  }

  @Test
  void knowsWhoHasAccessToAFunctionThroughGroupsWithinGroups() throws Exception {
    String anna = person("anna", FIRST);
    String bert = person("bert", FIRST);
    String inner = group("inner", null, bert);
    group("office", "office@first.example", anna, inner);
    administrator.modify(
        inner, new Modification(ModificationType.ADD, "member", "CN=office," + FIRST));
    follow(REPLICATOR);
    Present office =
        intake.roster().values().stream()
            .filter(p -> p.subject().kind() == SubjectKind.FUNCTION)
            .findFirst()
            .orElseThrow();
    assertThat(office.keyHolders()).isEqualTo(Set.of(subject("anna").id(), subject("bert").id()));
    administrator.modify(inner, new Modification(ModificationType.DELETE, "member", bert));
    look();
    List<Observation> changes = intake.changes();
    assertThat(changes)
        .singleElement()
        .matches(
            o -> o instanceof Present p && p.keyHolders().equals(Set.of(subject("anna").id())));
  }

  @Test
  void refusesAServerWhoseCertificateHasAnotherAnchor() throws Exception {
    var config =
        new ServerConfig(
            List.of(samba.address()),
            false,
            Optional.empty(),
            new Account.Password(READER + "@ks.test", PASSWORD));
    try (var connections = new Connections(config)) {
      assertThatExceptionOfType(LDAPException.class).isThrownBy(connections::features);
    }
  }

  @Test
  void logsInByKerberos() throws Exception {
    // What a whole domain controller registers by itself.
    samba.tool("spn", "add", "ldap/" + SambaDc.HOST, "DC1$");
    String said =
        Slapd.run(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.net.hosts.file=" + samba.hosts(),
            "-Djava.security.krb5.conf=" + samba.kerberosConfiguration(),
            "-cp",
            System.getProperty("java.class.path"),
            "de.kreissiegel.ldap.server.KerberosProcess",
            "ldaps://" + SambaDc.HOST,
            samba.anchor().toString(),
            READER + "@KS.TEST",
            samba.keytab(READER).toString(),
            SambaDc.BASE);
    assertThat(said).contains("read " + SambaDc.BASE);
  }
}
