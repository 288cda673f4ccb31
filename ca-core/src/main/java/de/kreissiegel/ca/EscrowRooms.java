package de.kreissiegel.ca;

import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.escrow.EscrowVault;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.OfficerShelf;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.storage.Books;
import java.time.Duration;

/** Escrow's desks, built and connected. */
public final class EscrowRooms {
  private final EscrowDesk desk;
  private final RecoveryDesk recovery;
  private final MadeKeyDesk madeKeys;

  EscrowRooms(
      CertificationAuthority.Surroundings on,
      Books books,
      Ownership ownership,
      CertificateInventory inventory,
      OfficerSecurityKeys securityKeys) {
    var vault = new EscrowVault(on.signer());
    this.desk =
        new EscrowDesk(books.ofEscrow(), on.profiles(), ownership, vault, on.clock(), on.random());
    this.recovery =
        new RecoveryDesk(
            books.ofRecovery(),
            new RecoveryDesk.People(
                on.directory(),
                ownership,
                new RecoveryDesk.Officers(
                    new OfficerShelf(on.profiles(), books.certificates()), securityKeys)),
            on.authorities(),
            vault,
            on.clock(),
            on.random());
    this.madeKeys =
        new MadeKeyDesk(
            books.ofMadeKeys(), desk, inventory, on.authorities(), on.clock(), on.random());
  }

  /** What tenants decide, and what is kept. */
  public EscrowDesk desk() {
    return desk;
  }

  /** Keys that are made here. */
  public MadeKeyDesk madeKeys() {
    return madeKeys;
  }

  /** How keys are given out. */
  public RecoveryDesk recovery() {
    return recovery;
  }

  void start(Jobs jobs) {
    jobs.every(
        Duration.ofMinutes(10),
        "escrow",
        () -> {
          desk.sweep();
          madeKeys.destroyOld();
        });
    jobs.every(Duration.ofMinutes(1), "recoveries", recovery::expireOld);
  }
}
