package de.kreissiegel.ca.terms;

import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where all versions of terms and their acceptances are kept. Both are only added to. */
public interface TermsBook {
  /**
   * Keeps the versions of a catalog that are new.
   *
   * @throws ConfigurationFaults if words were changed without a new version, or went back to an
   *     older one; nothing is kept then
   */
  void keep(TermsCatalog catalog, Instant now) throws ConfigurationFaults;

  /** Terms in a version that were in force at some time. */
  Optional<Terms> find(TermsName name, int version);

  /** Notes an acceptance, once for each person and version. */
  void accept(Transaction transaction, Acceptance acceptance);

  /** What the person accepted until then, the newest first. */
  List<Acceptance> of(SubjectId person, Instant until);
}
