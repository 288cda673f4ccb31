package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Tenants;
import java.util.HashSet;
import java.util.Set;

/**
 * A refresh from where we were: what changed meanwhile. Unless the server names all that is there,
 * we ask for that ourselves: a slapd that crashed has forgotten what was deleted last, and believes
 * that its session log tells it.
 */
final class Resumed implements Content {
  private final MappedDirectory directory;
  private final Delivery delivery;
  private final Set<SubjectId> known;
  private final Set<SubjectId> named = new HashSet<>();
  private final Changes changes;
  private boolean anybody;

  Resumed(MappedDirectory directory, Tenants tenants, Delivery delivery) {
    this.directory = directory;
    this.delivery = delivery;
    this.known = delivery.begin();
    this.changes = new Changes(directory, tenants, delivery);
  }

  @Override
  public void take(SearchResultEntry entry, SubjectId id) throws LDAPException {
    named.add(id);
    anybody = true;
    changes.changed(entry, id);
  }

  @Override
  public void present(SubjectId id) {
    named.add(id);
    anybody |= known.contains(id);
  }

  @Override
  public void deleted(SubjectId id) {
    named.add(id);
    changes.deleted(id);
  }

  @Override
  public boolean finish(boolean complete, Progress progress) throws LDAPException {
    if (!complete) {
      directory.everyId(this::present);
    }
    Missing.of(known, named, anybody, directory, changes::changed).forEach(changes::deleted);
    if (changes.needEverything()) {
      return false;
    }
    changes.complete();
    delivery.last(progress);
    return true;
  }
}
