package de.kreissiegel.ldap.follow;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The followers of all directories. */
public final class DirectoryFollowers implements AutoCloseable {
  private final List<DirectoryFollower> all;

  public DirectoryFollowers(List<DirectoryFollower> all) {
    this.all = List.copyOf(all);
  }

  /** Starts each, in a thread of its own. */
  public void start() {
    all.forEach(DirectoryFollower::start);
  }

  /** When the one was looked at that waits longest; empty if one never was. */
  public Optional<Instant> lastLook() {
    List<Instant> looks = all.stream().flatMap(follower -> follower.lastLook().stream()).toList();
    return looks.size() < all.size()
        ? Optional.empty()
        : looks.stream().min(Comparator.naturalOrder());
  }

  /** What is wrong with whom now, a sentence each. */
  public List<String> troubles() {
    return all.stream()
        .flatMap(follower -> follower.trouble().map(what -> follower.name() + ": " + what).stream())
        .toList();
  }

  @Override
  public void close() {
    all.forEach(DirectoryFollower::close);
  }
}
