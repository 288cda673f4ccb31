package de.kreissiegel.ldap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.roster.Observation.Gone;
import de.kreissiegel.ca.roster.Observation.Present;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.Slapd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content synchronisation with OpenLDAP's slapd and its overlay syncprov. */
@Tag("peer")
class SlapdSyncPeerTest {
  private static final int ENTRIES = 330;
  private static final Duration SOON = Duration.ofSeconds(5);
  @TempDir Path folder;
  private final MemoryIntake intake = new MemoryIntake();
  private Slapd slapd;
  private LdapDirectory directory;
  private DirectoryFollower follower;

  @BeforeEach
  void start() throws Exception {
    slapd = BigDistrict.slapd(folder, ENTRIES);
    directory = BigDistrict.directory(slapd);
    follower = directory.follower(intake, Clock.systemUTC());
    follower.look(SOON);
    intake.changes();
  }

  @AfterEach
  void stop() throws Exception {
    if (directory != null) {
      follower.close();
      directory.close();
    }
    if (slapd != null) {
      slapd.close();
    }
  }

  private interface Deed {
    void on(LDAPConnection administrator) throws Exception;
  }

  private void as(Deed deed) throws Exception {
    try (LDAPConnection admin = BigDistrict.administrator(slapd)) {
      deed.on(admin);
    }
  }

  private static Modification disabled() {
    return new Modification(ModificationType.REPLACE, "employeeType", "disabled");
  }

  private SubjectId id(int person) throws Exception {
    String name = BigDistrict.dn(person);
    return intake.roster().values().stream()
        .filter(p -> p.subject().directoryName().equals(name))
        .findFirst()
        .orElseThrow()
        .id();
  }

  private void restartFollower() throws Exception {
    follower.close();
    follower = directory.follower(intake, Clock.systemUTC());
  }

  @Test
  void readsEverythingWithNoMoreRightsThanTheHandbookAsksFor() {
    assertThat(follower.source()).contains(SourceKind.CONTENT_SYNC);
    assertThat(intake.roster()).hasSize(ENTRIES);
    assertThat(intake.roster().values())
        .filteredOn(p -> !p.subject().responsible().isEmpty())
        .hasSize(ENTRIES / 11);
  }

  @Test
  void hearsOfEachKindOfChangeAsItHappens() throws Exception {
    SubjectId mover = id(3);
    SubjectId leaver = id(4);
    as(admin -> admin.modify(BigDistrict.dn(1), disabled()));
    follower.look(SOON);
    assertThat(intake.changes())
        .singleElement()
        .matches(o -> o instanceof Present p && !p.subject().enabled());
    as(
        admin ->
            admin.modifyDN(
                BigDistrict.dn(3), "uid=u00003", false, "ou=people," + BigDistrict.tenant(9)));
    follower.look(SOON);
    assertThat(intake.changes())
        .singleElement()
        .matches(
            o ->
                o instanceof Present p
                    && p.id().equals(mover)
                    && p.subject().home().value().equals("t09.example"));
    as(admin -> admin.delete(BigDistrict.dn(4)));
    follower.look(SOON);
    assertThat(intake.changes()).containsExactly(new Gone(leaver, "entry deleted"));
    as(
        admin ->
            admin.add(
                "dn: uid=new,ou=people," + BigDistrict.tenant(0),
                "objectClass: inetOrgPerson",
                "uid: new",
                "cn: New",
                "sn: New"));
    follower.look(SOON);
    assertThat(intake.changes()).singleElement().matches(o -> o instanceof Present);
  }

  @Test
  void catchesUpFromItsCookieAfterARestartOfEither() throws Exception {
    SubjectId leaver = id(6);
    follower.close();
    as(admin -> admin.modify(BigDistrict.dn(5), disabled()));
    as(admin -> admin.delete(BigDistrict.dn(6)));
    int reports = intake.reports();
    restartFollower();
    follower.look(SOON);
    assertThat(intake.reports()).isEqualTo(reports + 1);
    assertThat(intake.changes()).hasSize(2).contains(new Gone(leaver, "entry deleted"));
    slapd.kill();
    assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(() -> follower.look(SOON));
    slapd.start();
    as(admin -> admin.modify(BigDistrict.dn(7), disabled()));
    follower.look(SOON);
    // After a crash slapd may have no session log: then it names all that is there (present phase).
    assertThat(intake.changes())
        .singleElement()
        .matches(o -> o instanceof Present p && !p.subject().enabled());
  }

  @Test
  void readsAllAgainAfterASubtreeWasRenamedOfWhichSyncprovTellsOneEntry() throws Exception {
    String container = "ou=people," + BigDistrict.tenant(2);
    as(admin -> admin.modifyDN(container, "ou=former", true));
    follower.look(SOON);
    List<Observation> changes = intake.changes();
    assertThat(changes).filteredOn(o -> o instanceof Gone).hasSize(12);
  }

  @Test
  void namesALostSubtreeEntryByEntry() throws Exception {
    as(
        admin -> {
          for (int i = 0; i < 300; i++) {
            if (i % 26 == 2) {
              admin.delete(BigDistrict.dn(i));
            }
          }
        });
    for (int looks = 0; looks < 20 && intake.roster().size() > ENTRIES - 12; looks++) {
      follower.look(SOON);
    }
    assertThat(intake.changes()).hasSize(12).allMatch(o -> o instanceof Gone);
  }

  @Test
  void refusesToFollowWithoutTheRightByWhichSyncprovFindsChanges() throws Exception {
    follower.close();
    reconfigure("entryUUID,entryCSN,", "entryUUID,");
    restartFollower();
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(() -> follower.look(SOON))
        .withMessageContaining("entryCSN");
  }

  private void reconfigure(String old, String fresh) throws Exception {
    slapd.close();
    Path config = folder.resolve("slapd.conf");
    Files.writeString(config, Files.readString(config).replace(old, fresh));
    slapd.start();
  }

  @Test
  void concludesNothingWhenATenantsEntryIsHidden() throws Exception {
    follower.close();
    reconfigure(
        "access to attrs=entry",
        "access to dn.exact=\"" + BigDistrict.tenant(4) + "\" by * none\naccess to attrs=entry");
    var other = new MemoryIntake();
    intake.roster().values().forEach(other::knows);
    try (var fresh = directory.follower(other, Clock.systemUTC())) {
      assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(() -> fresh.look(SOON));
    }
    assertThat(other.roster()).isEqualTo(intake.roster());
  }
}
