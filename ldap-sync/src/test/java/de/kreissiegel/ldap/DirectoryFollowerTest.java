package de.kreissiegel.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.unboundid.ldap.sdk.DeleteRequest;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.controls.SubtreeDeleteRequestControl;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle.Departure;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ldap.demo.DemoDirectory;
import de.kreissiegel.ldap.sample.SampleDistrict;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryFollowerTest {
  @TempDir Path folder;
  private final Hands clock = new Hands();
  private final Set<SubjectId> watched = new HashSet<>();
  private final List<Departure> reported = new CopyOnWriteArrayList<>();
  private DemoDirectory server;
  private LdapDirectory directory;
  private DirectoryFollower follower;
  private List<Subject> staff;

  @BeforeEach
  void start() throws Exception {
    server = DemoDirectory.open(folder, 0, new SecureRandom());
    directory = LdapDirectoryTest.directory(server);
    staff =
        directory
            .search(new TenantId("gemeinde-theres.example"), SubjectKind.PERSON, "", 500)
            .stream()
            .filter(Subject::enabled)
            .toList();
    staff.forEach(person -> watched.add(person.id()));
    follower = new DirectoryFollower(directory, () -> Set.copyOf(watched), reported::addAll, clock);
  }

  @AfterEach
  void stop() throws Exception {
    follower.close();
    directory.close();
    server.close();
  }

  @Test
  void reportsNobodyWhenNobodyLeft() throws Exception {
    assertThat(follower.look()).isZero();
    assertThat(follower.look()).isZero();
    assertThat(follower.lastLook()).contains(clock.instant());
  }

  @Test
  void reportsADisabledAccountAtTheNextLookAndThenNotAgain() throws Exception {
    follower.look();
    Subject leaver = staff.getFirst();
    disable(leaver);
    assertThat(follower.look()).isOne();
    assertThat(reported)
        .containsExactly(new Departure(leaver.id(), "entry disabled (employeeType=disabled)"));
    assertThat(follower.look()).isZero();
    clock.pass(Duration.ofMinutes(1));
    assertThat(follower.look()).isOne();
  }

  @Test
  void reportsADeletedEntryAtTheNextCompare() throws Exception {
    follower.look();
    Subject leaver = staff.get(1);
    delete(leaver);
    assertThat(follower.look()).isZero();
    clock.pass(Duration.ofSeconds(5));
    follower.look();
    assertThat(reported).containsExactly(new Departure(leaver.id(), "entry deleted"));
  }

  @Test
  void comparesEverythingFirstForSomebodyMayHaveLeftWhileItWasDown() throws Exception {
    disable(staff.get(2));
    delete(staff.get(3));
    assertThat(follower.look()).isEqualTo(2);
  }

  @Test
  void leavesAloneWhomNobodyWatches() throws Exception {
    watched.clear();
    disable(staff.get(2));
    assertThat(follower.look()).isZero();
  }

  @Test
  void keepsARenamedPerson() throws Exception {
    follower.look();
    try (LDAPConnection admin = LdapDirectoryTest.administrator(server)) {
      admin.modifyDN(staff.getFirst().directoryName(), "uid=new.name", true);
    }
    clock.pass(Duration.ofSeconds(5));
    assertThat(follower.look()).isZero();
  }

  @Test
  void concludesNothingWhileTheServerIsDownAndGoesOnAfterItsRestart() throws Exception {
    follower.look();
    Instant good = clock.instant();
    int port = server.address().getPort();
    server.close();
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(follower::look);
    assertThat(reported).isEmpty();
    assertThat(follower.lastLook()).contains(good);
    server = DemoDirectory.open(folder, port, new SecureRandom());
    assertThat(follower.look()).isZero();
    disable(staff.getFirst());
    assertThat(follower.look()).isOne();
  }

  @Test
  void concludesNothingFromADirectoryWithoutItsBase() throws Exception {
    follower.look();
    try (LDAPConnection admin = LdapDirectoryTest.administrator(server)) {
      var everything = new DeleteRequest(SampleDistrict.BASE_DN);
      everything.addControl(new SubtreeDeleteRequestControl());
      admin.delete(everything);
    }
    clock.pass(Duration.ofSeconds(5));
    assertThatExceptionOfType(DirectoryUnavailable.class).isThrownBy(follower::look);
    assertThat(reported).isEmpty();
  }

  @Test
  void reportsAgainWhatTheAuthorityCouldNotTakeIn() throws Exception {
    var queue = new LinkedBlockingQueue<List<Departure>>();
    var refusals = new java.util.concurrent.atomic.AtomicInteger(1);
    try (var stubborn =
        new DirectoryFollower(
            directory,
            () -> Set.copyOf(watched),
            left -> {
              if (refusals.getAndDecrement() > 0) {
                throw new IllegalStateException("the database is down");
              }
              queue.add(left);
            },
            clock)) {
      disable(staff.getFirst());
      stubborn.start();
      assertThat(queue.poll(20, TimeUnit.SECONDS)).hasSize(1);
    }
  }

  private void disable(Subject subject) throws Exception {
    try (LDAPConnection admin = LdapDirectoryTest.administrator(server)) {
      admin.modify(
          subject.directoryName(),
          new Modification(ModificationType.REPLACE, "employeeType", "disabled"));
    }
  }

  private void delete(Subject subject) throws Exception {
    try (LDAPConnection admin = LdapDirectoryTest.administrator(server)) {
      admin.delete(subject.directoryName());
    }
  }

  /** A clock that is moved by hand. */
  private static final class Hands extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T08:00:00Z");

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
