package de.kreissiegel.ca.letter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.inventory.SampleCertificate;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.storage.Bookroom;
import de.kreissiegel.ca.storage.JdbcLetterBook;
import de.kreissiegel.ca.subject.SubjectId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How letters wait, and are sent. */
class PostmanTest {
  @RegisterExtension static final Bookroom ROOM = new Bookroom();

  private final MovableClock clock = new MovableClock();
  private final FakeCourier courier = new FakeCourier();
  private LetterBook book;
  private Postman postman;

  @BeforeEach
  void empty() {
    ROOM.clear();
    book = new JdbcLetterBook(ROOM.database().database());
    book.open(true);
    postman = postman(courier);
  }

  @Test
  void sendsEachLetterOnceAndInOrder() {
    write("a", "b", "c");

    postman.work();
    postman.work();

    assertThat(courier.addresses()).containsExactly("a@x.example", "b@x.example", "c@x.example");
    assertThat(book.standing().waiting()).isZero();
  }

  @Test
  void writesOneLetterOfAKeyHoweverOftenItIsCued() {
    write("a");
    write("a");

    postman.work();

    assertThat(courier.addresses()).containsExactly("a@x.example");
  }

  @Test
  void keepsLettersInOrderWhileTheServerIsAwayAndAsksLessAndLess() {
    write("a", "b");
    courier.away = true;
    postman.work();
    postman.work();
    assertThat(courier.tries).as("not asked again at once").isOne();
    write("c");
    assertThat(book.standing().waiting()).isEqualTo(3);

    clock.pass(Duration.ofSeconds(5));
    postman.work();
    clock.pass(Duration.ofSeconds(5));
    postman.work();
    assertThat(courier.tries).as("after 5 seconds, then after 10 more").isEqualTo(2);

    courier.away = false;
    clock.pass(Duration.ofSeconds(5));
    postman.work();
    assertThat(courier.addresses()).containsExactly("a@x.example", "b@x.example", "c@x.example");
  }

  @Test
  void triesALetterThatIsNotTakenAgainAndOthersMeanwhile() {
    courier.refusals.put("a@x.example", new Courier.NotTaken("451 greylisted", false));
    write("a", "b");
    postman.work();
    assertThat(courier.addresses()).containsExactly("b@x.example");

    courier.refusals.clear();
    postman.work();
    assertThat(courier.addresses()).hasSize(1);
    clock.pass(Duration.ofMinutes(2).plusSeconds(1));
    postman.work();
    assertThat(courier.addresses()).containsExactly("b@x.example", "a@x.example");
  }

  @Test
  void givesUpAfterSomeDaysAndTellsTheTrail() {
    courier.refusals.put("a@x.example", new Courier.NotTaken("451 try later", false));
    write("a");
    postman.work();
    clock.pass(Duration.ofDays(3).plusSeconds(1));
    postman.work();

    assertThat(book.standing().failed()).isOne();
    assertThat(ROOM.events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.action()).isEqualTo("letter.failed");
              assertThat(event.detail()).isEqualTo("kind=reminder to=person:a error=451 try later");
            });
  }

  @Test
  void givesUpAtOnceWhatTheServerWillNeverTakeAndTriesItAgainWhenAsked() {
    courier.refusals.put("a@x.example", new Courier.NotTaken("550 no such user", true));
    write("a");
    postman.work();
    assertThat(book.troubles(10))
        .extracting(LetterBook.Entry::error)
        .containsExactly("550 no such user");

    courier.refusals.clear();
    assertThat(book.tryAgain(clock.instant())).isOne();
    postman.work();
    assertThat(courier.addresses()).containsExactly("a@x.example");
    assertThat(book.troubles(10)).isEmpty();
  }

  @Test
  void sendsItAgainWithTheSameTokenAfterACrashBetweenTheServerAndTheCommit() {
    write("a");
    courier.afterDelivery =
        () -> {
          throw new IllegalStateException("the power is gone");
        };
    assertThatThrownBy(postman::work).hasMessage("the power is gone");
    courier.afterDelivery = () -> {};

    postman = postman(courier);
    postman.work();
    assertThat(courier.delivered).as("lent until the lease ends").hasSize(1);
    clock.pass(Duration.ofMinutes(31));
    postman.work();

    assertThat(courier.delivered).hasSize(2);
    assertThat(new HashSet<>(courier.delivered)).as("the same letter twice").hasSize(1);
  }

  @Test
  void sharesLettersAmongNodesAndSendsNoneTwice() throws Exception {
    write(IntStream.range(0, 100).mapToObj(i -> "p" + i).toArray(String[]::new));
    List<FakeCourier> couriers = List.of(new FakeCourier(), new FakeCourier(), new FakeCourier());
    try (var nodes = Executors.newFixedThreadPool(couriers.size())) {
      List<Callable<Void>> work =
          couriers.stream()
              .<Callable<Void>>map(
                  one ->
                      () -> {
                        postman(one).work();
                        return null;
                      })
              .toList();
      for (var done : nodes.invokeAll(work)) {
        done.get();
      }
    }

    List<String> all = couriers.stream().flatMap(one -> one.addresses().stream()).toList();
    assertThat(all).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void forgetsLettersThatWereKeptForLongEnough() {
    write("a", "b");
    courier.refusals.put("b@x.example", new Courier.NotTaken("451", false));
    postman.work();

    assertThat(book.forget(clock.instant(), 10)).isZero();
    assertThat(book.forget(clock.instant().plusSeconds(1), 10)).isOne();
    assertThat(book.standing().waiting()).as("what waits isn't at its end").isOne();
  }

  private Postman postman(Courier courier) {
    return new Postman(
        book,
        courier,
        _ -> false,
        ROOM.database().database(),
        ROOM.trail(),
        Duration.ofDays(3),
        clock);
  }

  private void write(String... people) {
    for (String one : people) {
      Cue cue =
          new Cue(
              "cue " + UUID.randomUUID(),
              LetterKind.REMINDER,
              "certificate:people/1",
              Optional.of(SampleCertificate.HASSFURT),
              clock.instant(),
              Map.of());
      ROOM.database()
          .database()
          .inTransaction(
              transaction -> {
                book.note(transaction, cue);
                return true;
              });
      book.write(
          cue,
          List.of(
              new Letter(
                  "reminder/people/1/45/" + one,
                  LetterKind.REMINDER,
                  cue.tenant(),
                  cue.about(),
                  Optional.of(new SubjectId(one)),
                  one + "@x.example",
                  Map.of("days", "45"),
                  UUID.randomUUID().toString(),
                  clock.instant())));
    }
  }
}
