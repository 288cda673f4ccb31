package de.kreissiegel.ca.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.ca.storage.TestDatabase;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CrlShelfTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private static final CrlName PEOPLE = CrlName.of(TestHierarchy.PEOPLE);

  private final StatusWorld world = new StatusWorld(DATABASE);

  @BeforeEach
  void furnish() {
    world.furnish();
    world.issuer().refresh(world.clock.instant());
  }

  @Test
  void handsOutWhatItHasWhileTheDatabaseIsGoneAlsoAfterItWasStartedAnew() throws Exception {
    Optional<CrlFile> before = world.shelf().current(PEOPLE);
    Instant heard = world.clock.instant();
    world.clock.pass(Duration.ofMinutes(1));
    withoutDatabase(
        () -> {
          CrlShelf anew = world.shelf();
          assertThat(anew.current(PEOPLE)).isPresent().isEqualTo(before);
          assertThat(anew.current(PEOPLE).orElseThrow().thisUpdate()).isEqualTo(heard);
          assertThat(anew.lastHeard()).isEqualTo(Instant.EPOCH);
          world.read(anew.current(PEOPLE).orElseThrow());
        });
  }

  @Test
  void hasNothingWhileTheDatabaseIsGoneWhereItNeverHadAnything() throws Exception {
    withoutDatabase(() -> assertThat(world.shelf("new").current(PEOPLE)).isEmpty());
  }

  @Test
  void goesOnWithTheOldListWhereTheNewOneIsNotAllThere() throws Exception {
    CrlShelf shelf = world.shelf();
    Optional<CrlFile> before = shelf.current(PEOPLE);
    world.revoke(StatusWorld.GOOD);
    world.issuer().refresh(world.clock.instant());
    DATABASE.execute("delete from crl_piece where number = 2");
    world.clock.pass(Duration.ofSeconds(1));

    assertThat(shelf.current(PEOPLE)).isEqualTo(before);
    assertThat(names(world.folder.resolve("shelf"))).noneMatch(name -> name.endsWith(".part"));
  }

  @Test
  void forgetsWhatAnEndedProcessLeftByHalves() throws Exception {
    Path folder = Files.createDirectories(world.folder.resolve("left"));
    Files.write(folder.resolve("people123.part"), new byte[] {0x30, 1});
    world.shelf("left");
    assertThat(names(folder)).isEmpty();
  }

  @Test
  void leavesOutFilesThatAreNoLists() throws Exception {
    Path folder = Files.createDirectories(world.folder.resolve("odd"));
    Files.write(folder.resolve("people~0~f~9~1~" + "00".repeat(32) + ".crl"), new byte[] {0x30, 1});
    assertThat(world.shelf("odd").current(PEOPLE)).map(CrlFile::number).contains(1L);
  }

  @Test
  void keepsAListReadableThatIsBeingReadWhileNewerOnesCome() throws Exception {
    CrlShelf shelf = world.shelf();
    CrlFile first = shelf.current(PEOPLE).orElseThrow();
    try (var open = first.open()) {
      for (int i = 0; i < 4; i++) {
        world.revoke(world.issue(0, world.clock.instant().plus(Duration.ofDays(9))));
        world.issuer().refresh(world.clock.instant());
        world.clock.pass(Duration.ofSeconds(1));
        shelf.current(PEOPLE);
      }
      assertThat(first.file()).doesNotExist();
      ByteBuffer all = ByteBuffer.allocate((int) first.length());
      while (open.read(all) > 0) {
        // on to the end
      }
      assertThat(all.position()).isEqualTo((int) first.length());
    }
    assertThatThrownBy(first::open).isInstanceOf(NoSuchFileException.class);
    assertThat(names(world.folder.resolve("shelf")))
        .filteredOn(name -> name.startsWith("people~0~f"))
        .hasSize(2);
  }

  @Test
  void neverGoesBackThoughTheDatabaseDid() {
    CrlShelf shelf = world.shelf();
    world.revoke(StatusWorld.GOOD);
    world.issuer().refresh(world.clock.instant());
    world.clock.pass(Duration.ofSeconds(1));
    assertThat(shelf.current(PEOPLE)).map(CrlFile::number).contains(2L);

    DATABASE.execute("update crl_line set newest_full = 1, number = 1");
    world.clock.pass(Duration.ofSeconds(1));

    assertThat(shelf.current(PEOPLE)).map(CrlFile::number).contains(2L);
  }

  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private interface Check {
    void run() throws Exception;
  }

  private static void withoutDatabase(Check check) throws Exception {
    DATABASE.execute("alter table crl_line rename to elsewhere");
    try {
      check.run();
    } finally {
      DATABASE.execute("alter table elsewhere rename to crl_line");
    }
  }
}
