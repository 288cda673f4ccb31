package de.kreissiegel.ca.status;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.inventory.CertificateBook;
import de.kreissiegel.ca.transaction.Transactions;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * OCSP on one node: the answers in its memory and on its disk, who answers from them, and who signs
 * new ones. {@link #look} and {@link #sign} are to be called again and again.
 */
public final class OcspService implements AutoCloseable {
  private final AnswerBook book;
  private final AnswerStore store;
  private final AnswerFeed feed;
  private final OcspResponder responder;
  private final OcspPresigner presigner;
  private final OcspCounts counts = new OcspCounts();
  private final Inquiries inquiries;
  private final Clock clock;

  /**
   * What it stands on.
   *
   * @param certificates is asked for certificates of which no answer is ready
   * @param answers where signed answers are kept
   * @param transactions of that database
   * @param told hears how long each change of status took until this node could tell of it
   */
  public record Surroundings(
      AuthorityCatalog authorities,
      CertificateBook certificates,
      AnswerBook answers,
      Transactions transactions,
      ResponderCertificates responders,
      Signer signer,
      OcspSettings settings,
      Consumer<Duration> told,
      Clock clock,
      RandomGenerator random) {}

  /** Answers are there at once if they are on the disk. */
  public OcspService(Surroundings on) {
    this.book = on.answers();
    this.clock = on.clock();
    this.inquiries = new Inquiries(on.certificates());
    OcspForms forms = new OcspForms(on.authorities());
    OcspIssuers issuers = new OcspIssuers(on.authorities());
    this.store = new AnswerStore(on.authorities());
    this.feed =
        new AnswerFeed(
            book,
            store,
            forms,
            on.settings().folder(),
            on.clock(),
            batch -> tell(batch, on.clock().instant(), on.told()));
    OcspSigner signer =
        new OcspSigner(on.signer(), on.responders(), forms, on.settings(), on.clock());
    this.responder =
        new OcspResponder(
            issuers,
            new OcspStanding(
                issuers, on.certificates(), store, on.settings(), feed::asOf, on.clock()),
            store,
            signer,
            counts,
            inquiries,
            on.clock());
    this.presigner =
        new OcspPresigner(
            book,
            on.transactions(),
            on.authorities(),
            signer,
            on.settings(),
            on.clock(),
            on.random());
  }

  private static void tell(AnswerBatch batch, Instant now, Consumer<Duration> told) {
    Duration took = Duration.between(batch.changedAt(), now);
    for (int i = 0; i < batch.changes(); i++) {
      told.accept(took.isNegative() ? Duration.ZERO : took);
    }
  }

  public OcspResponder responder() {
    return responder;
  }

  /** Takes in what was signed since, by whatever node. */
  public void look() {
    feed.look();
  }

  /**
   * Signs ahead for what is new or has changed, and takes it in.
   *
   * @throws SigningUnavailable if the vault is away; all stays due
   */
  public void signChanges() throws SigningUnavailable, SigningRefused {
    if (presigner.signChanges()) {
      feed.look();
    }
  }

  /**
   * Signs ahead for slots of certificates, if some are due, and takes them in.
   *
   * @return whether there was one; there may be more then
   * @throws SigningUnavailable if the vault is away; all stays due
   */
  public boolean signSlots() throws SigningUnavailable, SigningRefused {
    boolean any = presigner.signSlots();
    if (any) {
      feed.look();
    }
    return any;
  }

  /** Writes down about which certificates somebody has asked. */
  public void writeInquiries() {
    inquiries.write(clock.instant());
  }

  /** Forgets about which certificates somebody has asked, on a node that writes nothing. */
  public void forgetInquiries() {
    inquiries.forget();
  }

  /** How it is with the answers of this node. Asks the database. */
  public AnswerBook.Waiting waiting() {
    return book.waiting();
  }

  /** How many answers are ready. */
  public int ready() {
    return store.size();
  }

  /** Whether this node's copy on its disk is up to date, if it keeps one. */
  public boolean diskIsWell() {
    return feed.diskIsWell();
  }

  @Override
  public void close() throws IOException {
    feed.close();
  }
}
