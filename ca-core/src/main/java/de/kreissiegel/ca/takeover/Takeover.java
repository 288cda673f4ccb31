package de.kreissiegel.ca.takeover;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.audit.AuditTrail;
import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.inventory.CertificateStatus;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * Takes in what a foreign authority issued and revoked, whose key came here by a ceremony. Doing it
 * again does no harm: what is here stays, what is more comes in, and nothing that is revoked
 * becomes anything less. Until it is done once, no list of that authority is made.
 */
public final class Takeover {
  /** The profile of what others have made. */
  public static final String PROFILE = "imported";

  static final Actor SELF = new Actor.Component("takeover");

  private final Books books;
  private final AuthorityCatalog authorities;
  private final Clock clock;

  /**
   * Where it writes.
   *
   * @param transactions one a batch
   * @param certificates where certificates go
   * @param takeovers how far it is
   * @param audit who says so
   */
  public record Books(
      Transactions transactions,
      CertificateBook certificates,
      TakeoverBook takeovers,
      AuditTrail audit) {}

  public Takeover(Books books, AuthorityCatalog authorities, Clock clock) {
    this.books = books;
    this.authorities = authorities;
    this.clock = clock;
  }

  /**
   * What others left.
   *
   * @param authority as a ceremony named it here
   * @param certificates files and folders
   * @param lists the newest CRLs, full ones first, then deltas in their order; DER
   * @param index {@code index.txt} of {@code openssl ca}, if there is one
   * @param tenants whose they are
   */
  public record Estate(
      AuthorityName authority,
      List<Path> certificates,
      List<Bytes> lists,
      Optional<Path> index,
      TenantRules tenants) {
    public Estate {
      certificates = List.copyOf(certificates);
      lists = List.copyOf(lists);
    }
  }

  /**
   * What came of it.
   *
   * @param added how many certificates came in
   * @param known how many were here already
   * @param bySerial how many of both are known by their number alone
   * @param revoked how many became revoked or held by it
   * @param remarks what was odd, and what could not be taken
   * @param listNumber behind which lists of ours go on; empty if the CRL had none
   */
  public record Outcome(
      long added,
      long known,
      long bySerial,
      long revoked,
      Remarks remarks,
      Optional<Long> listNumber) {}

  /**
   * Takes it in, in batches that are whole or nothing.
   *
   * @param dryRun whether all is read and counted, and nothing changed
   * @param progress hears how many certificates were read, now and then
   * @throws TakeoverRefused if the authority isn't one that was taken over, or a CRL is not its
   *     own; nothing was changed
   * @throws IOException if a file can't be read; whole batches may be in
   */
  public Outcome perform(Estate estate, boolean dryRun, LongConsumer progress)
      throws TakeoverRefused, IOException {
    Authority authority = authority(estate.authority());
    X509Certificate certificate = certificate(authority);
    var remarks = new Remarks();
    ForeignList list = list(estate, certificate, remarks);
    Map<BigInteger, CertificateStatus> index =
        estate.index().isPresent() ? OpensslIndex.read(estate.index().get(), remarks) : Map.of();
    index.forEach(
        (serial, status) -> {
          if (!(status instanceof CertificateStatus.Good)) {
            list.addUnlessListed(serial, status);
          }
        });
    var intake =
        new ForeignIntake(books, authority, certificate, estate.tenants(), list, remarks, dryRun);
    var files = new ForeignFiles(remarks, (one, source) -> intake.take(one, source, progress));
    for (Path source : estate.certificates()) {
      files.read(source);
    }
    intake.takeListed();
    index.keySet().stream()
        .filter(serial -> !intake.hasSeen(serial))
        .forEach(serial -> remarks.add(Remark.MISSING, serial.toString(16)));
    if (!dryRun) {
      close(estate.authority(), list, intake);
    }
    return intake.outcome(list.number());
  }

  private Authority authority(AuthorityName name) throws TakeoverRefused {
    return authorities
        .find(name)
        .filter(one -> authorities.takenOver(name).isPresent())
        .orElseThrow(
            () ->
                new TakeoverRefused(
                    "there is no authority %s here that was taken over (ceremony take-over)"
                        .formatted(name)));
  }

  private static X509Certificate certificate(Authority authority) throws TakeoverRefused {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509", new BouncyCastleProvider())
              .generateCertificate(new ByteArrayInputStream(authority.certificate().toArray()));
    } catch (GeneralSecurityException unreadable) {
      throw new TakeoverRefused("the authority's certificate can't be read");
    }
  }

  private static ForeignList list(Estate estate, X509Certificate certificate, Remarks remarks)
      throws TakeoverRefused {
    if (estate.lists().isEmpty()) {
      throw new TakeoverRefused("without its newest CRL nobody knows what the authority revoked");
    }
    var list = new ForeignList(certificate, remarks);
    for (Bytes one : estate.lists()) {
      list.add(one);
    }
    return list;
  }

  private void close(AuthorityName authority, ForeignList list, ForeignIntake intake) {
    books
        .transactions()
        .<TakeoverBook.Taken, RuntimeException>inTransaction(
            transaction -> {
              TakeoverBook.Taken taken =
                  books
                      .takeovers()
                      .close(
                          transaction,
                          authority,
                          list.number(),
                          list.begin(),
                          list.newest().sha256(),
                          clock.instant());
              books
                  .audit()
                  .append(
                      transaction,
                      SELF,
                      "authority.taken-in",
                      Optional.empty(),
                      "authority:" + authority,
                      "%d certificates, %d revoked or held, %d by serial number alone; CRL %s, SHA-256 %s; %d not taken"
                          .formatted(
                              taken.certificates(),
                              taken.revoked(),
                              taken.bySerial(),
                              taken.listNumber().map(String::valueOf).orElse("without number"),
                              taken.listDigest().toHex(),
                              intake.refused()));
              return taken;
            });
  }
}
