package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import de.kreissiegel.ca.roster.Observation;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Sight;
import de.kreissiegel.ldap.mapping.SubjectReader;
import de.kreissiegel.ldap.mapping.Tenants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A reading of everything. Who was known and isn't seen in it is gone. */
final class FullReading implements Content {
  private final MappedDirectory directory;
  private final Delivery delivery;
  private final SubjectReader reader;
  private final Set<SubjectId> known;
  private final Set<SubjectId> seen = new HashSet<>();
  private final List<SearchResultEntry> deferred = new ArrayList<>();
  private boolean anybody;

  FullReading(MappedDirectory directory, Tenants tenants, Delivery delivery) {
    this.directory = directory;
    this.delivery = delivery;
    this.reader = directory.reader(tenants);
    this.known = delivery.begin();
  }

  /** Takes an entry, with the mapping's attributes. */
  void take(SearchResultEntry entry) throws LDAPException {
    if (reader.isOurs(entry)) {
      take(entry, directory.mapping().id().of(entry));
    }
  }

  @Override
  public void take(SearchResultEntry entry, SubjectId id) throws LDAPException {
    if (!reader.isOurs(entry)) {
      return;
    }
    requireSame(directory, entry, id);
    if (!seen.add(id)) {
      takeAgain(id);
      return;
    }
    reader.seen(entry, id);
    if (reader.isReady(entry)) {
      observe(entry, id);
    } else {
      // Whom it names may come later; asking for each of them would take a round trip.
      deferred.add(entry);
    }
  }

  @Override
  public void present(SubjectId id) {
    seen.add(id);
    anybody |= known.contains(id);
  }

  @Override
  public void deleted(SubjectId id) {
    seen.remove(id);
  }

  @Override
  public boolean finish(boolean complete, Progress progress) throws LDAPException {
    for (SearchResultEntry entry : deferred) {
      observe(entry, directory.mapping().id().of(entry));
    }
    for (SubjectId id : Missing.of(known, seen, anybody, directory, this::observe)) {
      delivery.add(new Observation.Gone(id, "entry deleted"));
    }
    delivery.last(progress);
    return true;
  }

  /** The id in an entry and the one beside it have to be the same, or one of them lies. */
  static void requireSame(MappedDirectory directory, SearchResultEntry entry, SubjectId id)
      throws LDAPException {
    if (!directory.mapping().id().of(entry).equals(id)) {
      throw new LDAPException(
          ResultCode.OTHER, entry.getDN() + " is sent under another id than it shows");
    }
  }

  /** It moved while the pages were read; or two entries have one id, which is an error. */
  private void takeAgain(SubjectId id) throws LDAPException {
    Optional<SearchResultEntry> entry = directory.entry(id, directory.mapping().attributes());
    if (entry.isPresent()) {
      observe(entry.get(), id);
    } else {
      seen.remove(id);
    }
  }

  private void observe(SearchResultEntry entry, SubjectId id) throws LDAPException {
    switch (reader.read(entry)) {
      case Sight.Found found -> {
        anybody = true;
        delivery.add(
            new Observation.Present(
                found.subject(), found.away(), reader.keyHolders(entry, found.subject().kind())));
      }
      case Sight.None none -> {
        if (delivery.knows(id)) {
          reader.requireNoDoubt(entry);
          delivery.add(new Observation.Gone(id, "entry is no subject any more: " + none.why()));
        }
      }
    }
  }
}
