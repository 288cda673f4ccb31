package de.kreissiegel.ca.letter;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.MovableClock;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.storage.TestDatabase;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whose escrowed keys are wanted hears it, and somebody does in any case. */
class RecoveryLettersTest {
  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.fresh();

  @TempDir Path folder;
  private House house;
  private Books books;
  private Recovery.Requested recovery;
  private final FakeCourier courier = new FakeCourier();
  private Correspondence correspondence;

  @BeforeEach
  void ottoWantsAnnasKeys() throws Exception {
    house = new House(DATABASE, null, House.withoutOfficers(folder), new MovableClock());
    books = Books.of(DATABASE.source(), "mail", house.clock, new SecureRandom());
    correspondence =
        new Correspondence(
            books.ofCorrespondence(),
            house.directory,
            house.profiles,
            new LetterSettings(
                List.of(),
                ZoneId.of("Europe/Berlin"),
                "betrieb@kreis.example",
                Duration.ofDays(3),
                Duration.ofDays(90)),
            courier,
            house.clock,
            new SecureRandom());
    correspondence.open();
    Actor.Person otto = House.officer(house.otto, House.TOWN);
    recovery =
        new Recovery.Requested(
            new Recovery.Terms(
                new RecoveryId(UUID.randomUUID()),
                House.TOWN,
                house.anna.id(),
                "Anna Amsel",
                "Stadt Ä",
                Said.now(otto, house.clock),
                otto.id(),
                "Otto Officer",
                "Az. 7/26",
                2,
                List.of(
                    new Recovery.Item(
                        UUID.randomUUID(),
                        copied(),
                        new AuthorityName("people"),
                        SerialNumber.fromHex("1a2b"),
                        new KeyId("escrow"),
                        Bytes.of(new byte[32])))),
            List.of());
    books
        .transactions()
        .<Boolean, RuntimeException>inTransaction(
            transaction -> {
              books.recoveries().insert(transaction, recovery);
              for (String action : List.of("recovery.requested", "recovery.released")) {
                books
                    .audit()
                    .append(
                        transaction,
                        otto,
                        action,
                        Optional.of(House.TOWN),
                        recovery.auditName(),
                        "");
              }
              return true;
            });
  }

  /** A copy's key hash. */
  private static Bytes copied() {
    Bytes hash = Bytes.of(new byte[32]);
    UUID decision = UUID.randomUUID();
    DATABASE.execute(
        """
        insert into escrow_decision (id, tenant, profiles, reason, officers, keep_years,
          proposed_by, proposer_name, proposed_at)
        values ('%s', 'stadt-a.example', '{smime}', 'r', 2, 10, 'lead', 'Lore', now())
        """
            .formatted(decision));
    DATABASE.execute(
        """
        insert into escrow_copy (key_hash, tenant, profile, depositor, made_by, decision,
          vault_key, wrapped, wrapping_hash, deposited_at, keep_years)
        values ('\\x%s', 'stadt-a.example', 'smime', 'anna', 'BROWSER', '%s', 'escrow',
          sha256('wrapped'), sha256('wrapping'), now(), 10)
        """
            .formatted(hash.toHex(), decision));
    return hash;
  }

  private List<Letter> sent() {
    correspondence.address();
    correspondence.send();
    return courier.delivered;
  }

  @Test
  void tellsTheOwnerBothTimesWhyAndWhoGetsTheFile() {
    assertThat(sent())
        .extracting(Letter::kind)
        .containsExactly(LetterKind.RECOVERY_REQUESTED, LetterKind.RECOVERY_RELEASED);
    assertThat(courier.delivered)
        .allSatisfy(
            letter -> {
              assertThat(letter.address()).isEqualTo("anna.amsel@stadt-a.example");
              assertThat(letter.said())
                  .containsEntry("reason", "Az. 7/26")
                  .containsEntry("actor-name", "Otto Officer")
                  .containsEntry("applicant-name", "Otto Officer");
            });
  }

  @Test
  void tellsWhoeverRunsTheHouseWhereTheOwnerIsGoneAndNobodyLeadsTheOfficers() {
    house.directory.remove(house.anna);
    assertThat(sent())
        .extracting(Letter::address)
        .containsExactly("betrieb@kreis.example", "betrieb@kreis.example");
    assertThat(courier.delivered.getFirst().said()).containsEntry("holder", "Anna Amsel");
  }
}
