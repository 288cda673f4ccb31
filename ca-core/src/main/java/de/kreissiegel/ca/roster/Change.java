package de.kreissiegel.ca.roster;

import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is otherwise than it was.
 *
 * @param kind what happened
 * @param entry the subject as it is now, or was last
 * @param lost of a mover, the tenants for which it doesn't work any more; empty for others
 * @param cause how it was seen, in English and without names, as {@code entry deleted}
 */
public record Change(Kind kind, RosterEntry entry, Set<TenantId> lost, String cause) {
  /** What happened. */
  public enum Kind {
    /** Somebody new, or back after their entry was gone. */
    JOINED,
    /** There when a directory was read for the first time: new to us alone. */
    FOUND,
    /** At work again, or now for a tenant for which they didn't work. */
    RETURNED,
    /** Disabled, or gone. */
    LEFT,
    /** Absent for long. */
    AWAY,
    /** Doesn't work any more for a tenant. */
    MOVED,
    /** Has another name, mail address or DNS name. */
    RENAMED,
    /** Who had access to its keys has lost it. */
    KEY_HOLDER_LEFT,
    /** Nobody asks about a certificate of theirs any more. No directory says so. */
    UNUSED,
    /** An officer asked them to apply. No directory says so. */
    INVITED
  }

  static Change of(Kind kind, RosterEntry entry, String cause) {
    return new Change(kind, entry, Set.of(), cause);
  }

  /** What changed of a subject that is there. */
  static List<Change> between(Optional<RosterEntry> before, RosterEntry now) {
    return before.map(old -> between(old, now)).orElseGet(() -> first(now));
  }

  /** Nobody knows what was before the first look: who is disabled then may have left just now. */
  private static List<Change> first(RosterEntry now) {
    return List.of(
        switch (now.standing()) {
          case WORKING -> of(Kind.JOINED, now, "new in the directory");
          case AWAY -> of(Kind.AWAY, now, "absent for long");
          case DISABLED -> of(Kind.LEFT, now, "entry disabled");
        });
  }

  private static List<Change> between(RosterEntry before, RosterEntry now) {
    var changes = new ArrayList<Change>();
    if (before.standing() != now.standing()) {
      changes.add(
          switch (now.standing()) {
            case WORKING -> of(Kind.RETURNED, now, "enabled again");
            case AWAY -> of(Kind.AWAY, now, "absent for long");
            case DISABLED -> of(Kind.LEFT, now, "entry disabled");
          });
    }
    var gained = new HashSet<>(now.tenants());
    gained.removeAll(before.tenants());
    if (!gained.isEmpty() && now.standing() == Standing.WORKING && changes.isEmpty()) {
      changes.add(of(Kind.RETURNED, now, "works for " + words(gained)));
    }
    var lost = new HashSet<>(before.tenants());
    lost.removeAll(now.tenants());
    if (!lost.isEmpty()) {
      changes.add(new Change(Kind.MOVED, now, Set.copyOf(lost), "left " + words(lost)));
    }
    boolean named = !before.names().equals(now.names());
    if (named || !before.addresses().equals(now.addresses())) {
      changes.add(of(Kind.RENAMED, now, named ? "another name" : "another address"));
    }
    if (!now.keyHolders().containsAll(before.keyHolders())) {
      changes.add(of(Kind.KEY_HOLDER_LEFT, now, "not all have access any more who had"));
    }
    return List.copyOf(changes);
  }

  private static String words(Set<TenantId> tenants) {
    return tenants.stream().map(TenantId::value).sorted().collect(Collectors.joining(", "));
  }

  /** The same, where the directory is read for the first time. */
  public Change atFirstReading() {
    return kind == Kind.JOINED ? of(Kind.FOUND, entry, "there at the first reading") : this;
  }

  /** Whose change it is. */
  public SubjectId subject() {
    return entry.id();
  }
}
