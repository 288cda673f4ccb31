package de.kreissiegel.ca.takeover;

import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.Optional;

/** How far foreign authorities were taken in. */
public interface TakeoverBook {
  /**
   * What is here of one.
   *
   * @param listNumber of its newest CRL; empty if that had none
   * @param listBegin its thisUpdate
   * @param listDigest its SHA-256
   * @param certificates how many are here
   * @param revoked how many of them are revoked or held
   * @param bySerial how many of those are known by their number alone
   */
  record Taken(
      AuthorityName authority,
      Optional<Long> listNumber,
      Instant listBegin,
      Bytes listDigest,
      long certificates,
      long revoked,
      long bySerial,
      Instant at) {}

  Optional<Taken> find(AuthorityName authority);

  /**
   * Says that it is here: from now on lists of it are made, whose numbers go on behind its last.
   * Certificates and revocations are counted where they stand.
   *
   * @return as it is written
   */
  Taken close(
      Transaction transaction,
      AuthorityName authority,
      Optional<Long> listNumber,
      Instant listBegin,
      Bytes listDigest,
      Instant at);
}
