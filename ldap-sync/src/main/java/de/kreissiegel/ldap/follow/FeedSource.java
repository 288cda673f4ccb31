package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks again and again what changed, and reads everything when the time for it has come. */
final class FeedSource implements Source {
  private final ChangeFeed feed;
  private final MappedDirectory directory;
  private final Delivery delivery;
  private final FollowSettings.Compare compare;
  private final Clock clock;
  private final String digest;
  private @Nullable Standing standing;

  FeedSource(
      ChangeFeed feed,
      MappedDirectory directory,
      Delivery delivery,
      FollowSettings.Compare compare,
      Clock clock) {
    this.feed = feed;
    this.directory = directory;
    this.delivery = delivery;
    this.compare = compare;
    this.clock = clock;
    this.digest = Progress.digest(directory.base(), directory.mapping());
  }

  /** How far it is, and the tenants by which entries are read. */
  private record Standing(Progress progress, Tenants tenants) {}

  @Override
  public SourceKind kind() {
    return feed.kind();
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public void look(Duration patience) throws LDAPException {
    directory.requireBase();
    Standing stands = standing == null ? resume().orElse(null) : standing;
    if (stands == null || isCompareDue(stands.progress()) || !changes(stands)) {
      everything();
    }
  }

  private boolean isCompareDue(Progress progress) {
    return compare.isDue(progress.compared(), clock.instant(), clock.getZone());
  }

  private Optional<Standing> resume() throws LDAPException {
    Optional<Progress> progress = delivery.progress().filter(p -> p.fits(kind(), digest));
    if (progress.isEmpty()) {
      return Optional.empty();
    }
    delivery.begin();
    return Optional.of(new Standing(progress.get(), directory.tenants()));
  }

  /** False if only a reading of everything tells. */
  private boolean changes(Standing stands) throws LDAPException {
    Optional<ChangeFeed.Batch> batch = feed.since(stands.progress().mark());
    if (batch.isEmpty()) {
      return false;
    }
    var changes = new Changes(directory, stands.tenants(), delivery);
    for (SearchResultEntry entry : batch.get().entries()) {
      changes.changed(entry);
    }
    batch.get().gone().forEach(changes::deleted);
    if (changes.needEverything()) {
      return false;
    }
    changes.complete();
    Progress now = stands.progress().at(batch.get().mark());
    if (!delivery.isEmpty() || !now.equals(stands.progress())) {
      delivery.last(now);
    }
    standing = new Standing(now, stands.tenants());
    return true;
  }

  private void everything() throws LDAPException {
    Instant begin = clock.instant();
    ChangeFeed.Start start = feed.start();
    Tenants tenants = directory.tenants();
    var reading = new FullReading(directory, tenants, delivery);
    directory.everything(
        entry -> {
          start.saw(entry);
          reading.take(entry);
        },
        feed.further());
    var progress = new Progress(kind(), digest, begin, start.mark());
    reading.finish(true, progress);
    standing = new Standing(progress, tenants);
  }

  @Override
  public void wake() {
    // It never waits.
  }

  @Override
  public void close() {
    standing = null;
  }
}
