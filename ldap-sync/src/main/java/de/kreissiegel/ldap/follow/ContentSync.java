package de.kreissiegel.ldap.follow;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.controls.ContentSyncInfoIntermediateResponse;
import com.unboundid.ldap.sdk.controls.ContentSyncStateControl;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ldap.mapping.IdAttribute;
import de.kreissiegel.ldap.mapping.MappedDirectory;
import de.kreissiegel.ldap.mapping.Tenants;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Content synchronisation (RFC 4533): first what changed since the cookie, then each change as it
 * happens. A cookie is handed over only with the observations that it covers; where the server
 * sends none, the old one stands.
 */
final class ContentSync implements Source {
  static final String CONTROL = "1.3.6.1.4.1.4203.1.9.1.1";

  static final String BLIND =
      "our account may not read entryCSN, so that the server would hide changes from it";

  private static final int AT_ONCE = 500;
  private final MappedDirectory directory;
  private final Delivery delivery;
  private final Duration silence;
  private final Clock clock;
  private final String digest;
  private volatile @Nullable SyncSession session;
  private @Nullable Standing standing;

  /**
   * @param silence how long the server may be silent while it has to send
   */
  ContentSync(MappedDirectory directory, Delivery delivery, Duration silence, Clock clock) {
    this.silence = silence;
    this.directory = directory;
    this.delivery = delivery;
    this.clock = clock;
    this.digest = Progress.digest(directory.base(), directory.mapping());
  }

  /** How far it is, and the tenants by which entries are read. */
  private record Standing(Progress progress, Tenants tenants) {
    Standing at(Optional<Bytes> cookie) {
      return new Standing(cookie.map(progress::at).orElse(progress), tenants);
    }
  }

  @Override
  public SourceKind kind() {
    return SourceKind.CONTENT_SYNC;
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public void look(Duration patience) throws LDAPException {
    SyncSession running = session;
    Standing stands = standing;
    if (running == null || stands == null) {
      begin(delivery.progress().filter(p -> p.fits(kind(), digest)));
      return;
    }
    Optional<SyncMessage> first = running.next(patience);
    if (first.isEmpty()) {
      running.requireAlive();
      return;
    }
    persist(running, stands, first.get());
  }

  @Override
  public void wake() {
    SyncSession running = session;
    if (running != null) {
      running.wake();
    }
  }

  @Override
  public void close() {
    SyncSession running = session;
    session = null;
    standing = null;
    if (running != null) {
      running.close();
    }
  }

  /** The refresh stage (RFC 4533 §3.3.1), from a cookie or from nothing. */
  private void begin(Optional<Progress> from) throws LDAPException {
    close();
    directory.requireBase();
    if (!seesChanges(directory)) {
      throw new LDAPException(ResultCode.INSUFFICIENT_ACCESS_RIGHTS, BLIND);
    }
    Tenants tenants = directory.tenants();
    Progress before =
        from.orElseGet(() -> new Progress(kind(), digest, clock.instant(), Bytes.of(new byte[0])));
    Optional<ASN1OctetString> cookie =
        from.map(p -> new ASN1OctetString(p.mark().toArray())).filter(c -> c.getValueLength() > 0);
    SyncSession fresh = SyncSession.open(directory, cookie);
    session = fresh;
    var refresh =
        new Refresh(
            cookie.isEmpty()
                ? new FullReading(directory, tenants, delivery)
                : new Resumed(directory, tenants, delivery));
    while (!refresh.isDone()) {
      SyncMessage message =
          fresh
              .next(silence)
              .orElseThrow(
                  () -> new LDAPException(ResultCode.TIMEOUT, "the server fell silent midway"));
      if (message instanceof SyncMessage.Ended ended && mustStartAnew(ended.result(), cookie)) {
        begin(Optional.empty());
        return;
      }
      refresh.take(message);
    }
    Progress now = refresh.cookie().map(before::at).orElse(before);
    if (refresh.finish(now)) {
      standing = new Standing(now, tenants);
    } else {
      begin(Optional.empty());
    }
  }

  /** OpenLDAP looks for changes by an attribute, with our rights: without it there are none. */
  static boolean seesChanges(MappedDirectory directory) throws LDAPException {
    return directory.connections().features().vendor().filter("OpenLDAP"::equals).isEmpty()
        || directory
            .connections()
            .entry(directory.base().toString(), "entryCSN")
            .filter(base -> base.hasAttribute("entryCSN"))
            .isPresent();
  }

  private static boolean mustStartAnew(LDAPResult result, Optional<ASN1OctetString> cookie) {
    return cookie.isPresent() && result.getResultCode().equals(ResultCode.E_SYNC_REFRESH_REQUIRED);
  }

  /** The persist stage (RFC 4533 §3.4.2): takes what came by now together. */
  private void persist(SyncSession running, Standing stands, SyncMessage first)
      throws LDAPException {
    var changes = new Changes(directory, stands.tenants(), delivery);
    Optional<Bytes> cookie = Optional.empty();
    Optional<SyncMessage> next = Optional.of(first);
    for (int count = 0; next.isPresent() && count < AT_ONCE; count++) {
      switch (next.get()) {
        case SyncMessage.Entry entry -> {
          change(changes, entry.entry(), entry.state());
          cookie = newer(entry.state().getCookie(), cookie);
        }
        case SyncMessage.Info info -> {
          change(changes, info.info());
          cookie = newer(info.info().getCookie(), cookie);
        }
        case SyncMessage.Ended ended -> {
          if (ended.result().getResultCode().equals(ResultCode.E_SYNC_REFRESH_REQUIRED)) {
            begin(Optional.empty());
            return;
          }
          throw over(ended.result());
        }
        case SyncMessage.Wrong wrong -> throw wrong.cause();
        case SyncMessage.Woken _ -> {}
      }
      next = running.next(Duration.ZERO);
    }
    if (changes.needEverything()) {
      begin(Optional.empty());
      return;
    }
    changes.complete();
    Standing now = stands.at(cookie);
    if (cookie.isPresent() || !delivery.isEmpty()) {
      delivery.last(now.progress());
    }
    standing = now;
  }

  private static void change(
      Changes changes, SearchResultEntry entry, ContentSyncStateControl state)
      throws LDAPException {
    SubjectId id = IdAttribute.of(state.getEntryUUID());
    switch (state.getState()) {
      case ADD, MODIFY -> changes.changed(entry, id);
      case DELETE -> changes.deleted(id);
      case PRESENT -> {}
    }
  }

  private static void change(Changes changes, ContentSyncInfoIntermediateResponse info) {
    if (info.getEntryUUIDs() != null && info.refreshDeletes()) {
      info.getEntryUUIDs().forEach(id -> changes.deleted(IdAttribute.of(id)));
    }
  }

  static Optional<Bytes> newer(@Nullable ASN1OctetString cookie, Optional<Bytes> before) {
    return cookie == null ? before : Optional.of(Bytes.of(cookie.getValue()));
  }

  static LDAPException over(LDAPResult result) {
    return new LDAPException(
        result.getResultCode().equals(ResultCode.SUCCESS)
            ? ResultCode.SERVER_DOWN
            : result.getResultCode(),
        "the server ended the synchronisation: " + result.getDiagnosticMessage());
  }
}
