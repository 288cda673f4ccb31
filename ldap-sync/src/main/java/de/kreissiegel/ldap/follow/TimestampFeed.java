package de.kreissiegel.ldap.follow;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Asks any server (RFC 4511) for entries that were changed since a time, in the server's clock.
 * What was deleted it can't tell.
 */
final class TimestampFeed implements ChangeFeed {
  /** Clocks of replicas differ, and a change may become visible after a later one. */
  private static final Duration OVERLAP = Duration.ofSeconds(30);

  static final String BLIND =
      "our account may not read modifyTimestamp and createTimestamp, so that no change would be"
          + " found";

  private static final String[] TIMES = {"modifyTimestamp", "createTimestamp"};

  /** GeneralizedTime in whole seconds (RFC 4517 §3.3.13), which every server takes. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final MappedDirectory directory;
  private final Clock clock;

  /** What came last, as digests: in the overlap it comes again. */
  private Map<SubjectId, Seen> lately = Map.of();

  /** An entry as it was. */
  private record Seen(Instant time, Bytes digest) {
    static Seen of(SearchResultEntry entry) {
      return new Seen(later(Instant.EPOCH, entry), Progress.digest(entry.toLDIFString(0)));
    }
  }

  TimestampFeed(MappedDirectory directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  @Override
  public SourceKind kind() {
    return SourceKind.MODIFY_TIMESTAMP;
  }

  @Override
  public String[] further() {
    return TIMES.clone();
  }

  /** Whether we may see when entries were changed: without that, no change would ever be found. */
  static boolean seesTimes(MappedDirectory directory) throws LDAPException {
    return directory
        .connections()
        .entry(directory.base().toString(), TIMES)
        .filter(base -> List.of(TIMES).stream().anyMatch(base::hasAttribute))
        .isPresent();
  }

  @Override
  public Start start() throws LDAPException {
    if (!seesTimes(directory)) {
      throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, BLIND);
    }
    Instant begin = clock.instant();
    var seen = new HashMap<SubjectId, Seen>();
    return new Start() {
      @Override
      public void saw(SearchResultEntry entry) throws LDAPException {
        if (hasId(entry)) {
          seen.put(directory.mapping().id().of(entry), Seen.of(entry));
        }
      }

      @Override
      public Bytes mark() {
        Instant latest =
            seen.values().stream()
                .map(Seen::time)
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        // The latest may have changed while we read, and others before it, behind our back.
        Instant from = latest.minus(Duration.between(begin, clock.instant()));
        seen.values().removeIf(each -> each.time().isBefore(from.minus(OVERLAP)));
        lately = Map.copyOf(seen);
        return TimestampFeed.mark(from);
      }
    };
  }

  @Override
  public Optional<Batch> since(Bytes mark) throws LDAPException {
    Instant since;
    try {
      since = Instant.parse(new String(mark.toArray(), US_ASCII));
    } catch (DateTimeParseException notOurs) {
      return Optional.empty();
    }
    String from = TIME.format(since.minus(OVERLAP));
    Filter filter =
        Filter.createORFilter(
            List.of(TIMES).stream().map(t -> Filter.createGreaterOrEqualFilter(t, from)).toList());
    var found = new HashMap<SubjectId, Seen>();
    var fresh = new ArrayList<SearchResultEntry>();
    Instant latest = since;
    for (SearchResultEntry entry : read(filter)) {
      if (!hasId(entry)) {
        fresh.add(entry);
        continue;
      }
      SubjectId id = directory.mapping().id().of(entry);
      Seen seen = Seen.of(entry);
      found.put(id, seen);
      latest = later(latest, entry);
      if (!seen.equals(lately.get(id))) {
        fresh.add(entry);
      }
    }
    lately = found;
    return Optional.of(new Batch(fresh, Set.of(), mark(latest)));
  }

  private boolean hasId(SearchResultEntry entry) {
    return entry.hasAttribute(directory.mapping().id().attribute());
  }

  private List<SearchResultEntry> read(Filter filter) throws LDAPException {
    var all = new ArrayList<SearchResultEntry>();
    List<String> names = new ArrayList<>(List.of(directory.mapping().attributes()));
    names.addAll(List.of(TIMES));
    directory
        .connections()
        .all(
            new SearchRequest(
                directory.base().toString(), SearchScope.SUB, filter, names.toArray(String[]::new)),
            all::add);
    return all;
  }

  private static Instant later(Instant latest, SearchResultEntry entry) {
    Instant found = latest;
    for (String name : TIMES) {
      Date time = entry.getAttributeValueAsDate(name);
      if (time != null && time.toInstant().isAfter(found)) {
        found = time.toInstant();
      }
    }
    return found;
  }

  private static Bytes mark(Instant time) {
    return Bytes.of(time.toString().getBytes(US_ASCII));
  }
}
