package de.kreissiegel.ca;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.status.CrlShelf;
import de.kreissiegel.ca.status.OcspService;
import de.kreissiegel.ca.status.OcspSettings;
import de.kreissiegel.ca.storage.Books;
import de.kreissiegel.hsm.signing.Signer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * What a validation node runs: it tells of certificates' status, and only reads, unless it may note
 * when somebody asked. It opens though the database and the vault are away, and answers from the
 * copy on its disk.
 */
public final class ValidationAuthority implements AutoCloseable {
  private static final Duration STEP = Duration.ofMillis(200);

  private final OcspService ocsp;
  private final CrlShelf crls;
  private final boolean notes;
  private final Jobs jobs = new Jobs();

  /**
   * What it stands on.
   *
   * @param database PostgreSQL; its schema is left as it is
   * @param signer signs answers to requests with a nonce; {@link de.kreissiegel.ca.status.NoSigner}
   *     where there is none
   * @param authorities the hierarchy
   * @param ocsp how OCSP answers
   * @param told hears how long each change of status took until this node could tell of it
   * @param lists a folder for this node's copies of CRLs
   * @param notes whether it may write down about which certificates somebody has asked
   */
  public record Surroundings(
      DataSource database,
      Signer signer,
      AuthorityCatalog authorities,
      OcspSettings ocsp,
      Consumer<Duration> told,
      Path lists,
      boolean notes,
      Clock clock,
      SecureRandom random) {}

  public ValidationAuthority(Surroundings on) throws IOException {
    Books books = Books.of(on.database(), "", on.clock(), on.random());
    this.ocsp =
        new OcspService(
            new OcspService.Surroundings(
                on.authorities(),
                books.certificates(),
                books.answers(),
                books.transactions(),
                new KnownResponders(on.authorities(), books.certificates(), on.clock()),
                on.signer(),
                on.ocsp(),
                on.told(),
                on.clock(),
                on.random()));
    this.notes = on.notes();
    this.crls = new CrlShelf(on.authorities(), books.crls(), on.lists(), on.clock());
  }

  /** Begins to listen for changes. */
  public void start() {
    jobs.every(STEP, "ocsp-answers", ocsp::look);
    jobs.every(Duration.ofMillis(500), "crl-copies", crls::refresh);
    if (notes) {
      jobs.every(Duration.ofSeconds(5), "inquiries", ocsp::writeInquiries);
    } else {
      jobs.every(Duration.ofMinutes(1), "inquiries", ocsp::forgetInquiries);
    }
  }

  public OcspService ocsp() {
    return ocsp;
  }

  public CrlShelf crls() {
    return crls;
  }

  @Override
  public void close() throws IOException {
    jobs.close();
    ocsp.close();
  }
}
