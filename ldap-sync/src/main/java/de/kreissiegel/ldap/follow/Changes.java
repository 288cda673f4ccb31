package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Sight;
import de.kreissiegel.ldap.mapping.SubjectReader;
import de.kreissiegel.ldap.mapping.Tenants;

/** Entries that changed, and what follows for others: a group's members, a container's content. */
final class Changes {
  private final MappedDirectory directory;
  private final Delivery delivery;
  private final SubjectReader reader;
  private boolean keysTouched;
  private boolean everything;

  Changes(MappedDirectory directory, Tenants tenants, Delivery delivery) {
    this.directory = directory;
    this.delivery = delivery;
    this.reader = directory.reader(tenants);
  }

  /** Takes an entry as it is now. */
  void changed(SearchResultEntry entry) throws LDAPException {
    if (reader.isOurs(entry)) {
      changed(entry, directory.mapping().id().of(entry));
    }
  }

  /**
   * Takes an entry that came under an id.
   *
   * @throws LDAPException also if it shows another: one of the two lies
   */
  void changed(SearchResultEntry entry, SubjectId id) throws LDAPException {
    if (!reader.isOurs(entry)) {
      return;
    }
    FullReading.requireSame(directory, entry, id);
    everything |= reader.decidesOnTenants(entry);
    keysTouched |= reader.decidesOnKeys(entry);
    switch (reader.read(entry)) {
      case Sight.Found found -> observe(entry, found);
      case Sight.None none -> {
        if (delivery.knows(id)) {
          reader.requireNoDoubt(entry);
          delivery.add(new Observation.Gone(id, "entry is no subject any more: " + none.why()));
          keysTouched |= directory.mapping().asksForKeyHolders();
        }
        everything |= tookOthersAlong(entry);
      }
    }
  }

  /**
   * A container that was renamed or moved took its content along, of which nobody tells. The base
   * itself can't be: we would not find it any more.
   */
  private boolean tookOthersAlong(SearchResultEntry entry) throws LDAPException {
    return !reader.decidesOnKeys(entry)
        && !entry.getParsedDN().equals(directory.base())
        && directory.connections().hasChildren(entry.getDN());
  }

  void deleted(SubjectId id) {
    if (delivery.knows(id)) {
      delivery.add(new Observation.Gone(id, "entry deleted"));
    }
    // It may have been a group, or somebody in one.
    keysTouched |= directory.mapping().asksForKeyHolders();
  }

  /** Whether only a reading of everything tells what follows. */
  boolean needEverything() {
    return everything;
  }

  /** Looks after what follows for others. */
  void complete() throws LDAPException {
    if (keysTouched) {
      SubjectReader fresh = directory.reader(reader.tenants());
      directory.functions(
          reader.tenants(),
          entry -> {
            if (fresh.read(entry) instanceof Sight.Found found) {
              observe(entry, found);
            }
          });
    }
  }

  private void observe(SearchResultEntry entry, Sight.Found found) throws LDAPException {
    delivery.add(
        new Observation.Present(
            found.subject(), found.away(), reader.keyHolders(entry, found.subject().kind())));
  }
}
