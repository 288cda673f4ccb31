package de.kreissiegel.ca.publication;

import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityLine;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.Generation;
import de.kreissiegel.ca.publication.PostingBook.Topic;
import de.kreissiegel.ca.roster.DirectoryName;
import de.kreissiegel.ca.status.CrlFile;
import de.kreissiegel.ca.status.CrlName;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What directories shall say of authorities: what this node serves over HTTP. */
final class AuthorityPostings {
  private static final System.Logger LOG = System.getLogger(AuthorityPostings.class.getName());

  private final AuthorityCatalog authorities;
  private final Supplier<List<CrlFile>> lists;
  private final PostingBook book;
  private final Clock clock;
  private final Map<Wanted, String> told = new HashMap<>();
  private final Set<String> tooLong = new HashSet<>();

  private record Wanted(DirectoryName destination, Topic topic) {}

  /** Something that is there to be written. */
  record Found(long version, String tag, Posting posting) {}

  AuthorityPostings(
      AuthorityCatalog authorities, Supplier<List<CrlFile>> lists, PostingBook book, Clock clock) {
    this.authorities = authorities;
    this.lists = lists;
    this.book = book;
    this.clock = clock;
  }

  /** Says what is new since the last call. To be called every second or so. */
  synchronized void look(DirectoryName destination, PublicationRules rules) {
    for (Authority authority : authorities.all()) {
      var topic = new Topic(authority.name().value(), Posting.Kind.CERTIFICATES);
      want(destination, topic, 0, tagOf(certificates(authority)));
    }
    for (CrlFile list : lists.get()) {
      want(destination, topic(list.name()), list.number(), list.tag().toHex());
    }
    for (AuthorityName line : rules.logonAuthorities()) {
      for (Generation one :
          authorities.line(line).map(AuthorityLine::generations).orElse(List.of())) {
        var topic = new Topic(one.authority().name().value(), Posting.Kind.LOGON_AUTHORITY);
        want(destination, topic, 0, tagOf(List.of(one.authority().certificate())));
      }
    }
  }

  private void want(DirectoryName destination, Topic topic, long version, String tag) {
    var key = new Wanted(destination, topic);
    if (!tag.equals(told.get(key))) {
      book.want(destination, topic, version, tag, clock.instant());
      told.put(key, tag);
    }
  }

  /**
   * What is there now about this.
   *
   * @param largest the most octets that a list may have; of a longer one there is nothing to say
   * @return empty if there is nothing
   * @throws IOException if a list can't be read; it may have been replaced just now
   */
  Optional<Found> find(Topic topic, long largest) throws IOException {
    if (topic.kind() == Posting.Kind.CERTIFICATES || topic.kind() == Posting.Kind.LOGON_AUTHORITY) {
      return authorities.find(new AuthorityName(topic.entry())).map(one -> found(topic, one));
    }
    for (CrlFile list : lists.get()) {
      if (topic(list.name()).equals(topic)) {
        return Optional.of(found(topic, list, largest));
      }
    }
    return Optional.empty();
  }

  private Found found(Topic topic, Authority authority) {
    List<Bytes> values =
        topic.kind() == Posting.Kind.CERTIFICATES
            ? certificates(authority)
            : List.of(authority.certificate());
    return new Found(0, tagOf(values), new Posting(topic.entry(), topic.kind(), values));
  }

  private Found found(Topic topic, CrlFile list, long largest) throws IOException {
    List<Bytes> values = new ArrayList<>();
    if (list.length() <= largest) {
      values.add(list.read());
    } else {
      noteTooLong(list, largest);
    }
    return new Found(
        list.number(), list.tag().toHex(), new Posting(topic.entry(), topic.kind(), values));
  }

  private synchronized void noteTooLong(CrlFile list, long largest) {
    if (tooLong.add(list.name().label())) {
      LOG.log(
          WARNING,
          "the list {0} has {1} octets and is written to no directory, which takes {2} at most",
          list.name().label(),
          list.length(),
          largest);
    }
  }

  private List<Bytes> certificates(Authority authority) {
    List<Bytes> all = new ArrayList<>();
    all.add(authority.certificate());
    all.addAll(authorities.links(authority.name()));
    return all;
  }

  private Topic topic(CrlName name) {
    String entry = new CrlName(name.authority(), name.partition(), false).label();
    if (name.delta()) {
      return new Topic(entry, Posting.Kind.DELTA);
    }
    boolean ofAuthorities =
        authorities.find(name.authority()).filter(this::certifiesAuthorities).isPresent();
    return new Topic(entry, ofAuthorities ? Posting.Kind.LIST_OF_AUTHORITIES : Posting.Kind.LIST);
  }

  private boolean certifiesAuthorities(Authority authority) {
    return authority.isRoot()
        || authorities.all().stream()
            .anyMatch(other -> other.chain().contains(authority.certificate()));
  }

  private static String tagOf(List<Bytes> values) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      values.forEach(value -> digest.update(value.toArray()));
      return Bytes.of(digest.digest()).toHex();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
