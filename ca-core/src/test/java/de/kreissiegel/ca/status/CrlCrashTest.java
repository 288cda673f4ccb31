package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.storage.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A node ends between any two steps of making a list, and another one goes on. */
class CrlCrashTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final CrlName PEOPLE = CrlName.of(TestHierarchy.PEOPLE);

  private final StatusWorld world = new StatusWorld(DATABASE);

  @BeforeEach
  void furnish() {
    world.furnish();
  }

  @Test
  void hasGivenNothingAwayWhereItEndsWhileItWrites() {
    refreshDyingAt("reserve", 1);

    assertThat(reserved()).isZero();
    goOn();
    assertThat(numbers()).containsExactly(1L);
  }

  @Test
  void hasTheSameListSignedWhereItEndsBeforeTheSignature() throws Exception {
    refreshDyingAt("lock", 2);
    assertThat(reserved()).isOne();
    assertThat(world.vault.signatures).hasValue(0);
    world.revoke(StatusWorld.GOOD);

    goOn();
    assertThat(numbers()).containsExactly(1L);
    assertThat(entries(1)).isEqualTo(3); // as it was written
    goOn();
    assertThat(numbers()).containsExactly(1L, 2L);
    assertThat(entries(2)).isEqualTo(4);
  }

  @Test
  void takesTheSignatureThatTheVaultGaveWhereTheAnswerWasLost() throws Exception {
    world.vault.replyLost = true;
    goOn();
    world.vault.replyLost = false;
    assertThat(numbers()).isEmpty();
    int signed = world.vault.signatures.get();
    world.revoke(StatusWorld.GOOD);

    goOn();

    assertThat(numbers()).containsExactly(1L);
    assertThat(world.vault.signatures).hasValue(signed); // none was made anew
    goOn();
    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void publishesNothingByHalvesWhereItEndsWhileItPublishes() throws Exception {
    refreshDyingAt("publish", 1);
    assertThat(world.shelf("before").current(PEOPLE)).isEmpty();
    assertThat(reserved()).isOne();

    goOn();

    assertThat(numbers()).containsExactly(1L);
    assertThat(world.shelf("after").current(PEOPLE)).isPresent();
  }

  @Test
  void givesANumberAgainThatTheVaultRefusedToSign() {
    goOn();
    world.revoke(StatusWorld.GOOD);
    world.vault.refusing = true;
    CrlIssuer node = world.issuer(world.onlyPeople(), world.crls);
    node.refresh(world.clock.instant());
    world.vault.refusing = false;
    assertThat(reserved()).isZero();
    assertThat(node.refresh(world.clock.instant())).as("asks again at once").isEmpty();

    world.clock.pass(Duration.ofMinutes(1));
    node.refresh(world.clock.instant());

    assertThat(numbers()).containsExactly(1L, 2L);
  }

  @Test
  void makesNoListWhereTheJournalKnowsOneThatTheDatabaseNeverHad() {
    refreshDyingAt("lock", 2); // a list that was written, and in the time that was lost overtaken
    world
        .database
        .database()
        .inTransaction(
            t -> {
              world.crls.numberSeen(t, TestHierarchy.PEOPLE, 0, 41);
              world.crls.numberSeen(t, TestHierarchy.PEOPLE, 0, 40);
              return t;
            });

    goOn();
    assertThat(numbers()).as("it might lack what list 41 told of").isEmpty();

    assertThat(takenIn(40)).isFalse();
    goOn();
    assertThat(numbers()).isEmpty();

    assertThat(takenIn(41)).isTrue();
    goOn();
    assertThat(numbers()).containsExactly(42L);
    assertThat(reserved()).isZero();
  }

  private boolean takenIn(long number) {
    return world
        .database
        .database()
        .inTransaction(t -> world.crls.takenIn(t, TestHierarchy.PEOPLE, 0, number));
  }

  @Test
  void leavesNoFileInItsSpool() throws Exception {
    refreshDyingAt("publish", 1);
    goOn();

    try (var files = Files.list(world.folder.resolve("spool"))) {
      assertThat(files).isEmpty();
    }
  }

  /** A node that ends when that method is called the so manieth time, for the people's list. */
  private void refreshDyingAt(String method, int time) {
    var calls = new AtomicInteger();
    CrlBook dying =
        (CrlBook)
            Proxy.newProxyInstance(
                CrlBook.class.getClassLoader(),
                new Class<?>[] {CrlBook.class},
                (_, called, arguments) -> {
                  if (called.getName().equals(method) && calls.incrementAndGet() == time) {
                    throw new IllegalStateException("the node ends here");
                  }
                  try {
                    return called.invoke(world.crls, arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    world.issuer(world.onlyPeople(), dying).refresh(world.clock.instant());
  }

  private void goOn() {
    world.issuer(world.onlyPeople(), world.crls).refresh(world.clock.instant());
  }

  private List<Long> numbers() {
    List<Long> numbers = new ArrayList<>();
    long last = count("select coalesce(max(number), 0) from crl where tail is not null");
    for (long number = 1; number <= last; number++) {
      if (count("select count(*) from crl where tail is not null and number = " + number) == 1) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private static long reserved() {
    return count("select count(*) from crl where tail is null");
  }

  private static long entries(long number) {
    return count("select entries from crl where number = " + number);
  }

  private static long count(String sql) {
    return DATABASE.number(sql);
  }
}
