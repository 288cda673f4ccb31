package de.kreissiegel.ldap.follow;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.experimental.ActiveDirectoryDirSyncControl;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.server.Connections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Asks an Active Directory for changes since a cookie (MS-ADTS §3.1.1.3.4.1.3), tombstones among
 * them. The account needs the right "Replicating Directory Changes" on the domain, and to read the
 * container of deleted entries.
 */
final class DirSyncFeed implements ChangeFeed {
  private static final int MOST_OCTETS = 1_000_000;
  private static final int MOST_ANSWERS = 100_000;
  private final MappedDirectory directory;

  DirSyncFeed(MappedDirectory directory) {
    this.directory = directory;
  }

  @Override
  public SourceKind kind() {
    return SourceKind.DIR_SYNC;
  }

  @Override
  public String[] further() {
    return new String[0];
  }

  /** Whether the account has the right for it. */
  boolean isAllowed() throws LDAPException {
    try {
      var nobody = Filter.createEqualityFilter("objectGUID", new byte[16]);
      ask(nobody, Optional.empty(), new String[] {"objectGUID"});
      return true;
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public Start start() throws LDAPException {
    Tombstones.warnIfHidden(directory);
    // To its end and thrown away: what is read afterwards, page by page, is newer than this cookie.
    Bytes cookie = toTheEnd(Optional.empty(), new String[] {"objectGUID"}, _ -> {});
    return new Start() {
      @Override
      public void saw(SearchResultEntry entry) {
        // The cookie says it all.
      }

      @Override
      public Bytes mark() {
        return cookie;
      }
    };
  }

  @Override
  public Optional<Batch> since(Bytes mark) throws LDAPException {
    var wanted = new LinkedHashSet<>(List.of(directory.mapping().attributes()));
    wanted.addAll(List.of("objectGUID", "isDeleted", "name", "member"));
    var changed = new ChangedIds(directory);
    try {
      Bytes next = toTheEnd(Optional.of(mark), wanted.toArray(String[]::new), changed::add);
      return Optional.of(changed.read(next));
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.UNWILLING_TO_PERFORM)
          || e.getResultCode().equals(ResultCode.PROTOCOL_ERROR)) {
        return Optional.empty(); // A cookie that this server can't go on from.
      }
      throw e;
    }
  }

  private Bytes toTheEnd(Optional<Bytes> from, String[] wanted, Connections.Taker taker)
      throws LDAPException {
    Optional<Bytes> cookie = from;
    for (int answers = 0; answers < MOST_ANSWERS; answers++) {
      SearchResult result = ask(Filter.createPresenceFilter("objectClass"), cookie, wanted);
      for (SearchResultEntry entry : result.getSearchEntries()) {
        taker.take(entry);
      }
      var answer = ActiveDirectoryDirSyncControl.get(result);
      if (answer == null || answer.getCookie() == null) {
        throw new LDAPException(ResultCode.CONTROL_NOT_FOUND, "an answer without its cookie");
      }
      Bytes next = Bytes.of(answer.getCookie().getValue());
      if (answer.getFlags() == 0) {
        return next;
      }
      cookie = Optional.of(next);
    }
    throw new LDAPException(ResultCode.LOOP_DETECT, "the answers come to no end");
  }

  private SearchResult ask(Filter filter, Optional<Bytes> cookie, String[] wanted)
      throws LDAPException {
    String root = directory.connections().features().required("defaultNamingContext");
    var request = new SearchRequest(root, SearchScope.SUB, filter, wanted);
    request.addControl(
        new ActiveDirectoryDirSyncControl(
            true,
            0,
            MOST_OCTETS,
            cookie.map(octets -> new ASN1OctetString(octets.toArray())).orElse(null)));
    return directory.connections().search(request);
  }
}
