package de.kreissiegel.ca.publication;

import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.status.CrlFile;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What works on publication to all directories. */
public final class Publishing {
  private static final System.Logger LOG = System.getLogger(Publishing.class.getName());

  private final Records records;
  private final List<Desk> desks;
  private final Clock clock;

  /**
   * Where publication reads and writes.
   *
   * @param queue what is to be done to entries
   * @param postings what directories shall say of authorities
   * @param backlogs what isn't done
   * @param certificates what it is about
   */
  public record Records(
      OutboxQueue queue, PostingBook postings, Backlogs backlogs, CertificateBook certificates) {}

  /**
   * By what it is decided what entries hold.
   *
   * @param lists the newest lists, as this node serves them
   */
  public record Sources(
      ProfileCatalog profiles, AuthorityCatalog authorities, Supplier<List<CrlFile>> lists) {}

  /**
   * Those who work for one directory, each in a thread of its own, so that none waits for another.
   *
   * @param certificates carries out the outbox
   * @param authorities writes authorities' certificates and lists
   * @param cleanUp takes out what has expired
   */
  public record Desk(
      DirectoryName name, OutboxWorker certificates, PostingWorker authorities, CleanUp cleanUp) {}

  public Publishing(Records records, Sources sources, CertificatePublisher publisher, Clock clock) {
    this.records = records;
    this.clock = clock;
    var changes =
        new EntryChanges(records.certificates(), sources.profiles(), sources.authorities(), clock);
    var postings =
        new AuthorityPostings(sources.authorities(), sources.lists(), records.postings(), clock);
    this.desks =
        publisher.destinations().stream()
            .map(
                destination ->
                    new Desk(
                        destination.name(),
                        new OutboxWorker(records.queue(), changes, destination, clock),
                        new PostingWorker(records.postings(), postings, destination, clock),
                        new CleanUp(records.queue(), sources.profiles(), destination, clock)))
            .toList();
  }

  /** Makes the directories known, before anything is put in for them. */
  public void open() {
    Set<DirectoryName> names = desks.stream().map(Desk::name).collect(Collectors.toSet());
    if (names.size() != desks.size()) {
      throw new IllegalArgumentException("two directories have one name");
    }
    records.postings().keep(names);
    int dropped = records.queue().keep(names, clock.instant());
    if (dropped > 0) {
      LOG.log(
          WARNING, "{0} publications are given up: their directory is configured no more", dropped);
    }
  }

  public List<Desk> desks() {
    return desks;
  }

  public Backlogs backlogs() {
    return records.backlogs();
  }
}
