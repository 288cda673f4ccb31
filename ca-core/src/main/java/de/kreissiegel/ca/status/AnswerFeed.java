package de.kreissiegel.ca.status;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import de.kreissiegel.hsm.signing.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was signed, by whatever node, from the database into this node's memory and onto its
 * disk. Needs to read only.
 */
final class AnswerFeed implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AnswerFeed.class.getName());

  private static final int AT_ONCE = 16;

  /** The disk is told that all is still as it was so often. */
  private static final Duration STANDING = Duration.ofMinutes(1);

  private static final Duration CLEANING = Duration.ofMinutes(10);

  /** A file of more than twice what it needs, and this, is written anew. */
  private static final long SLACK = 64 << 10;

  private final AnswerBook book;
  private final AnswerStore store;
  private final OcspForms forms;
  private final Clock clock;
  private final Consumer<AnswerBatch> heard;
  private final @Nullable AnswerFile disk;
  private volatile Instant asOf = Instant.EPOCH;
  private long known;
  private Instant noted = Instant.EPOCH;
  private Instant cleaned = Instant.EPOCH;
  private volatile boolean diskBroken;

  /**
   * @param heard is told of each batch that came from the database, once answers are given from it
   */
  AnswerFeed(
      AnswerBook book,
      AnswerStore store,
      OcspForms forms,
      Optional<Path> folder,
      Clock clock,
      Consumer<AnswerBatch> heard) {
    this.book = book;
    this.store = store;
    this.forms = forms;
    this.clock = clock;
    this.heard = heard;
    this.disk = folder.isPresent() ? open(folder.get()) : null;
  }

  private @Nullable AnswerFile open(Path folder) {
    try {
      Files.createDirectories(folder);
      AnswerFile file = new AnswerFile(folder.resolve("ocsp-answers"));
      file.open(this::fromDisk);
      if (store.size() > 0) {
        LOG.log(INFO, "{0} OCSP answers are here from before, as of {1}", store.size(), asOf);
      }
      return file;
    } catch (IOException broken) {
      LOG.log(WARNING, "no copy of the OCSP answers on this disk: {0}", broken.getMessage());
      diskBroken = true;
      return null;
    }
  }

  private void fromDisk(long id, Instant at, Optional<Bytes> batch) {
    asOf = at;
    known = Math.max(known, id);
    batch.flatMap(this::read).filter(this::holds).ifPresent(store::add);
  }

  /** When this node last heard all that the database had. */
  Instant asOf() {
    return asOf;
  }

  /** Whether there is a copy on the disk, if there should be one. */
  boolean diskIsWell() {
    return !diskBroken;
  }

  /** Looks for what is new. */
  synchronized void look() {
    Instant now = clock.instant();
    if (known > 0 && book.lastId() < known) {
      LOG.log(WARNING, "the database is an older one; all OCSP answers are read again");
      known = 0;
    }
    List<AnswerBook.Batch> batches;
    do {
      batches = book.after(known, AT_ONCE);
      for (AnswerBook.Batch batch : batches) {
        take(batch, now);
      }
    } while (batches.size() == AT_ONCE);
    asOf = now;
    tidy(now);
  }

  private void take(AnswerBook.Batch row, Instant now) {
    known = row.id();
    Optional<AnswerBatch> batch = read(row.encoded()).filter(this::holds);
    if (batch.isPresent()) {
      store.add(batch.get());
      if (!diskBroken) {
        write(file -> file.append(row.id(), now, batch.get().octets()));
      }
      if (asOf.isAfter(Instant.EPOCH)) {
        heard.accept(batch.get()); // who has just begun finds what is long known
      }
    }
  }

  private Optional<AnswerBatch> read(Bytes encoded) {
    try {
      return AnswerBatch.read(encoded, forms);
    } catch (BatchDamaged damaged) {
      LOG.log(WARNING, "a batch of OCSP answers is left out: {0}", damaged.getMessage());
      return Optional.empty();
    }
  }

  private boolean holds(AnswerBatch batch) {
    return batch.nextUpdate().isAfter(clock.instant());
  }

  private void tidy(Instant now) {
    if (cleaned.plus(CLEANING).isBefore(now)) {
      cleaned = now;
      store.forgetEnded(now);
    }
    if (noted.plus(STANDING).isBefore(now)) {
      noted = now;
      if (diskBroken || disk != null && disk.size() > 2 * store.octets() + SLACK) {
        write(file -> file.rewrite(store.batches(), known, now));
      } else {
        write(file -> file.append(known, now, new byte[0]));
      }
    }
  }

  /** Work on the file. */
  @FunctionalInterface
  private interface Writing {
    void to(AnswerFile file) throws IOException;
  }

  /** A full disk must not keep answers from being given. What fails once is written anew. */
  private void write(Writing work) {
    if (disk == null) {
      return;
    }
    try {
      work.to(disk);
      diskBroken = false;
    } catch (IOException broken) {
      if (!diskBroken) {
        LOG.log(WARNING, "the OCSP answers on this disk fall behind: {0}", broken.getMessage());
      }
      diskBroken = true;
    }
  }

  @Override
  public synchronized void close() throws IOException {
    if (disk != null) {
      disk.close();
    }
  }
}
