package de.kreissiegel.ca.witness;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CheckpointKeeperTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  private final Says vault = new Says();
  private CheckpointBook book;
  private CheckpointKeeper keeper;

  @BeforeEach
  void keepsInPostgres() {
    DATABASE.clear();
    book = Books.open(DATABASE.source(), "node", Clock.systemUTC()).checkpoints();
    keeper = new CheckpointKeeper("signer", vault, book, Clock.systemUTC());
  }

  @Test
  void keepsEachCheckpointOnceAndFindsNoFaultWhileTheyGrow() throws Exception {
    hears(3, 1);
    hears(3, 1);
    hears(10, 2);

    assertThat(book.all("signer"))
        .extracting(kept -> kept.checkpoint().size())
        .containsExactly(3L, 10L);
    assertThat(book.newest("signer").orElseThrow().checkpoint()).isEqualTo(vault.checkpoint());
    assertThat(keeper.fault()).isEmpty();
  }

  @Test
  void noticesAJournalThatBecameShorter() throws Exception {
    hears(10, 1);
    hears(9, 2);

    assertThat(keeper.fault()).hasValueSatisfying(fault -> assertThat(fault).contains("9", "10"));
    assertThat(book.all("signer")).hasSize(1);
  }

  @Test
  void noticesAnotherJournalOfTheSameLength() throws Exception {
    hears(10, 1);
    hears(10, 2);

    assertThat(keeper.fault()).isPresent();
  }

  @Test
  void remembersTheFaultUntilPeopleHaveLooked() throws Exception {
    hears(10, 1);
    hears(9, 2);
    hears(11, 3);

    assertThat(keeper.fault()).isPresent();
  }

  @Test
  void keepsTheVaultsApart() throws Exception {
    hears(10, 1);
    var other = new CheckpointKeeper("second", vault, book, Clock.systemUTC());
    vault.checkpoint = new SignedCheckpoint(2, hash(7), "note");
    other.look();

    assertThat(other.fault()).isEmpty();
    assertThat(book.all("second")).hasSize(1);
  }

  private void hears(long size, int head) throws Exception {
    vault.checkpoint = new SignedCheckpoint(size, hash(head), "note of " + size);
    keeper.look();
  }

  private static Bytes hash(int value) {
    byte[] octets = new byte[32];
    octets[0] = (byte) value;
    return Bytes.of(octets);
  }

  /** Says a checkpoint, and nothing else. */
  private static final class Says implements VaultDoor {
    private SignedCheckpoint checkpoint = new SignedCheckpoint(0, hash(0), "");

    @Override
    public SignedCheckpoint checkpoint() {
      return checkpoint;
    }

    @Override
    public VaultHealth health() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Released release(ReleaseRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<VaultKey> keys() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Signed sign(SignRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public List<JournalRecord> journal(long fromIndex, int atMost) {
      throw new UnsupportedOperationException();
    }
  }
}
