package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The forms of all responders that were met; there is a new one when a certificate is renewed. */
final class OcspForms {
  private final AuthorityCatalog catalog;
  private final Map<Key, OcspForm> known = new ConcurrentHashMap<>();

  private record Key(AuthorityName authority, Bytes responder, Bytes algorithm) {}

  OcspForms(AuthorityCatalog catalog) {
    this.catalog = catalog;
  }

  /** The form of this responder; empty if the authority is none of ours. */
  Optional<OcspForm> of(AuthorityName authority, Bytes responder, Bytes algorithm) {
    Optional<Authority> ours = catalog.find(authority);
    return ours.map(
        issuer ->
            known.computeIfAbsent(
                new Key(authority, responder, algorithm),
                _ -> new OcspForm(issuer, responder, algorithm)));
  }
}
