package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.lint.KnownKeys;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the database knows of keys. */
public final class JdbcKnownKeys implements KnownKeys {
  /** Longer than a transaction takes that stores a certificate: what it wrote is seen after it. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

  private final Jdbi jdbi;
  private final Clock clock;

  public JdbcKnownKeys(Database database, Clock clock) {
    this.jdbi = database.jdbi();
    this.clock = clock;
  }

  @Override
  public Standing standing(Bytes keyHash, Optional<String> holder) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select exists (select from certificate where public_key_hash = :hash) as certified,
                        exists (select from certificate where public_key_hash = :hash
                            and state = 'revoked') as revoked,
                        (select listing from known_key where hash = :hash) as listing,
                        exists (select from certificate where subject_id = :holder
                            and state = 'hold' and not_after > :now) as on_hold
                    """)
                .bind("hash", keyHash.toArray())
                .bind("holder", holder.orElse(""))
                .bind("now", clock.instant())
                .map(
                    (row, _) ->
                        new Standing(
                            row.getBoolean("certified"),
                            row.getBoolean("revoked"),
                            Optional.ofNullable(row.getString("listing"))
                                .map(word -> Listing.valueOf(word.toUpperCase(Locale.ROOT))),
                            row.getBoolean("on_hold")))
                .one());
  }

  /** The position is the database's time of an earlier answer, in milliseconds. */
  @Override
  public Moduli moduliSince(long position) {
    return jdbi.withHandle(
        handle -> {
          Instant now = handle.createQuery("select now()").mapTo(Instant.class).one();
          List<BigInteger> moduli =
              handle
                  .createQuery("select modulus from rsa_modulus where written_at >= :since")
                  .bind("since", Instant.ofEpochMilli(position).minus(LONGEST_TRANSACTION))
                  .map((row, _) -> new BigInteger(1, row.getBytes("modulus")))
                  .list();
          return new Moduli(moduli, now.toEpochMilli());
        });
  }

  /**
   * Lists a key as never to be certified. Who is listed already stays so, with the first note.
   *
   * @param keyHash SHA-256 of the SubjectPublicKeyInfo
   * @param note who says so, and why
   * @return whether it was not listed before
   */
  public boolean list(Transaction transaction, Bytes keyHash, Listing listing, String note) {
    return JdbcTransaction.handleOf(transaction)
            .execute(
                """
                insert into known_key (hash, listing, note) values (?, ?, ?)
                on conflict (hash) do nothing
                """,
                keyHash.toArray(),
                listing.name().toLowerCase(Locale.ROOT),
                note)
        == 1;
  }

  /** Keeps the modulus of a certificate that is being stored. */
  static void keep(Handle handle, Bytes keyHash, BigInteger modulus) {
    handle.execute(
        "insert into rsa_modulus (public_key_hash, modulus) values (?, ?) on conflict do nothing",
        keyHash.toArray(),
        unsigned(modulus));
  }

  static byte[] unsigned(BigInteger modulus) {
    byte[] octets = modulus.toByteArray();
    return octets[0] == 0 ? java.util.Arrays.copyOfRange(octets, 1, octets.length) : octets;
  }
}
