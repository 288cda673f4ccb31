package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All authorities of this installation, and the root CRL that the last ceremony made. */
public final class AuthorityCatalog {
  private final Map<AuthorityName, Authority> byName = new LinkedHashMap<>();
  private final Map<AuthorityName, Bytes> ceremonyCrls;

  /**
   * @param authorities all of them
   * @param ceremonyCrls CRLs that were signed in a ceremony, for authorities whose key is locked
   */
  public AuthorityCatalog(List<Authority> authorities, Map<AuthorityName, Bytes> ceremonyCrls) {
    authorities.forEach(authority -> byName.put(authority.name(), authority));
    this.ceremonyCrls = Map.copyOf(ceremonyCrls);
  }

  public Collection<Authority> all() {
    return List.copyOf(byName.values());
  }

  public Optional<Authority> find(AuthorityName name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The authority of this name, which configuration says is there. */
  public Authority get(AuthorityName name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("no authority " + name));
  }

  /** The CRL of an authority whose key is locked between ceremonies. */
  public Optional<Bytes> ceremonyCrl(AuthorityName name) {
    return Optional.ofNullable(ceremonyCrls.get(name));
  }
}
