package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.lint.KnownKeys;
import de.kreissiegel.ca.lint.RsaModuli;
import de.kreissiegel.ca.transaction.Transaction;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What the database knows of keys. */
public final class JdbcKnownKeys implements KnownKeys {
  /** Longer than a transaction takes that stores a certificate: what it wrote is seen after it. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(1);

  // The state of the holder's certificates is a parameter, that it doesn't lead to the index of all
  // that are on hold.
  static final String STANDING =
      Rows.BY_INDEX
          + """
      select count(*) > 0 as certified, coalesce(bool_or(state = 'revoked'), false) as revoked,
          (select listing from known_key where hash = ?) as listing,
          exists (select from certificate
              where subject_id = any(array(
                  select ? union all select holder from pseudonym p where p.subject_id = ?))
              and state = ? and not_after > ?) as on_hold
      from certificate where public_key_hash = ?
      """;

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
            Rows.after(
                    1,
                    handle,
                    STANDING,
                    rows ->
                        rows.octets(keyHash)
                            .text(holder.orElse(""))
                            .text(holder.orElse(""))
                            .text("hold")
                            .time(clock.instant())
                            .octets(keyHash),
                    JdbcKnownKeys::standing)
                .getFirst());
  }

  private static Standing standing(ResultSet row) throws SQLException {
    return new Standing(
        row.getBoolean("certified"),
        row.getBoolean("revoked"),
        Optional.ofNullable(row.getString("listing"))
            .map(word -> Listing.valueOf(word.toUpperCase(Locale.ROOT))),
        row.getBoolean("on_hold"));
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

  /** Keeps the moduli of certificates that are being stored. */
  static void keep(Handle handle, List<CertificateBook.NewCertificate> certificates) {
    Map<Bytes, BigInteger> moduli = new TreeMap<>(Comparator.comparing(Bytes::toHex));
    for (CertificateBook.NewCertificate one : certificates) {
      RsaModuli.of(one.certificate().encoded())
          .ifPresent(modulus -> moduli.put(one.publicKeyHash(), modulus));
    }
    if (moduli.isEmpty()) {
      return;
    }
    List<Map.Entry<Bytes, BigInteger>> entries = List.copyOf(moduli.entrySet());
    Rows.change(
        handle,
        Rows.insert("rsa_modulus", Set.of(), "public_key_hash modulus") + " on conflict do nothing",
        rows ->
            rows.octets(entries, Map.Entry::getKey)
                .octets(entries, entry -> Bytes.of(unsigned(entry.getValue()))));
  }

  static byte[] unsigned(BigInteger modulus) {
    byte[] octets = modulus.toByteArray();
    return octets[0] == 0 ? java.util.Arrays.copyOfRange(octets, 1, octets.length) : octets;
  }
}
