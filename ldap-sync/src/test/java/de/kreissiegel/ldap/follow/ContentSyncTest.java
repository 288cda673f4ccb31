package de.kreissiegel.ldap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ContentSyncState;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.roster.Observation.Gone;
import de.kreissiegel.ca.roster.Observation.Present;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.DirectoryConfig;
import de.kreissiegel.ldap.LdapDirectory;
import de.kreissiegel.ldap.mapping.DirectoryMapping;
import de.kreissiegel.ldap.server.ScriptedServer;
import de.kreissiegel.ldap.server.ScriptedServer.Wire;
import de.kreissiegel.ldap.server.SmallDistrict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 4533, message by message. */
class ContentSyncTest {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofMillis(300);
  private final Hands clock = new Hands();
  private final MemoryIntake intake = new MemoryIntake();
  private final List<Optional<String>> cookies = new CopyOnWriteArrayList<>();
  private ScriptedServer server;
  private LdapDirectory directory;
  private DirectoryFollower follower;
  private volatile Wire wire;

  @BeforeEach
  void start() throws Exception {
    server = new ScriptedServer(SmallDistrict.BASE);
    SmallDistrict.fill(server, 4);
    DirectoryConfig usual =
        DirectoryConfig.of(
            server.address(),
            ScriptedServer.ADMINISTRATOR,
            ScriptedServer.PASSWORD,
            SmallDistrict.BASE);
    directory =
        new LdapDirectory(
            new DirectoryConfig(
                usual.name(),
                usual.server(),
                usual.baseDn(),
                new FollowSettings(
                    Optional.of(SourceKind.CONTENT_SYNC),
                    usual.following().every(),
                    usual.following().compare(),
                    SILENCE),
                DirectoryMapping.standard()),
            clock);
    follower = directory.follower(intake, clock);
    syncs((to, _) -> everything(to, "c1"));
  }

  @AfterEach
  void stop() {
    follower.close();
    directory.close();
    server.close();
  }

  private void syncs(ScriptedServer.Sync script) {
    server.syncs(
        (to, cookie) -> {
          wire = to;
          cookies.add(cookie);
          script.run(to, cookie);
        });
  }

  private void everything(Wire to, String cookie) throws Exception {
    for (SearchResultEntry entry : server.entries()) {
      to.add(entry);
    }
    to.refreshDelete(cookie);
  }

  private void look() throws DirectoryUnavailable {
    follower.look(SOON);
  }

  private void refuses(String why) {
    Optional<Bookmark> before = intake.bookmark();
    var roster = intake.roster();
    assertThatExceptionOfType(DirectoryUnavailable.class)
        .isThrownBy(this::look)
        .withMessageContaining(why);
    assertThat(intake.roster()).isEqualTo(roster);
    assertThat(intake.bookmark()).isEqualTo(before);
    assertThat(follower.trouble().orElse("")).contains(why);
  }

  private String mark() {
    return Progress.read(intake.bookmark().orElseThrow())
        .map(p -> new String(p.mark().toArray()))
        .orElseThrow();
  }

  private Entry person(String uid) throws Exception {
    return server.entry(SmallDistrict.dn(uid, SmallDistrict.FIRST));
  }

  private Entry changed(String uid, String attribute, String value) throws Exception {
    try (LDAPConnection admin = server.administrator()) {
      admin.modify(
          SmallDistrict.dn(uid, SmallDistrict.FIRST),
          new Modification(ModificationType.REPLACE, attribute, value));
    }
    return person(uid);
  }

  @Test
  void takesEverybodyInAndKeepsTheCookie() throws Exception {
    look();
    assertThat(intake.roster()).hasSize(10);
    assertThat(mark()).isEqualTo("c1");
    assertThat(cookies).containsExactly(Optional.empty());
  }

  @Test
  void resolvesWhoIsResponsibleThoughTheyComeLater() throws Exception {
    syncs(
        (to, _) -> {
          for (SearchResultEntry entry : server.entries().reversed()) {
            to.add(entry);
          }
          to.refreshDelete("c1");
        });
    look();
    var owner = SmallDistrict.id(person("p0-first"));
    assertThat(intake.roster().values())
        .filteredOn(p -> !p.subject().responsible().isEmpty())
        .hasSize(2)
        .allMatch(p -> p.subject().responsible().contains(owner));
  }

  @Test
  void seesAChangeAsItComesWithItsCookie() throws Exception {
    look();
    intake.changes();
    wire.modify(changed("p1-first", "employeeType", "disabled"), "c2");
    look();
    assertThat(intake.changes())
        .singleElement()
        .matches(o -> o instanceof Present p && !p.subject().enabled());
    assertThat(mark()).isEqualTo("c2");
  }

  @Test
  void keepsTheOldCookieWhereTheServerSendsNone() throws Exception {
    look();
    wire.modify(changed("p1-first", "employeeType", "disabled"), null);
    look();
    assertThat(mark()).isEqualTo("c1");
    wire.newCookie("c3");
    look();
    assertThat(mark()).isEqualTo("c3");
  }

  @Test
  void seesDeletionsAloneAndInSets() throws Exception {
    look();
    intake.changes();
    Entry first = person("p1-first");
    Entry second = person("p2-first");
    wire.delete(first, "c2");
    wire.ids(List.of(ScriptedServer.uuid(second)), true);
    look();
    look();
    assertThat(intake.changes())
        .extracting(Observation::id)
        .containsExactlyInAnyOrder(SmallDistrict.id(first), SmallDistrict.id(second));
  }

  @Test
  void goesOnFromItsCookieAfterARestartByADeletePhase() throws Exception {
    look();
    intake.changes();
    follower.close();
    Entry changed = changed("p1-first", "sn", "Neumann");
    Entry deleted = person("p2-first");
    syncs(
        (to, _) -> {
          to.modify(changed, null);
          to.ids(List.of(ScriptedServer.uuid(deleted), UUID.randomUUID()), true);
          to.refreshDelete("c2");
        });
    follower = directory.follower(intake, clock);
    look();
    assertThat(cookies).containsExactly(Optional.empty(), Optional.of("c1"));
    assertThat(intake.changes())
        .hasSize(2)
        .contains(new Gone(SmallDistrict.id(deleted), "entry deleted"));
    assertThat(mark()).isEqualTo("c2");
  }

  @Test
  void takesWhoIsNotNamedInAPresentPhaseForGoneOnceItAskedForThem() throws Exception {
    look();
    intake.changes();
    Entry deleted = person("p2-first");
    Entry forgotten = person("p3-first");
    try (LDAPConnection admin = server.administrator()) {
      admin.delete(deleted.getDN());
    }
    List<UUID> present = new ArrayList<>();
    for (SearchResultEntry entry : server.entries()) {
      if (!entry.getDN().equals(forgotten.getDN())) {
        present.add(ScriptedServer.uuid(entry));
      }
    }
    syncs(
        (to, _) -> {
          to.ids(present.subList(0, 5), false);
          for (SearchResultEntry entry : server.entries()) {
            if (present.subList(5, present.size()).contains(ScriptedServer.uuid(entry))) {
              to.present(entry);
            }
          }
          to.refreshPresent("c2", true);
        });
    follower.close();
    follower = directory.follower(intake, clock);
    look();
    assertThat(intake.changes())
        .containsExactly(new Gone(SmallDistrict.id(deleted), "entry deleted"));
  }

  @Test
  void findsOutItselfWhoIsMissingWhereACrashedServerForgotWhatWasDeleted() throws Exception {
    look();
    intake.changes();
    follower.close();
    Entry deleted = person("p2-first");
    try (LDAPConnection admin = server.administrator()) {
      admin.delete(deleted.getDN());
    }
    syncs((to, _) -> to.refreshDelete(null));
    follower = directory.follower(intake, clock);
    look();
    assertThat(intake.changes())
        .containsExactly(new Gone(SmallDistrict.id(deleted), "entry deleted"));
  }

  @Test
  void startsAnewWhenTheServerSaysThatItsCookieIsTooOld() throws Exception {
    look();
    intake.changes();
    follower.close();
    changed("p1-first", "sn", "Neumann");
    syncs(
        (to, cookie) -> {
          if (cookie.isPresent()) {
            to.end(ResultCode.E_SYNC_REFRESH_REQUIRED);
          } else {
            everything(to, "c9");
          }
        });
    follower = directory.follower(intake, clock);
    look();
    assertThat(intake.changes()).hasSize(1);
    assertThat(mark()).isEqualTo("c9");
  }

  @Test
  void handsOverNoCookieOfARefreshThatTheServerBrokeOff() throws Exception {
    syncs(
        (to, _) -> {
          to.add(person("p1-first"));
          to.newCookie("c7");
          to.cut();
        });
    assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(this::look);
    assertThat(intake.bookmark()).isEmpty();
    assertThat(intake.roster()).isEmpty();
    syncs((to, _) -> everything(to, "c1"));
    look();
    assertThat(cookies).containsExactly(Optional.empty(), Optional.empty());
    assertThat(intake.roster()).hasSize(10);
  }

  @Test
  void concludesNothingWhereTheServerFallsSilentAmidARefresh() throws Exception {
    syncs(
        (to, _) -> {
          to.add(person("p1-first"));
          to.newCookie("c7");
        });
    refuses("the server fell silent midway");

    syncs((to, _) -> everything(to, "c1"));
    look();
    assertThat(cookies).containsExactly(Optional.empty(), Optional.empty());
    assertThat(intake.roster()).hasSize(10);
  }

  @Test
  void losesNoChangeThatTheAuthorityCouldNotTakeIn() throws Exception {
    look();
    intake.changes();
    Entry changed = changed("p1-first", "employeeType", "disabled");
    intake.fails(() -> true);
    wire.modify(changed, "c2");
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::look);
    assertThat(mark()).isEqualTo("c1");
    intake.fails(() -> false);
    syncs(
        (to, _) -> {
          to.modify(changed, null);
          to.refreshDelete("c2");
        });
    look();
    assertThat(cookies.getLast()).contains("c1");
    assertThat(intake.changes()).hasSize(1);
    assertThat(mark()).isEqualTo("c2");
  }

  @Test
  void readsAllAgainUnderAnotherMapping() throws Exception {
    look();
    intake.forget(SmallDistrict.id(person("p1-first")));
    Progress other =
        new Progress(
            SourceKind.CONTENT_SYNC, "another", clock.instant(), Bytes.of("c5".getBytes()));
    intake.take(
        follower.name(),
        de.kreissiegel.ca.roster.DirectoryReport.last(List.of(), other.bookmark()));
    follower.close();
    follower = directory.follower(intake, clock);
    look();
    assertThat(cookies).containsExactly(Optional.empty(), Optional.empty());
    assertThat(intake.roster()).hasSize(10);
  }

  @Test
  void readsAllAgainWhenAContainerChangedForItsContentSaysNothing() throws Exception {
    look();
    intake.changes();
    try (LDAPConnection admin = server.administrator()) {
      admin.modifyDN("ou=people," + SmallDistrict.FIRST, "ou=former-people", true);
    }
    wire.modify(server.entry("ou=former-people," + SmallDistrict.FIRST), "c2");
    look();
    assertThat(intake.changes()).filteredOn(o -> o instanceof Gone).hasSize(4);
    assertThat(cookies).containsExactly(Optional.empty(), Optional.empty());
  }

  @Test
  void refusesAnEntryThatIsSentUnderAnotherId() throws Exception {
    look();
    wire.send(person("p1-first"), ContentSyncState.MODIFY, UUID.randomUUID(), "c2");
    refuses("under another id");
  }

  @Test
  void refusesAnEntryWithoutAnIdAndOneWithAMalformedOne() throws Exception {
    look();
    Entry without = person("p1-first").duplicate();
    UUID uuid = ScriptedServer.uuid(without);
    without.removeAttribute("entryUUID");
    wire.send(without, ContentSyncState.MODIFY, uuid, "c2");
    refuses("no entryUUID");
    look();
    without.setAttribute("entryUUID", "Robert'); DROP TABLE");
    wire.send(without, ContentSyncState.MODIFY, uuid, "c2");
    refuses("malformed entryUUID");
  }

  @Test
  void refusesToConcludeAnythingFromAnEmptyAnswer() throws Exception {
    look();
    follower.close();
    syncs((to, _) -> to.refreshPresent("c2", true));
    follower = directory.follower(intake, clock);
    refuses("nobody is found");
  }

  @Test
  void refusesAReferenceToAnotherServer() throws Exception {
    syncs(
        (to, _) -> {
          to.reference("ldap://elsewhere.example/" + SmallDistrict.BASE);
          everything(to, "c1");
        });
    refuses("refers to another server");
  }

  @Test
  void refusesAServerThatEndsASearchThatShouldLast() throws Exception {
    syncs((to, _) -> to.end(ResultCode.SUCCESS));
    refuses("ended the synchronisation");
    syncs((to, _) -> to.end(ResultCode.SIZE_LIMIT_EXCEEDED));
    refuses("ended the synchronisation");
  }

  @Test
  void seesWhetherASilentServerIsAlive() throws Exception {
    look();
    follower.look(Duration.ofMillis(10));
    assertThat(follower.trouble()).isEmpty();
    wire.cut();
    assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(this::look);
    look();
    assertThat(cookies).contains(Optional.of("c1"));
  }

  @Test
  void followsInAThreadOfItsOwnAndEndsAtOnce() throws Exception {
    follower.start();
    assertThat(intake.awaitChanges()).hasSize(10);
    while (follower.lastLook().isEmpty()) {
      Thread.onSpinWait();
    }
    wire.modify(changed("p1-first", "employeeType", "disabled"), "c2");
    assertThat(intake.awaitChanges()).hasSize(1);
    long begin = System.nanoTime();
    follower.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }
}
