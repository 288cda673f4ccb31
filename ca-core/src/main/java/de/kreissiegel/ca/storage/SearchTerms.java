package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateQuery.Filter;
import de.kreissiegel.ca.inventory.NameWords;
import de.kreissiegel.ca.inventory.StoredCertificate;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What {@code certificate.terms} holds (a {@code tsvector}, which any PostgreSQL has an index for)
 * and how it is asked. The kinds can't be mixed up: words have no colon.
 */
final class SearchTerms {
  /** More tenants than these narrow a search less than it costs to read all they have. */
  private static final int FEW = 3;

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
    tenant.map(SearchTerms::term).ifPresent(terms::add);
    terms.add(term(profile));
    terms.add(term(authority));
    return terms;
  }

  /** With all these words' beginnings, and as the filter says; of these tenants if they are few. */
  static String query(Set<TenantId> tenants, List<String> words, Filter filter) {
    var all = new ArrayList<String>();
    if (!words.isEmpty()) {
      all.add(query(words));
    }
    of(filter).stream().map(SearchTerms::quoted).forEach(all::add);
    if (tenants.size() <= FEW) {
      all.add(
          tenants.stream()
              .map(SearchTerms::term)
              .map(SearchTerms::quoted)
              .collect(Collectors.joining(" | ", "(", ")")));
    }
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
    return words.stream()
        .map(word -> NameWords.isBeginning(word) ? quoted(word) + ":*" : quoted(word))
        .collect(Collectors.joining(" & "));
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
