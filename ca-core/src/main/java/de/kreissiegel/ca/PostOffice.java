package de.kreissiegel.ca;

import de.kreissiegel.ca.letter.BounceSource;
import de.kreissiegel.ca.letter.Correspondence;
import de.kreissiegel.ca.letter.Courier;
import de.kreissiegel.ca.letter.LetterSettings;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.ca.subject.SubjectDirectory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** Writes and sends letters. May run on any number of nodes; each letter is sent by one. */
public final class PostOffice implements AutoCloseable {
  private final Jobs jobs = new Jobs();
  private final Correspondence correspondence;
  private final Optional<BounceSource> bounces;

  /**
   * What it stands on.
   *
   * @param database PostgreSQL; its schema is up to date
   * @param directory who exists, and by which address
   * @param profiles what may be issued
   * @param settings what is told, and when
   * @param courier takes letters to their people
   * @param bounces where it is heard of letters that came back, if anywhere
   * @param node this node's name, and its audit chain's
   * @param clock the time
   * @param random for the letters' tokens
   */
  public record Surroundings(
      DataSource database,
      SubjectDirectory directory,
      ProfileCatalog profiles,
      LetterSettings settings,
      Courier courier,
      Optional<BounceSource> bounces,
      String node,
      Clock clock,
      SecureRandom random) {}

  public PostOffice(Surroundings on) {
    this.correspondence =
        new Correspondence(
            Books.of(on.database(), on.node(), on.clock(), on.random()).ofCorrespondence(),
            on.directory(),
            on.profiles(),
            on.settings(),
            on.courier(),
            on.clock(),
            on.random());
    this.bounces = on.bounces();
    correspondence.open();
  }

  /** What it does, and who hears of bounces. */
  public Correspondence correspondence() {
    return correspondence;
  }

  /** Begins what runs by itself. */
  public void start() {
    jobs.every(Duration.ofSeconds(1), "letters-written", correspondence::address);
    jobs.every(Duration.ofSeconds(1), "letters-sent", correspondence::send);
    jobs.every(Duration.ofMinutes(5), "reminders", correspondence::look);
    jobs.every(Duration.ofHours(1), "letters-forgotten", correspondence::forget);
    bounces.ifPresent(
        source ->
            jobs.every(
                Duration.ofMinutes(1), "bounces", () -> source.read(correspondence::bounced)));
  }

  /** Ends what runs by itself. */
  @Override
  public void close() {
    jobs.close();
  }
}
