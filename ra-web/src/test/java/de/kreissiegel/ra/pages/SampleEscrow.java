package de.kreissiegel.ra.pages;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.escrow.CopyBook;
import de.kreissiegel.ca.escrow.Decision;
import de.kreissiegel.ca.escrow.DecisionBook;
import de.kreissiegel.ca.escrow.DecisionId;
import de.kreissiegel.ca.escrow.EscrowCopy;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.escrow.EscrowVault;
import de.kreissiegel.ca.escrow.Escrowed;
import de.kreissiegel.ca.escrow.Said;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.Ownership;
import de.kreissiegel.ca.madekey.MadeKeyBook;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.recovery.FileId;
import de.kreissiegel.ca.recovery.Recovery;
import de.kreissiegel.ca.recovery.RecoveryBook;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.recovery.RecoveryId;
import de.kreissiegel.ca.registration.OfficerSecurityKeys;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The real desks of escrow, over books that hold a town's decisions and two recoveries. */
final class SampleEscrow {
  static final UUID WAITING = UUID.fromString("0d0e0f10-0000-4000-8000-00000000e5c1");

  /** One whose second signature counts no more. */
  static final UUID ENDED = UUID.fromString("0d0e0f10-0000-4000-8000-00000000e5c2");

  static final String SERIAL = "1a2b3c4d5e6f";
  static final FileId FILE = new FileId(Bytes.of(new byte[16]));
  private static final ProfileName SMIME = new ProfileName("smime");
  private static final Bytes HASH = Bytes.of(new byte[32]);
  private static final String OWNER = "CN=Dr. Änne Groß-Weißenberger,O=Stadt Haßfurt,C=DE";

  private final Instant now;
  private final Clock clock;
  private final EscrowVault vault = new EscrowVault(signer());
  private final DecisionBook decisions = mock(DecisionBook.class);
  private final CopyBook copies = mock(CopyBook.class);
  private final RecoveryBook recoveries = mock(RecoveryBook.class);
  private final Transactions transactions =
      new Transactions() {
        @Override
        public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
            throws X {
          return work.in(mock(Transaction.class));
        }
      };

  SampleEscrow(Clock clock) {
    this.clock = clock;
    this.now = clock.instant();
    fillDecisions();
    var kept = new Escrowed(copy(), authority(), serial(), staff(), OWNER, days(-90), days(275));
    when(copies.put(any(), any(), any(), any())).thenReturn(true);
    when(copies.ofOwners(any())).thenReturn(List.of(kept));
    when(copies.ofTenants(any(), any(), anyInt())).thenReturn(List.of(kept));
    when(copies.kept(any())).thenReturn(List.of(new CopyBook.Kept(SamplePeople.HASSFURT, 17)));
    Recovery waiting =
        new Recovery.Requested(
            terms(WAITING, "Az. 12/26: dauerhaft erkrankt", heir()), List.of(said("Lore Leitner")));
    Recovery.Ready ready =
        new Recovery.Ready(
            terms(UUID.randomUUID(), "neuer Rechner, alte Mails", staff()),
            List.of(said("Jürgen Müller"), said("Lore Leitner")),
            said("Jürgen Müller"),
            new Recovery.Offer(FILE, days(1), 0));
    Recovery ended =
        new Recovery.Approved(
            terms(ENDED, "Az. 9/26: verstorben", heir()),
            List.of(said("Jürgen Müller"), said("Vroni Öchsner"), said("Lore Leitner")));
    when(recoveries.find(new RecoveryId(ENDED))).thenReturn(Optional.of(ended));
    when(recoveries.signaturesOfOfficers(new RecoveryId(ENDED)))
        .thenReturn(Map.of(said("Vroni Öchsner").by(), List.of(Bytes.of(new byte[] {0x30, 0}))));
    List<Recovery> all = new ArrayList<>(List.of(waiting, ready, ended));
    when(recoveries.ofTenants(any())).thenReturn(all);
    when(recoveries.of(any(), any())).thenReturn(all);
    when(recoveries.find(new RecoveryId(WAITING))).thenReturn(Optional.of(waiting));
    when(recoveries.lock(any(), any(FileId.class))).thenReturn(Optional.of(ready));
  }

  private void fillDecisions() {
    var agreed =
        new Decision.InForce(
            decided(SamplePeople.HASSFURT, "Beschluss des Stadtrats 12/26"), said("Lore Leitner"));
    var proposed = new Decision.Proposed(decided(SamplePeople.KREIS, "Dienstanweisung 4/26"));
    when(decisions.known(any())).thenReturn(List.of(agreed, proposed));
    when(decisions.inForce(SamplePeople.HASSFURT)).thenReturn(Optional.of(agreed));
  }

  EscrowDesk desk(ProfileCatalog profiles, SubjectDirectory directory) {
    return new EscrowDesk(
        new EscrowDesk.Books(transactions, decisions, copies, mock(AuditTrail.class)),
        profiles,
        new Ownership(directory),
        vault,
        clock,
        new SecureRandom());
  }

  MadeKeyDesk.Books madeKeys() {
    var keys = mock(MadeKeyBook.class);
    when(keys.waiting(any()))
        .thenReturn(List.of(new MadeKeyBook.Waiting(authority(), serial(), SMIME)));
    return new MadeKeyDesk.Books(transactions, keys, mock(AuditTrail.class));
  }

  RecoveryDesk recovery(SubjectDirectory directory, AuthorityCatalog authorities) {
    return new RecoveryDesk(
        new RecoveryDesk.Books(
            transactions,
            recoveries,
            decisions,
            copies,
            mock(CertificateBook.class),
            mock(AuditTrail.class)),
        new RecoveryDesk.People(
            directory,
            new Ownership(directory),
            new RecoveryDesk.Officers((_, _) -> List.of(), OfficerSecurityKeys.none())),
        authorities,
        vault,
        clock,
        new SecureRandom());
  }

  private Recovery.Terms terms(UUID id, String reason, SubjectId collector) {
    return new Recovery.Terms(
        new RecoveryId(id),
        SamplePeople.HASSFURT,
        staff(),
        "Dr. Änne Groß-Weißenberger",
        "Stadt Haßfurt",
        new Said(collector, "Bärbel Öchsner", now.minus(Duration.ofHours(3))),
        collector,
        collector.equals(staff()) ? "Dr. Änne Groß-Weißenberger" : "Bärbel Öchsner",
        reason,
        3,
        List.of(
            new Recovery.Item(
                UUID.randomUUID(), HASH, authority(), serial(), new KeyId("escrow"), HASH)));
  }

  private Decision.Terms decided(TenantId tenant, String reason) {
    return new Decision.Terms(
        new DecisionId(UUID.randomUUID()),
        tenant,
        Set.of(SMIME, new ProfileName("function-mailbox")),
        reason,
        2,
        10,
        said("Bärbel Öchsner"));
  }

  private EscrowCopy copy() {
    return new EscrowCopy(
        HASH,
        SamplePeople.HASSFURT,
        SMIME,
        staff(),
        EscrowCopy.Maker.BROWSER,
        new DecisionId(UUID.randomUUID()),
        new KeyId("escrow"),
        HASH,
        days(-90),
        10);
  }

  private Said said(String name) {
    return new Said(new SubjectId("p-" + name), name, now.minus(Duration.ofHours(2)));
  }

  private Instant days(int count) {
    return now.plus(Duration.ofDays(count));
  }

  private static AuthorityName authority() {
    return new AuthorityName("people");
  }

  private static SerialNumber serial() {
    return SerialNumber.fromHex(SERIAL);
  }

  private static SubjectId staff() {
    return SamplePeople.STAFF.id();
  }

  private static SubjectId heir() {
    return new SubjectId("p-heir");
  }

  private static Signer signer() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(3072);
      Signer signer = mock(Signer.class);
      when(signer.keys())
          .thenReturn(
              List.of(
                  new VaultKey(
                      new KeyId("escrow"),
                      Bytes.of(generator.generateKeyPair().getPublic().getEncoded()),
                      Bytes.of(new byte[0]),
                      Set.of(),
                      VaultKey.State.ACTIVE)));
      return signer;
    } catch (GeneralSecurityException | SigningUnavailable impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
