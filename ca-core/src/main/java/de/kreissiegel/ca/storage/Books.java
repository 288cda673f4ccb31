package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.audit.AuditBook;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.audit.ReadLog;
import de.kreissiegel.ca.breakglass.BreakGlass;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.census.CensusBook;
import de.kreissiegel.ca.clock.ClockCheck;
import de.kreissiegel.ca.disclosure.DisclosureBook;
import de.kreissiegel.ca.emergency.MassBook;
import de.kreissiegel.ca.emergency.MassPath;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.escrow.EscrowDesk;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.grant.GrantBook;
import de.kreissiegel.ca.handover.HandoverDesk;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.hotline.Hotline;
import de.kreissiegel.ca.identity.CheckBook;
import de.kreissiegel.ca.identity.ConfirmationBook;
import de.kreissiegel.ca.identity.TwinBook;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.issuance.JournalPosition;
import de.kreissiegel.ca.letter.Correspondence;
import de.kreissiegel.ca.letter.LetterBook;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.letter.TellingTrail;
import de.kreissiegel.ca.lifecycle.SubjectKinds;
import de.kreissiegel.ca.lifecycle.SubjectLifecycle;
import de.kreissiegel.ca.login.Passkeys;
import de.kreissiegel.ca.login.SessionBook;
import de.kreissiegel.ca.madekey.MadeKeyDesk;
import de.kreissiegel.ca.profile.ProfileHistory;
import de.kreissiegel.ca.pseudonym.PseudonymBook;
import de.kreissiegel.ca.publication.Backlogs;
import de.kreissiegel.ca.publication.Outbox;
import de.kreissiegel.ca.publication.OutboxQueue;
import de.kreissiegel.ca.publication.Publishing;
import de.kreissiegel.ca.reads.ReadsBook;
import de.kreissiegel.ca.recovery.RecoveryBook;
import de.kreissiegel.ca.recovery.RecoveryDesk;
import de.kreissiegel.ca.registration.RequestBook;
import de.kreissiegel.ca.relay.RelayBook;
import de.kreissiegel.ca.retention.RetentionBook;
import de.kreissiegel.ca.review.ReviewBook;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revocation.MassRevocation;
import de.kreissiegel.ca.revocation.RevocationBook;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roles.ConflictBook;
import de.kreissiegel.ca.securitykey.SecurityKeys;
import de.kreissiegel.ca.status.AnswerBook;
import de.kreissiegel.ca.status.CrlBook;
import de.kreissiegel.ca.takeover.Takeover;
import de.kreissiegel.ca.terms.TermsBook;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.witness.CheckpointBook;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;

/** All books of one database. */
public final class Books {
  private final Database database;
  private final SecureRandom random;
  private final Clock clock;
  private final AuditTrail audit;
  private final ReadLog readLog;

  private Books(Database database, String node, Clock clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.audit = new TellingTrail(new JdbcAuditTrail(node, clock, random), letters(), clock);
    this.readLog = new ReadLog(audit, database);
  }

  /**
   * Brings the schema up to date and opens the books.
   *
   * @param node names this node's audit chain
   * @param random for the salts of audit events
   */
  public static Books open(DataSource source, String node, Clock clock, SecureRandom random) {
    return new Books(Database.open(source), node, clock, random);
  }

  /**
   * Opens the books of a schema that is left as it is; nothing is asked of the database yet.
   *
   * @param node names this node's audit chain
   * @param random for the salts of audit events
   */
  public static Books of(DataSource source, String node, Clock clock, SecureRandom random) {
    return new Books(Database.unchanged(source), node, clock, random);
  }

  public Transactions transactions() {
    return database;
  }

  public RequestBook requests() {
    return new JdbcRequestBook(database);
  }

  /** What is remembered of subjects, for who decides. */
  public ReviewBook reviews() {
    return new JdbcReviewBook(database);
  }

  /** Who stands in for officers. */
  public GrantBook grants() {
    return new JdbcGrantBook(database);
  }

  /** Reviews of revisors, and what they read. */
  public RevisionDesk.Records ofRevision() {
    return new RevisionDesk.Records(
        new JdbcRevisionBook(database),
        auditEvents(),
        certificates(),
        requests(),
        readLog(),
        transactions(),
        audit());
  }

  /** What evidence is made of. */
  public EvidenceDesk.Records ofEvidence() {
    return new EvidenceDesk.Records(
        auditEvents(), new JdbcRevisionBook(database), disclosure(), transactions(), audit());
  }

  /** Who looked at whose data. */
  public ReadsBook reads() {
    return new JdbcReadsBook(database);
  }

  /** Terms of use, and who accepted them. */
  public TermsBook terms() {
    return new JdbcTermsBook(database);
  }

  /** Who has to be confirmed again. */
  public ConfirmationBook confirmations() {
    return new JdbcConfirmationBook(database);
  }

  /** Who may be recorded twice. */
  public TwinBook twins() {
    return new JdbcTwinBook(database);
  }

  /** To whom the directory gives offices that exclude each other. */
  public ConflictBook conflicts() {
    return new JdbcConflictBook(database);
  }

  /** How officers checked people. */
  public CheckBook checks() {
    return new JdbcCheckBook(database);
  }

  /** Whose each pseudonym is. */
  public PseudonymBook pseudonyms() {
    return new JdbcPseudonymBook(database, random);
  }

  public CertificateBook certificates() {
    return new JdbcCertificateBook(database);
  }

  /** What is known of keys that were met before. */
  public JdbcKnownKeys knownKeys() {
    return new JdbcKnownKeys(database, clock);
  }

  /** What is told there, people hear of by mail where they have to. */
  public AuditTrail audit() {
    return audit;
  }

  /** Who read what of others. */
  public ReadLog readLog() {
    return readLog;
  }

  /** Letters that wait or were sent. */
  public LetterBook letters() {
    return new JdbcLetterBook(database);
  }

  /** Lists, and what is written with them. */
  public BulkDesk.Records ofBulk() {
    return new BulkDesk.Records(new JdbcBulkBook(database), transactions(), audit());
  }

  /** Campaigns, and what is written with them. */
  public CampaignDesk.Records ofCampaigns() {
    return new CampaignDesk.Records(
        new JdbcCampaignBook(database), letters(), transactions(), audit(), readLog());
  }

  /** Tenants' own reasons for refusing, and what is written with them. */
  public RefusalTextDesk.Records ofRefusalTexts() {
    return new RefusalTextDesk.Records(new JdbcRefusalTextBook(database), transactions(), audit());
  }

  /** What was handed out, and what is written with it. */
  public EquipmentDesk.Records ofEquipment() {
    return new EquipmentDesk.Records(
        new JdbcEquipmentBook(database), certificates(), transactions(), audit());
  }

  /** Where letters are told of, and sent again from. */
  public LetterDesk.Records ofLetterDesk() {
    return new LetterDesk.Records(letters(), transactions(), audit());
  }

  /** What the help desk reads. */
  public HelpDesk.Records ofHelpDesk() {
    return new HelpDesk.Records(
        certificates(),
        requests(),
        reviews(),
        new JdbcPhoneCodeBook(database),
        auditEvents(),
        readLog());
  }

  /** What letters are made of, and where they are kept. */
  public Correspondence.Records ofCorrespondence() {
    return new Correspondence.Records(
        transactions(),
        letters(),
        new JdbcReminderBook(database),
        grants(),
        recoveries(),
        requests(),
        certificates(),
        audit());
  }

  public AuditBook auditEvents() {
    return new JdbcAuditBook(database);
  }

  public Outbox outbox() {
    return new JdbcOutbox(clock);
  }

  public OutboxQueue outboxQueue() {
    return new JdbcOutboxQueue(database);
  }

  /** What publication to directories reads and writes. */
  public Publishing.Records ofPublishing() {
    return new Publishing.Records(
        outboxQueue(), new JdbcPostingBook(database), backlogs(), certificates());
  }

  /** What isn't published yet. */
  public Backlogs backlogs() {
    return new JdbcBacklogs(database);
  }

  public CrlBook crls() {
    return new JdbcCrlBook(database);
  }

  /** What foreign authorities' certificates and revocations are written to. */
  public Takeover.Books ofTakeover() {
    return new Takeover.Books(
        transactions(), certificates(), new JdbcTakeoverBook(database), audit());
  }

  /** What a change of status is written to. */
  public RevocationDesk.Books ofRevocation() {
    return new RevocationDesk.Books(transactions(), certificates(), audit(), outbox());
  }

  /** Runs of the mass path, and which generations they have stopped. */
  public MassBook massRuns() {
    return new JdbcMassBook(database);
  }

  /** What a run of the mass path is written to. */
  public MassPath.Books ofMassPath() {
    return new MassPath.Books(
        transactions(), massRuns(), audit(), new MassRevocation(ofRevocation(), clock));
  }

  /** What a call is answered from, and written to. */
  public Hotline.Books ofHotline() {
    return new Hotline.Books(
        transactions(), new JdbcPhoneCodeBook(database), certificates(), audit());
  }

  /** What log-in by passkey is answered from, and written to. */
  public Passkeys.Records ofPasskeys() {
    return new Passkeys.Records(transactions(), new JdbcPasskeyBook(database), audit());
  }

  /** What officers' security keys are answered from, and written to. */
  public SecurityKeys.Records ofSecurityKeys() {
    return new SecurityKeys.Records(transactions(), new JdbcSecurityKeyBook(database), audit());
  }

  /** What emergency access is answered from, and written to. */
  public BreakGlass.Records ofBreakGlass() {
    return new BreakGlass.Records(transactions(), new JdbcBreakGlassBook(database), audit());
  }

  /** Sessions of the pages. */
  public SessionBook sessions() {
    return new JdbcSessionBook(database);
  }

  /** What is written of files on their way to phones. */
  public HandoverDesk.Books ofHandover() {
    return new HandoverDesk.Books(transactions(), new JdbcHandoverBook(), audit());
  }

  /** What is escrowed is read from, and written to. */
  public EscrowDesk.Books ofEscrow() {
    return new EscrowDesk.Books(
        transactions(), new JdbcDecisionBook(database), new JdbcCopyBook(database), audit());
  }

  /** What recovery of escrowed keys is read from, and written to. */
  public RecoveryDesk.Books ofRecovery() {
    return new RecoveryDesk.Books(
        transactions(),
        recoveries(),
        new JdbcDecisionBook(database),
        new JdbcCopyBook(database),
        certificates(),
        audit());
  }

  /** What keys that the server makes are read from, and written to. */
  public MadeKeyDesk.Books ofMadeKeys() {
    return new MadeKeyDesk.Books(transactions(), new JdbcMadeKeyBook(database), audit());
  }

  /** Recoveries of escrowed keys. */
  public RecoveryBook recoveries() {
    return new JdbcRecoveryBook(database);
  }

  public RevocationBook revocations() {
    return new JdbcRevocationBook(database);
  }

  public ProfileHistory profiles() {
    return new JdbcProfileHistory(database);
  }

  /** OCSP answers that are signed ahead. */
  public AnswerBook answers() {
    return new JdbcAnswerBook(database);
  }

  public SubjectKinds subjectKinds() {
    return new JdbcSubjectKinds(database);
  }

  /** What the directory's changes are written to. */
  public SubjectLifecycle.Records ofLifecycle() {
    return new SubjectLifecycle.Records(
        transactions(),
        new JdbcRoster(database),
        new JdbcPlanBook(database),
        new JdbcEffectBook(database),
        new JdbcUseBook(),
        certificates(),
        audit());
  }

  /** Where certificates are counted. */
  public CensusBook census() {
    return new JdbcCensusBook(database);
  }

  /** What was heard of the vaults' journals. */
  public CheckpointBook checkpoints() {
    return new JdbcCheckpointBook(database);
  }

  /** How far the journal of this vault was taken in. */
  public JournalPosition journalPosition(String vault) {
    return new JdbcJournalPosition(database, vault);
  }

  /**
   * How far the trail was passed on.
   *
   * @param follower to whom; a name that never changes
   */
  public RelayBook relay(String follower) {
    return new JdbcRelayBook(database, follower);
  }

  /** What is kept and for how long; its database's role has to own the tables. */
  public RetentionBook retention() {
    return new JdbcRetentionBook(database);
  }

  /** What there is about people, and counts. */
  public DisclosureBook disclosure() {
    return new JdbcDisclosureBook(database);
  }

  /** The clock of the database's server. */
  public ClockCheck.TimeSource clock() {
    return new DatabaseClock(database);
  }
}
