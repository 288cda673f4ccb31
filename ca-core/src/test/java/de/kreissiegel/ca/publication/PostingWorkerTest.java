package de.kreissiegel.ca.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.publication.Posting.Kind;
import de.kreissiegel.ca.publication.PostingBook.Topic;
import de.kreissiegel.ca.status.CrlFile;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.ca.storage.JdbcBacklogs;
import de.kreissiegel.ca.storage.JdbcPostingBook;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PostingWorkerTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final CrlName PEOPLE = CrlName.of(new AuthorityName("people"));
  private static final Topic PEOPLES_LIST = new Topic("people", Kind.LIST);
  private static House house;
  @TempDir private Path folder;
  private final FakeEntries directory = new FakeEntries("district");
  private final List<CrlFile> served = new CopyOnWriteArrayList<>();
  private final PostingWorker worker = newWorker();

  @BeforeAll
  static void build() throws Exception {
    house = new House(DATABASE);
  }

  @BeforeEach
  void empty() {
    DATABASE.clear();
    directory.rules = rules(1000);
  }

  @Test
  void postsTheCertificatesOfAllAuthorities() {
    assertThat(worker.work()).isEqualTo(house.authorities.all().size());
    house
        .authorities
        .all()
        .forEach(
            authority ->
                assertThat(directory.posted)
                    .containsEntry(
                        new Topic(authority.name().value(), Kind.CERTIFICATES),
                        List.of(authority.certificate())));
    assertThat(worker.work()).as("nothing is new").isZero();
  }

  @Test
  void postsThoseAuthoritiesWhoseCertificatesLogInAndNoOthers() {
    directory.rules =
        new PublicationRules(
            false,
            true,
            1000,
            Duration.ofDays(30),
            false,
            Set.of(new AuthorityName("people"), new AuthorityName("nobody")));
    worker.work();
    assertThat(directory.posted)
        .containsEntry(
            new Topic("people", Kind.LOGON_AUTHORITY),
            List.of(house.authorities.get(new AuthorityName("people")).certificate()))
        .doesNotContainKey(new Topic("devices", Kind.LOGON_AUTHORITY));
  }

  @Test
  void postsNothingWhereNoAuthoritiesAreWanted() {
    directory.rules = PublicationRules.USUAL;
    assertThat(worker.work()).isZero();
    assertThat(directory.calls).isEmpty();
  }

  @Test
  void postsEachListToTheEntryOfItsPartitionByItsKind() throws Exception {
    var people = new AuthorityName("people");
    serve(PEOPLE, 1, 10);
    serve(PEOPLE.asDelta(), 2, 10);
    serve(CrlName.of(people, 3), 1, 10);
    serve(CrlName.of(people, 3).asDelta(), 2, 10);
    serve(CrlName.of(new AuthorityName("root")), 1, 10);
    worker.work();

    assertThat(directory.posted)
        .containsKeys(
            PEOPLES_LIST,
            new Topic("people", Kind.DELTA),
            new Topic("people-p3", Kind.LIST),
            new Topic("people-p3", Kind.DELTA),
            new Topic("root", Kind.LIST_OF_AUTHORITIES));
  }

  @Test
  void postsOnlyTheNewestOfWhatCameWhileTheDirectoryWasOut() throws Exception {
    worker.work();
    directory.down = true;
    serve(PEOPLE, 1, 10);
    worker.work();
    for (int number = 2; number <= 5; number++) {
      serve(PEOPLE, number, 10);
      house.clock.pass(Duration.ofMinutes(1));
      worker.work();
    }
    assertThat(new JdbcBacklogs(DATABASE.database()).all())
        .singleElement()
        .satisfies(
            backlog -> {
              assertThat(backlog.waiting()).isOne();
              assertThat(backlog.oldest().orElseThrow())
                  .as("since the first of them")
                  .isCloseTo(
                      house.clock.instant().minus(Duration.ofMinutes(4)),
                      within(1, ChronoUnit.SECONDS));
            });

    directory.down = false;
    directory.calls.clear();
    house.clock.pass(Duration.ofMinutes(1));
    assertThat(worker.work()).isOne();
    assertThat(directory.calls).containsExactly("post people LIST");
    assertThat(directory.posted.get(PEOPLES_LIST)).containsExactly(served.getLast().read());
  }

  @Test
  void neverGoesBackToAnOlderListThatAnotherNodeStillHas() throws Exception {
    serve(PEOPLE, 7, 10);
    worker.work();
    List<Bytes> newest = directory.posted.get(PEOPLES_LIST);

    serve(PEOPLE, 6, 10);
    PostingWorker slowNode = newWorker();
    assertThat(slowNode.work()).isZero();
    assertThat(directory.posted).containsEntry(PEOPLES_LIST, newest);
  }

  @Test
  void waitsUntilThisNodeHasWhatAnotherOneServedFirst() throws Exception {
    serve(PEOPLE, 1, 10);
    worker.work();
    var book = new JdbcPostingBook(DATABASE.database());
    book.want(directory.name(), PEOPLES_LIST, 2, "of another node", house.clock.instant());
    directory.calls.clear();
    assertThat(worker.work()).isZero();
    assertThat(directory.calls).isEmpty();

    serve(PEOPLE, 2, 10);
    house.clock.pass(Duration.ofSeconds(1));
    assertThat(worker.work()).isOne();
    assertThat(directory.posted.get(PEOPLES_LIST)).containsExactly(served.getLast().read());
  }

  @Test
  void takesAwayAListThatHasGrownTooLong() throws Exception {
    directory.rules = rules(20);
    serve(PEOPLE, 1, 20);
    worker.work();
    assertThat(directory.posted.get(PEOPLES_LIST)).hasSize(1);

    serve(PEOPLE, 2, 21);
    worker.work();
    assertThat(directory.posted.get(PEOPLES_LIST)).isEmpty();
    assertThat(worker.work()).isZero();
  }

  @Test
  void keepsWhatIsRefusedWithItsErrorAndGoesOnWithTheOthers() throws Exception {
    worker.work();
    serve(PEOPLE, 1, 10);
    directory.poison = served.getLast().read();
    serve(CrlName.of(new AuthorityName("devices")), 1, 10);

    assertThat(worker.work()).isOne();
    assertThat(new JdbcBacklogs(DATABASE.database()).refused(10))
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.what()).isEqualTo("LIST people");
              assertThat(refused.error()).isEqualTo("no such right");
            });
    directory.poison = Bytes.of(new byte[0]);
    assertThat(worker.work()).isZero();
    house.clock.pass(Duration.ofSeconds(30));
    assertThat(worker.work()).isOne();
  }

  private PostingWorker newWorker() {
    var book = new JdbcPostingBook(DATABASE.database());
    var postings =
        new AuthorityPostings(house.authorities, () -> List.copyOf(served), book, house.clock);
    return new PostingWorker(book, postings, directory, house.clock);
  }

  private static PublicationRules rules(long largest) {
    return new PublicationRules(false, true, largest, Duration.ofDays(30), false);
  }

  private void serve(CrlName name, long number, int length) throws Exception {
    Path file = folder.resolve(name.label() + "-" + number);
    byte[] octets = new byte[length];
    octets[0] = (byte) number;
    octets[1] = (byte) name.label().hashCode();
    Files.write(file, octets);
    var now = house.clock.instant();
    List<CrlFile> others = new ArrayList<>(served);
    others.removeIf(one -> one.name().equals(name));
    others.add(
        new CrlFile(name, number, now, now.plusSeconds(60), 0, length, Bytes.of(octets), file));
    served.clear();
    served.addAll(others);
  }
}
