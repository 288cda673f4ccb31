package de.kreissiegel.ca.recovery;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.escrow.Decision;
import de.kreissiegel.ca.escrow.DecisionProposal;
import de.kreissiegel.ca.escrow.Deposit;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.escrow.EscrowVault;
import de.kreissiegel.ca.escrow.SampleCopies;
import de.kreissiegel.ca.inventory.CertificateInventory;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.inventory.OfficerShelf;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.issuance.House;
import de.kreissiegel.ca.issuance.SampleRequests;
import de.kreissiegel.ca.issuance.VaultedHouse;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.revocation.Revocation;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.x509.RevocationReason;
import de.kreissiegel.hsm.approval.SecurityKeyPages;
import de.kreissiegel.hsm.signing.Bytes;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The vaulted house with escrow's desks; Otto and Olga are the town's officers. */
public final class EscrowHouse {
  public static final ProfileName SMIME = new ProfileName("smime");

  public final VaultedHouse vaulted = VaultedHouse.shared();
  public final House house = vaulted.house;
  public final Actor.Person otto = vaulted.otto;
  public final Actor.Person olga = vaulted.olga;
  public final EscrowVault vault = new EscrowVault(house.signer);
  public final Books books =
      Books.of(vaulted.database.source(), "escrow", house.clock, new SecureRandom());
  public final EscrowDesk desk;
  public final RecoveryDesk recovery;
  public final MadeKeyDesk madeKeys;

  /** By which credentials officers sign. */
  public final Map<SubjectId, Bytes> credentials = new ConcurrentHashMap<>();

  private OfficerSecurityKeys passkeys() {
    return new OfficerSecurityKeys() {
      @Override
      public Optional<SecurityKeyPages> rules() {
        return Optional.of(VaultedHouse.SECURITY_KEYS);
      }

      @Override
      public boolean isOf(SubjectId person, Bytes credential) {
        return credential.equals(credentials.get(person));
      }
    };
  }

  public EscrowHouse() {
    var ownership = new Ownership(house.directory);
    desk =
        new EscrowDesk(
            books.ofEscrow(), house.profiles, ownership, vault, house.clock, new SecureRandom());
    recovery =
        new RecoveryDesk(
            books.ofRecovery(),
            new RecoveryDesk.People(
                house.directory,
                ownership,
                new RecoveryDesk.Officers(
                    new OfficerShelf(house.profiles, house.certificates), passkeys())),
            house.authorities,
            vault,
            house.clock,
            new SecureRandom());
    madeKeys =
        new MadeKeyDesk(
            books.ofMadeKeys(),
            desk,
            new CertificateInventory(
                house.certificates,
                ownership,
                new ReadLog(books.audit(), books.transactions()),
                house.clock),
            house.authorities,
            house.clock,
            new SecureRandom());
  }

  /** The town has decided for mail, unless it has. */
  public Decision decide() throws Refused {
    for (Decision one : desk.decisions(otto)) {
      if (one instanceof Decision.InForce) {
        return one;
      }
    }
    Decision proposed =
        desk.propose(
            otto, new DecisionProposal(House.TOWN, Set.of(SMIME), "Beschluss 12/26", 2, 10));
    return desk.consent(olga, proposed.id());
  }

  /** A person of the town who isn't an officer. */
  public Subject person(String name) {
    String mail = name.toLowerCase().replace(' ', '.') + "@stadt-a.example";
    Subject subject = House.person(name, House.TOWN, mail);
    house.directory.put(subject);
    return subject;
  }

  /** They apply with a new key and leave a copy; Otto approves. */
  public StoredCertificate certified(Subject subject, KeyPair pair) throws Refused {
    return certified(
        subject, pair, SampleCopies.of(pair, House.TOWN, SMIME, vault.key().orElseThrow()));
  }

  /** The same with this copy. */
  public StoredCertificate certified(Subject subject, KeyPair pair, Deposit deposit)
      throws Refused {
    desk.deposit(House.staff(subject), deposit);
    var request =
        house.desk.submit(
            House.staff(subject), House.application(subject, SMIME, SampleRequests.of(pair, "")));
    Actor.Person officer = subject.id().equals(otto.id()) ? olga : otto;
    return house.certificateOf(vaulted.approve(officer, request.id()));
  }

  /** What the officer's key makes of each key's statement. */
  public List<Bytes> signatures(Actor.Person officer, Recovery recovery) throws Refused {
    List<Bytes> all = new ArrayList<>();
    for (Recovery.Item item : recovery.terms().items()) {
      all.add(
          vaulted.sign(officer, this.recovery.statement(officer, recovery.id(), item.release())));
    }
    return all;
  }

  /** The officer reads, signs, and says yes. */
  public Recovery approve(Actor.Person officer, Recovery recovery) throws Refused {
    return this.recovery.approve(officer, recovery.id(), signatures(officer, recovery));
  }

  /** The officer's certificates are revoked, and the vault signs a list that says so. */
  public void revokeOfficer(Actor.Person officer) throws Refused {
    var revocation =
        new RevocationDesk(
            books.ofRevocation(), new Ownership(house.directory, _ -> Set.of()), house.clock);
    for (StoredCertificate one : house.certificates.ofSubjects(List.of(officer.id()))) {
      if (one.profile().value().equals("registration-officer")
          && one.status() instanceof CertificateStatus.Good) {
        revocation.revoke(
            new Actor.Component("test"),
            one.authority(),
            one.serial(),
            Revocation.of(RevocationReason.CESSATION_OF_OPERATION, "left"));
      }
    }
    house.signsLists();
  }
}
