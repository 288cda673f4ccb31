package de.kreissiegel.ca.authority;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All authorities of this installation, and the root CRL that the last ceremony made. */
public final class AuthorityCatalog {
  private static final Pattern LIST_OF_ANOTHER =
      Pattern.compile("(.+)-(p[0-9]+|delta|p[0-9]+-delta)");

  private final Map<AuthorityName, Authority> byName = new LinkedHashMap<>();
  private final Map<AuthorityName, Bytes> ceremonyCrls;

  /**
   * @param authorities all of them
   * @param ceremonyCrls CRLs that were signed in a ceremony, for authorities whose key is locked
   * @throws IllegalArgumentException if one has the name of another one's list
   */
  public AuthorityCatalog(List<Authority> authorities, Map<AuthorityName, Bytes> ceremonyCrls) {
    authorities.forEach(authority -> byName.put(authority.name(), authority));
    this.ceremonyCrls = Map.copyOf(ceremonyCrls);
    byName.keySet().forEach(this::requireOwnAddresses);
  }

  /** The lists of {@code people} are at {@code people-p1}, {@code people-delta} and so on. */
  private void requireOwnAddresses(AuthorityName name) {
    Matcher list = LIST_OF_ANOTHER.matcher(name.value());
    if (list.matches() && byName.containsKey(new AuthorityName(list.group(1)))) {
      throw new IllegalArgumentException(
          "the authority %s has the name of a list of %s".formatted(name, list.group(1)));
    }
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
