package de.kreissiegel.ca.storage;

import de.kreissiegel.ca.lint.RsaModuli;
import de.kreissiegel.hsm.signing.Bytes;
import java.math.BigInteger;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Fills the table of moduli from the certificates that were stored before there was one. */
final class V12_1__Moduli_of_stored_certificates extends BaseJavaMigration {
  private static final int FETCH = 1000;

  @Override
  public void migrate(Context context) throws SQLException {
    try (Statement read = context.getConnection().createStatement();
        PreparedStatement write =
            context
                .getConnection()
                .prepareStatement(
                    """
                    insert into rsa_modulus (public_key_hash, modulus) values (?, ?)
                    on conflict do nothing
                    """)) {
      read.setFetchSize(FETCH);
      // rsaEncryption, as its OBJECT IDENTIFIER stands in a certificate.
      ResultSet rows =
          read.executeQuery(
              """
              select public_key_hash, encoded from certificate
              where position('\\x06092a864886f70d010101'::bytea in encoded) > 0
              """);
      while (rows.next()) {
        Optional<BigInteger> modulus = RsaModuli.of(Bytes.of(rows.getBytes("encoded")));
        if (modulus.isPresent()) {
          write.setBytes(1, rows.getBytes("public_key_hash"));
          write.setBytes(2, JdbcKnownKeys.unsigned(modulus.get()));
          write.executeUpdate();
        }
      }
    }
  }
}
