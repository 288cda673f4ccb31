package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code certificate.terms} holds (a {@code tsvector}, which any PostgreSQL has an index for)
 * and how it is asked: the words of the names, tenant, profile and authority, and each word once
 * more behind a mark of the tenant. To look up the beginning of a word, PostgreSQL gathers all rows
 * that have it, at a microsecond each, before it knows what the other words leave; an officer of
 * one tenant has it gather that tenant's. The kinds can't be mixed up, nor is a beginning of one
 * that of another: words have no colon, and what isn't one has it first or second; no letter alone
 * is a beginning.
 */
final class SearchTerms {
  /** More tenants than these narrow a search less than it costs to read all they have. */
  private static final int FEW = 3;

  /** Octets of a tenant's mark. Should two share one, the tenant is a condition of its own. */
  private static final int MARK = 2;

  private SearchTerms() {}

  static List<String> of(StoredCertificate certificate) {
    return of(
        NameWords.of(certificate),
        certificate.tenant(),
        certificate.profile(),
        certificate.authority());
  }

  static List<String> of(
      Set<String> words, Optional<TenantId> tenant, ProfileName profile, AuthorityName authority) {
    var terms = new ArrayList<>(words);
    tenant.ifPresent(
        owner -> {
          terms.add(term(owner));
          String mark = mark(owner);
          words.forEach(word -> terms.add(mark + word));
        });
    terms.add(term(profile));
    terms.add(term(authority));
    return terms;
  }

  /** With all these words' beginnings, and as the filter says; of these tenants if they are few. */
  static String query(Set<TenantId> tenants, List<String> words, Filter filter) {
    var all = new ArrayList<String>();
    boolean few = tenants.size() <= FEW;
    List<String> marks = few ? tenants.stream().map(SearchTerms::mark).toList() : List.of("");
    words.forEach(word -> all.add(any(marks.stream().map(mark -> query(word, mark)))));
    if (few && words.isEmpty()) {
      all.add(any(tenants.stream().map(SearchTerms::term).map(SearchTerms::quoted)));
    }
    of(filter).stream().map(SearchTerms::quoted).forEach(all::add);
    return String.join(" & ", all);
  }

  /** Profile and authority of a filter, as terms. */
  static List<String> of(Filter filter) {
    return Stream.concat(
            filter.profile().map(SearchTerms::term).stream(),
            filter.authority().map(SearchTerms::term).stream())
        .toList();
  }

  /** With all these words' beginnings. */
  static String query(List<String> words) {
    return words.stream().map(word -> query(word, "")).collect(Collectors.joining(" & "));
  }

  private static String query(String word, String mark) {
    return quoted(mark + word) + (NameWords.isBeginning(word) ? ":*" : "");
  }

  private static String any(Stream<String> queries) {
    return queries.collect(Collectors.joining(" | ", "(", ")"));
  }

  private static String mark(TenantId tenant) {
    byte[] digest = Digests.digest("SHA-256", tenant.value().getBytes(StandardCharsets.UTF_8));
    return ":" + HexFormat.of().formatHex(digest, 0, MARK);
  }

  private static String term(TenantId tenant) {
    return "t:" + tenant.value();
  }

  private static String term(ProfileName profile) {
    return "p:" + profile.value();
  }

  private static String term(AuthorityName authority) {
    return "a:" + authority.value();
  }

  private static String quoted(String term) {
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'";
  }
}
