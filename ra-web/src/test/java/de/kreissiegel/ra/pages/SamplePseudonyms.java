package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.pseudonym.Pseudonym;
import de.kreissiegel.ca.pseudonym.PseudonymBook;
import de.kreissiegel.ca.registration.CertificateRequest;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Whose the pseudonyms of the town hall in memory are. */
final class SamplePseudonyms implements PseudonymBook {
  private final Map<SubjectId, Bearer> bearers = new LinkedHashMap<>();

  void issued(CertificateRequest.Content content) {
    content
        .values()
        .pseudonym()
        .ifPresent(
            pseudonym ->
                bearers.put(
                    pseudonym.holder(),
                    new Bearer(pseudonym.name(), content.subject().id(), content.tenant())));
  }

  @Override
  public boolean claim(
      Transaction transaction,
      Pseudonym pseudonym,
      SubjectId person,
      TenantId tenant,
      Instant now) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isFree(Pseudonym pseudonym, SubjectId person, TenantId tenant) {
    return !bearers.containsKey(pseudonym.holder());
  }

  @Override
  public Optional<Bearer> bearer(SubjectId holder) {
    return Optional.ofNullable(bearers.get(holder));
  }

  @Override
  public Set<SubjectId> holdersOf(SubjectId person) {
    return bearers.entrySet().stream()
        .filter(one -> one.getValue().person().equals(person))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
