package de.kreissiegel.ldap.follow;

import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestControl;
import com.unboundid.ldap.sdk.controls.ContentSyncRequestMode;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.server.Features;
import java.time.Clock;

/** Chooses how a directory is followed: as configured, else by what its server offers. */
final class SourceChoice {
  private SourceChoice() {}

  static Source source(
      MappedDirectory directory, FollowSettings settings, Delivery delivery, Clock clock)
      throws LDAPException {
    SourceKind kind = kind(directory, settings);
    ChangeFeed feed =
        switch (kind) {
          case CONTENT_SYNC -> null;
          case DIR_SYNC -> new DirSyncFeed(directory);
          case USN_CHANGED -> new UsnFeed(directory);
          case MODIFY_TIMESTAMP -> new TimestampFeed(directory, clock);
        };
    return feed == null
        ? new ContentSync(directory, delivery, settings.silence(), clock)
        : new FeedSource(feed, directory, delivery, settings.compare(), clock);
  }

  static SourceKind kind(MappedDirectory directory, FollowSettings settings) throws LDAPException {
    if (settings.source().isPresent()) {
      return settings.source().get();
    }
    Features features = directory.connections().features();
    if (features.isActiveDirectory()) {
      return new DirSyncFeed(directory).isAllowed() ? SourceKind.DIR_SYNC : SourceKind.USN_CHANGED;
    }
    boolean synchronises =
        directory.mapping().id().isEntryUuid()
            && features.controls(ContentSync.CONTROL)
            && offersContentSync(directory);
    return synchronises ? SourceKind.CONTENT_SYNC : SourceKind.MODIFY_TIMESTAMP;
  }

  /** A server may know the control, and not offer it for this database. */
  private static boolean offersContentSync(MappedDirectory directory) throws LDAPException {
    var request =
        new SearchRequest(
            directory.base().toString(),
            SearchScope.BASE,
            Filter.createPresenceFilter("objectClass"),
            SearchRequest.NO_ATTRIBUTES);
    request.addControl(
        new ContentSyncRequestControl(true, ContentSyncRequestMode.REFRESH_ONLY, null, false));
    try {
      directory.connections().search(request);
      return true;
    } catch (LDAPException e) {
      if (e.getResultCode().equals(ResultCode.UNAVAILABLE_CRITICAL_EXTENSION)) {
        return false;
      }
      throw e;
    }
  }
}
