package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.transaction.Transaction;
import java.time.Instant;
import java.util.Optional;

/** Where CRLs are kept. */
public interface CrlBook {
  /** What is known of the newest CRL without its octets; empty before the first. */
  Optional<Head> head(AuthorityName authority);

  /** The newest CRL; empty before the first. */
  Optional<Crl> newest(AuthorityName authority);

  /**
   * Waits until nobody else makes a CRL for this authority, keeps everybody else waiting until the
   * transaction ends, and tells of the newest CRL.
   */
  Optional<Head> lock(Transaction transaction, AuthorityName authority);

  /**
   * Keeps a new CRL.
   *
   * @param statusVersion {@code CertificateBook.statusVersion} that its entries have at least
   * @param journalIndex where the vault's journal has its signature
   */
  void insert(
      Transaction transaction,
      AuthorityName authority,
      Crl crl,
      long statusVersion,
      long journalIndex);

  /**
   * A CRL without its octets.
   *
   * @param number its CRLNumber
   * @param statusVersion the version of the status that it tells at least
   */
  record Head(long number, Instant thisUpdate, Instant nextUpdate, long statusVersion) {}
}
