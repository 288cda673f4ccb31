package de.kreissiegel.ca.lifecycle;

import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.revocation.RevocationDesk;
import de.kreissiegel.ca.roster.Bookmark;
import de.kreissiegel.ca.roster.DirectoryIntake;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.roster.DirectoryReport;
import de.kreissiegel.ca.roster.Roster;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.ca.x509.SerialNumber;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The directory's changes, as the authority takes them in: first a plan, stored with the bookmark
 * of what was read; then, unless it is too much at once, done at once.
 */
public final class SubjectLifecycle implements DirectoryIntake {
  private final Records records;
  private final ChangeIntake intake;
  private final PlanWorker worker;
  private final Stragglers stragglers;
  private final IdleCertificates idle;
  private final PlanDesk desk;

  /** What is read and written. */
  public record Records(
      Transactions transactions,
      Roster roster,
      PlanBook plans,
      EffectBook effects,
      UseBook use,
      CertificateBook certificates,
      AuditTrail audit) {}

  /**
   * What decides.
   *
   * @param profiles what follows for their certificates
   * @param kinds tells people from machines
   * @param brake how many may leave at once
   */
  public record Settings(ProfileCatalog profiles, SubjectKinds kinds, Brake brake) {}

  public SubjectLifecycle(
      RevocationDesk revocation,
      OpenRequests requests,
      SubjectDirectory directory,
      Records records,
      Settings settings,
      Clock clock) {
    this.records = records;
    var consequences = new Consequences(settings.profiles(), settings.kinds());
    this.intake =
        new ChangeIntake(
            new ChangeIntake.Books(
                records.transactions(),
                records.roster(),
                records.plans(),
                records.certificates(),
                records.audit()),
            consequences,
            settings.profiles(),
            settings.brake(),
            clock);
    this.idle =
        new IdleCertificates(
            new IdleCertificates.Books(
                records.transactions(),
                records.roster(),
                records.use(),
                records.plans(),
                records.audit()),
            settings.profiles(),
            intake,
            clock);
    this.worker =
        new PlanWorker(
            revocation,
            requests,
            new PlanWorker.Books(
                records.transactions(),
                records.roster(),
                records.plans(),
                records.effects(),
                records.certificates(),
                records.audit()),
            consequences,
            idle,
            settings.profiles(),
            clock);
    this.stragglers = new Stragglers(records.plans(), directory, intake, clock);
    this.desk = new PlanDesk(records.plans(), records.transactions(), records.audit(), clock);
  }

  @Override
  public Optional<Bookmark> bookmark(DirectoryName directory) {
    return records.roster().bookmark(directory);
  }

  @Override
  public Set<SubjectId> known(DirectoryName directory) {
    return records.roster().known(directory);
  }

  @Override
  public void take(DirectoryName directory, DirectoryReport report) {
    intake.take(directory, report);
    if (report.last()) {
      worker.work();
    }
  }

  /** Does what is due: a job's method, for what was released, put off, or left by a crash. */
  public void work() {
    worker.work();
  }

  /** Looks for holders of whom no directory tells anything: a job's method. */
  public void lookForStragglers() {
    stragglers.look();
    worker.work();
  }

  /** Looks for certificates that nobody uses: a job's method. */
  public void lookForUnused() {
    idle.look();
    worker.work();
  }

  /** Whether something is held: somebody has to look at the directory. For health. */
  public boolean isBraked() {
    return records.plans().isAnyHeld();
  }

  /** What is held. */
  public PlanDesk plans() {
    return desk;
  }

  /** Why the directory is the reason for what became of a certificate, if it is. */
  public Optional<Explanation> explain(AuthorityName authority, SerialNumber serial) {
    return records.effects().explain(authority, serial);
  }

  /** What the directory gives these subjects a reason to ask for, and they haven't got yet. */
  public List<Occasion> occasions(Collection<SubjectId> subjects) {
    return records.effects().occasions(subjects);
  }
}
