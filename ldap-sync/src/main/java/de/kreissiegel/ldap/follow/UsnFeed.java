package de.kreissiegel.ldap.follow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.server.Features;
import java.util.Optional;

/**
 * Asks a domain controller for entries above a number ({@code uSNChanged}, MS-ADTS §3.1.1.1.9).
 * Each controller counts for itself, and begins another life when it is restored from a backup
 * (invocationId): numbers of another one, or of another life, mean nothing.
 */
final class UsnFeed implements ChangeFeed {
  private final MappedDirectory directory;

  UsnFeed(MappedDirectory directory) {
    this.directory = directory;
  }

  /** A controller's life, and how far it has counted. */
  private record Count(String life, long usn) {
    Bytes mark() {
      return Bytes.of((usn + " " + life).getBytes(UTF_8));
    }

    static Optional<Count> of(Bytes mark) {
      String text = new String(mark.toArray(), UTF_8);
      int space = text.indexOf(' ');
      try {
        return Optional.of(
            new Count(text.substring(space + 1), Long.parseLong(text.substring(0, space))));
      } catch (NumberFormatException | StringIndexOutOfBoundsException notOurs) {
        return Optional.empty();
      }
    }
  }

  @Override
  public SourceKind kind() {
    return SourceKind.USN_CHANGED;
  }

  @Override
  public String[] further() {
    return new String[0];
  }

  @Override
  public Start start() throws LDAPException {
    Tombstones.warnIfHidden(directory);
    Count before = count();
    return new Start() {
      @Override
      public void saw(SearchResultEntry entry) {
        // The count says it all.
      }

      @Override
      public Bytes mark() {
        return before.mark();
      }
    };
  }

  @Override
  public Optional<Batch> since(Bytes mark) throws LDAPException {
    Optional<Count> last = Count.of(mark);
    Count now = count();
    if (last.isEmpty() || !last.get().life().equals(now.life()) || now.usn() < last.get().usn()) {
      return Optional.empty();
    }
    if (now.usn() == last.get().usn()) {
      return Optional.of(new ChangedIds(directory).read(mark));
    }
    var changed = new ChangedIds(directory);
    String first = Long.toString(last.get().usn() + 1);
    var request =
        new SearchRequest(
            directory.connections().features().required("defaultNamingContext"),
            SearchScope.SUB,
            Filter.createGreaterOrEqualFilter("uSNChanged", first),
            "objectGUID");
    request.addControl(Tombstones.shown());
    directory.connections().all(request, changed::add);
    Batch batch = changed.read(now.mark());
    if (!count().life().equals(now.life())) {
      throw new LDAPException(ResultCode.UNAVAILABLE, "another controller answered midway");
    }
    return Optional.of(batch);
  }

  private Count count() throws LDAPException {
    Features features = directory.connections().features();
    String service = features.required("dsServiceName");
    try {
      long usn = Long.parseLong(features.required("highestCommittedUSN"));
      Optional<byte[]> invocation =
          directory
              .connections()
              .entry(service, "invocationId")
              .map(entry -> entry.getAttributeValueBytes("invocationId"));
      return new Count(
          invocation.map(id -> Bytes.of(id).toHex()).orElse("unknown") + " " + service, usn);
    } catch (NumberFormatException e) {
      throw new LDAPException(ResultCode.DECODING_ERROR, "highestCommittedUSN is no number", e);
    }
  }
}
