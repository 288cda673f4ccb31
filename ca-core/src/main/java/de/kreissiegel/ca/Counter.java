package de.kreissiegel.ca;

import de.kreissiegel.ca.access.RoleSource;
import de.kreissiegel.ca.access.StaffLogin;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.bulk.BulkWorker;
import de.kreissiegel.ca.campaign.BusinessHours;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.campaign.CampaignWorker;
import de.kreissiegel.ca.census.CensusDesk;
import de.kreissiegel.ca.census.ExpiryDesk;
import de.kreissiegel.ca.equipment.EquipmentDesk;
import de.kreissiegel.ca.evidence.EvidenceDesk;
import de.kreissiegel.ca.helpdesk.HelpDesk;
import de.kreissiegel.ca.identity.TwinDesk;
import de.kreissiegel.ca.letter.LetterDesk;
import de.kreissiegel.ca.reads.ReadsDesk;
import de.kreissiegel.ca.registration.RegistrationDesk;
import de.kreissiegel.ca.review.ReviewDesk;
import de.kreissiegel.ca.revision.RevisionDesk;
import de.kreissiegel.ca.revision.RevisionSettings;
import de.kreissiegel.ca.revision.RevisionWatch;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.wording.RefusalTextDesk;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;

/** What people do at the counter beside applying and deciding, and what they look at. */
public final class Counter {
  private final CertificationAuthority.Surroundings on;
  private final Books books;
  private final RegistrationDesk registration;
  private final RevocationDesk revocation;

  Counter(
      CertificationAuthority.Surroundings on,
      Books books,
      RegistrationDesk registration,
      RevocationDesk revocation) {
    this.on = on;
    this.books = books;
    this.registration = registration;
    this.revocation = revocation;
  }

  /** Lists of people and devices. */
  public BulkDesk bulk() {
    return new BulkDesk(books.ofBulk(), on.clock(), on.random());
  }

  /**
   * Works at lists.
   *
   * @param offices people with the offices that directory and grants give them
   */
  public BulkWorker bulkWorker(StaffLogin offices) {
    return new BulkWorker(
        books.ofBulk(),
        new BulkWorker.Surroundings(
            registration,
            books.certificates(),
            books.requests(),
            books.ofLifecycle().effects(),
            on.directory(),
            offices),
        on.clock());
  }

  /**
   * Campaigns.
   *
   * @param hours when letters go out
   */
  public CampaignDesk campaigns(BusinessHours hours) {
    return new CampaignDesk(books.ofCampaigns(), aroundCampaigns(hours), on.clock(), on.random());
  }

  /**
   * Writes the letters of campaigns.
   *
   * @param hours when they go out
   * @param offices people with the offices that directory and grants give them
   */
  public CampaignWorker campaignWorker(BusinessHours hours, StaffLogin offices) {
    return new CampaignWorker(books.ofCampaigns(), aroundCampaigns(hours), offices, on.clock());
  }

  private CampaignDesk.Surroundings aroundCampaigns(BusinessHours hours) {
    return new CampaignDesk.Surroundings(on.directory(), on.profiles(), on.authorities(), hours);
  }

  /** Tenants' own reasons for refusing. */
  public RefusalTextDesk refusalTexts() {
    return new RefusalTextDesk(books.ofRefusalTexts(), on.clock(), on.random());
  }

  /** What was handed to people. */
  public EquipmentDesk equipment() {
    return new EquipmentDesk(
        books.ofEquipment(), on.directory(), revocation, on.clock(), on.random());
  }

  /** Letters that people were sent. */
  public LetterDesk letters() {
    return new LetterDesk(books.ofLetterDesk(), on.clock(), on.random());
  }

  /** The help desk. */
  public HelpDesk helpDesk() {
    return new HelpDesk(books.ofHelpDesk(), on.directory(), revocation, letters());
  }

  /** What officers read before they decide. */
  public ReviewDesk reviews() {
    return new ReviewDesk(
        registration,
        books.reviews(),
        books.certificates(),
        books.twins(),
        on.patience().zone(),
        on.clock());
  }

  /** Who may be recorded twice. */
  public TwinDesk twins() {
    return new TwinDesk(books.twins(), books.transactions(), books.audit(), on.clock());
  }

  /** How the house stands. */
  public CensusDesk census() {
    return new CensusDesk(books.census(), on.authorities(), on.clock());
  }

  /**
   * Reviews of revisors.
   *
   * @param settings how often, and how
   * @param auditKey SubjectPublicKeyInfo of the vault's audit key, DER
   */
  public RevisionDesk revision(RevisionSettings settings, Bytes auditKey) {
    return new RevisionDesk(books.ofRevision(), settings, auditKey, on.clock(), on.random());
  }

  /** Who tells of reviews that don't come. */
  public RevisionWatch revisionWatch(RevisionSettings settings) {
    return new RevisionWatch(books.ofRevision(), settings, on.clock());
  }

  /**
   * Evidence of a period.
   *
   * @param roles which groups give which offices
   * @param auditKey SubjectPublicKeyInfo of the vault's audit key, DER
   */
  public EvidenceDesk evidence(List<RoleSource> roles, Bytes auditKey) {
    return new EvidenceDesk(books.ofEvidence(), roles, auditKey, on.clock());
  }

  /** Who looked at whose data. */
  public ReadsDesk reads() {
    return new ReadsDesk(books.reads(), books.readLog());
  }

  /** What ends when. */
  public ExpiryDesk expiry() {
    return new ExpiryDesk(books.census(), on.patience().zone(), on.clock());
  }
}
