package de.kreissiegel.ca.witness;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.CheckpointNote;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CheckpointKeeperTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final WitnessedVault vault = new WitnessedVault();
  private Books books;
  private CheckpointBook book;
  private CheckpointKeeper keeper;

  @BeforeEach
  void keepsInPostgres() {
    DATABASE.clear();
    books = Books.open(DATABASE.source(), "node", Clock.systemUTC(), new SecureRandom());
    book = books.checkpoints();
    keeper = keeper("signer", Optional.of(vault.publicKey()));
  }

  private CheckpointKeeper keeper(String name, Optional<Bytes> key) {
    return new CheckpointKeeper(
        name,
        vault,
        new CheckpointKeeper.Records(book, books.transactions(), books.audit()),
        key,
        Clock.systemUTC());
  }

  @Test
  void keepsEachCheckpointOnceAndFindsNoFaultWhileTheyGrow() throws Exception {
    hears(3);
    hears(3);
    hears(10);

    assertThat(kept()).containsExactly(3L, 10L);
    assertThat(book.newest("signer").orElseThrow().checkpoint()).isEqualTo(vault.checkpoint());
    assertThat(keeper.fault()).isEmpty();
    assertThat(events()).isEmpty();
  }

  @Test
  void keepsNoneWithAnAlteredSignature() throws Exception {
    hears(3);
    vault.grow(4);
    SignedCheckpoint good = vault.signed();
    int at = good.note().lastIndexOf(' ') + 20;
    char other = good.note().charAt(at) == 'A' ? 'B' : 'A';
    vault.says(
        new SignedCheckpoint(
            4, good.head(), good.note().substring(0, at) + other + good.note().substring(at + 1)));
    keeper.look();

    refused("is not signed by the journal's key");
    assertThat(kept()).containsExactly(3L);
  }

  @Test
  void keepsNoneWhoseTextWasAltered() throws Exception {
    vault.grow(3);
    SignedCheckpoint good = vault.signed();
    vault.says(new SignedCheckpoint(4, good.head(), good.note().replace("\n3\n", "\n4\n")));
    keeper.look();
    refused("is not signed by the journal's key");
    assertThat(kept()).isEmpty();
  }

  @Test
  void keepsNoneThatSaysSomethingElseThanTheAnswer() throws Exception {
    vault.grow(3);
    SignedCheckpoint good = vault.signed();
    vault.says(new SignedCheckpoint(2, good.head(), good.note()));
    keeper.look();
    refused("something else than the checkpoint that it signed");
    assertThat(kept()).isEmpty();
  }

  @Test
  void keepsNoneOfAnotherKeyThanTheConfiguredOne() throws Exception {
    vault.grow(3);
    vault.changesItsKey();
    vault.says(vault.signed());
    keeper.look();

    refused("has another key");
    assertThat(kept()).isEmpty();
  }

  @Test
  void remembersTheKeyThatItSawFirstWhereNoneIsConfigured() throws Exception {
    keeper = keeper("signer", Optional.empty());
    hears(3);
    assertThat(keeper.fault()).isEmpty();
    assertThat(book.journalKey("signer")).contains(vault.publicKey());
    vault.changesItsKey();
    keeper = keeper("signer", Optional.empty());
    hears(4);

    refused("has another key");
    assertThat(kept()).containsExactly(3L);
  }

  @Test
  void noticesAJournalThatBecameShorter() throws Exception {
    hears(10);
    vault.cut(9);
    vault.says(vault.signed());
    keeper.look();

    refused("a checkpoint of 9 entries, one of 10 was kept before");
    assertThat(kept()).containsExactly(10L);
  }

  @Test
  void noticesAnOlderCopyAlsoAfterItHasGrownAgain() throws Exception {
    hears(10);
    vault.cut(8);
    hears(12);

    refused("its tree is not that of the entries");
    assertThat(kept()).containsExactly(10L);
  }

  @Test
  void noticesAnotherJournalOfTheSameLength() throws Exception {
    hears(10);
    vault.cut(9);
    hears(10);

    refused("another checkpoint of 10 entries");
    assertThat(kept()).containsExactly(10L);
  }

  @Test
  void noticesTheSameLengthAndLastEntryUnderAnotherRoot() throws Exception {
    hears(10);
    CheckpointNote real =
        CheckpointNote.read(vault.signed().note(), vault.publicKey()).orElseThrow();
    vault.says(vault.signed(10, real.head(), real.head()));
    keeper.look();

    refused("another checkpoint of 10 entries");
  }

  @Test
  void noticesACheckpointThatIsNotOfTheEntriesWhichTheVaultShows() throws Exception {
    hears(5);
    vault.grow(8);
    SignedCheckpoint of8 = vault.signed();
    vault.swap(6, 7);
    vault.says(of8);
    keeper.look();

    refused("over 8 entries doesn't fit its journal");
    assertThat(kept()).containsExactly(5L);
  }

  @Test
  void noticesThatEntriesAreShownNoMore() throws Exception {
    hears(5);
    vault.grow(8);
    SignedCheckpoint of8 = vault.signed();
    vault.cut(7);
    vault.says(of8);
    keeper.look();

    refused("the journal ends before entry 7");
  }

  @Test
  void goesOnWhereAnotherNodeHasComeTo() throws Exception {
    hears(2_500);
    keeper = keeper("signer", Optional.of(vault.publicKey()));
    vault.read.clear();
    hears(2_501);

    assertThat(keeper.fault()).isEmpty();
    assertThat(vault.read).containsExactly(2_500L);
    assertThat(book.newestFollowed("signer").orElseThrow().checkpoint().size()).isEqualTo(2_501);
  }

  @Test
  void remembersTheFaultUntilPeopleHaveLookedAndTellsOfItOnce() throws Exception {
    hears(10);
    vault.says(vault.signed(9, vault.signed().head(), vault.signed().head()));
    keeper.look();
    keeper.look();
    hears(11);

    refused("a checkpoint of 9 entries");
    assertThat(kept()).containsExactly(10L, 11L);
  }

  @Test
  void keepsTheVaultsApart() throws Exception {
    hears(10);
    CheckpointKeeper other = keeper("second", Optional.of(vault.publicKey()));
    vault.cut(2);
    vault.says(vault.signed());
    other.look();

    assertThat(other.fault()).isEmpty();
    assertThat(book.all("second")).hasSize(1);
    assertThat(book.signers()).containsExactly("second", "signer");
  }

  private void hears(int size) throws Exception {
    vault.grow(size);
    vault.says(vault.signed());
    keeper.look();
  }

  private List<Long> kept() {
    return book.all("signer").stream().map(kept -> kept.checkpoint().size()).toList();
  }

  /** One event and a sentence for the health. */
  private void refused(String sentence) {
    assertThat(keeper.fault()).hasValueSatisfying(told -> assertThat(told).contains(sentence));
    assertThat(events()).singleElement().asString().contains(sentence);
  }

  private List<String> events() {
    List<String> events = new ArrayList<>();
    books
        .auditEvents()
        .eachEvent(
            "node",
            event -> {
              if (event.action().equals("vault.checkpoint-refused")) {
                events.add(event.object() + " " + event.text().detail().orElse(""));
              }
            });
    return events;
  }
}
