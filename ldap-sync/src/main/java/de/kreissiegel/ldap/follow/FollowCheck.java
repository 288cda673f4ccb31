package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import java.util.List;

/**
 * How a directory would be followed, found out without reading it.
 *
 * @param source by what
 * @param remarks what the account lacks, a sentence each
 */
public record FollowCheck(SourceKind source, List<String> remarks) {
  public FollowCheck {
    remarks = List.copyOf(remarks);
  }

  /**
   * Asks the server.
   *
   * @throws LDAPException also if the account lacks what it can't be followed without
   */
  public static FollowCheck of(MappedDirectory directory, FollowSettings settings)
      throws LDAPException {
    SourceKind source = SourceChoice.kind(directory, settings);
    return switch (source) {
      case CONTENT_SYNC -> {
        if (!ContentSync.seesChanges(directory)) {
          throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, ContentSync.BLIND);
        }
        yield new FollowCheck(source, List.of());
      }
      case DIR_SYNC, USN_CHANGED ->
          new FollowCheck(
              source, Tombstones.areVisible(directory) ? List.of() : List.of(Tombstones.HIDDEN));
      case MODIFY_TIMESTAMP -> {
        if (!TimestampFeed.seesTimes(directory)) {
          throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, TimestampFeed.BLIND);
        }
        yield new FollowCheck(
            source, List.of("who is deleted is seen when everything is read next, as configured"));
      }
    };
  }
}
