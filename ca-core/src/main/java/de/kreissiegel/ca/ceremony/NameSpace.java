package de.kreissiegel.ca.ceremony;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which names an authority's certificates may hold: nameConstraints (RFC 5280 §4.2.1.10), as
 * permitted subtrees. A form without an entry is not constrained; all entries empty, none is.
 *
 * @param dns domains, as {@code hassberge.example}: the domain and what lies under it
 * @param mail domains of mailboxes, as {@code hassberge.example}: exactly that host; with a point
 *     before it, all hosts under it
 */
public record NameSpace(List<String> dns, List<String> mail) {
  /** No constraint. */
  public static final NameSpace ANY = new NameSpace(List.of(), List.of());

  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final int LONGEST = 253;

  /**
   * @throws IllegalArgumentException if one is no domain in lower case and A-labels
   */
  public NameSpace {
    dns = List.copyOf(dns);
    mail = List.copyOf(mail);
    dns.forEach(NameSpace::require);
    mail.forEach(one -> require(one.startsWith(".") ? one.substring(1) : one));
  }

  private static void require(String domain) {
    if (domain.length() > LONGEST || !DOMAIN.matcher(domain).matches()) {
      throw new IllegalArgumentException("not a domain in lower case: " + domain);
    }
  }

  /** Whether it constrains anything. */
  public boolean constrains() {
    return !dns.isEmpty() || !mail.isEmpty();
  }
}
