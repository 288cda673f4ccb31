package de.kreissiegel.ca.publication;

import de.kreissiegel.ca.publication.ValueChange.Form;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A directory in memory that can be away, refuse values, and die in the middle. */
final class FakeEntries implements Destination {
  private final Map<String, Set<Bytes>> values = new ConcurrentHashMap<>();
  final Map<PostingBook.Topic, List<Bytes>> posted = new ConcurrentHashMap<>();
  final List<String> calls = new CopyOnWriteArrayList<>();
  private final DirectoryName name;
  volatile PublicationRules rules = PublicationRules.USUAL;
  volatile boolean down;
  volatile Bytes poison = Bytes.of(new byte[0]);
  volatile Consumer<String> before = _ -> {};
  volatile Consumer<String> after = _ -> {};

  FakeEntries(String name) {
    this.name = new DirectoryName(name);
  }

  @Override
  public DirectoryName name() {
    return name;
  }

  @Override
  public PublicationRules rules() {
    return rules;
  }

  /** What stands in an entry in one form. */
  Set<Bytes> of(String subject, Form form) {
    return values.computeIfAbsent(subject + " " + form, _ -> ConcurrentHashMap.newKeySet());
  }

  Set<Bytes> certificatesOf(String subject) {
    return of(subject, Form.CERTIFICATE);
  }

  @Override
  public void change(SubjectId subject, List<ValueChange> changes)
      throws DirectoryUnavailable, EntryRefused {
    answer("change " + subject.value());
    if (changes.stream().anyMatch(change -> change.certificate().equals(poison))) {
      throw new EntryRefused("no such syntax");
    }
    for (ValueChange change : changes) {
      Set<Bytes> there = of(subject.value(), change.form());
      there.removeIf(change::isAbout);
      if (change.present()) {
        there.add(change.value());
      }
    }
    after.accept(subject.value());
  }

  @Override
  public void post(Posting posting) throws DirectoryUnavailable, EntryRefused {
    answer("post " + posting.entry() + " " + posting.kind());
    if (posting.values().contains(poison)) {
      throw new EntryRefused("no such right");
    }
    posted.put(new PostingBook.Topic(posting.entry(), posting.kind()), posting.values());
  }

  private void answer(String call) throws DirectoryUnavailable {
    before.accept(call);
    calls.add(call);
    if (down) {
      throw new DirectoryUnavailable("down", new IOException("connection refused"));
    }
  }
}
