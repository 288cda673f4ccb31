package de.kreissiegel.hsm.journal;

import de.kreissiegel.hsm.signing.Signed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Lets many requests share one sync: whoever waits when a sync begins is in it. */
final class CommitQueue implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CommitQueue.class.getName());
  private static final int LARGEST_GROUP = 512;
  private static final long RESERVE = 16L << 20;

  /** A draft and who waits for it; without a draft, the sign to end. */
  private record Waiting(@Nullable Draft draft, CompletableFuture<Signed> outcome) {}

  private final Committer committer;
  private final Surroundings.SpaceLeft space;
  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private @Nullable String stopped;

  private CommitQueue(Committer committer, Surroundings.SpaceLeft space) {
    this.committer = committer;
    this.space = space;
    this.thread = Thread.ofPlatform().daemon().name("journal").unstarted(this::run);
  }

  static CommitQueue start(Committer committer, Surroundings.SpaceLeft space) {
    CommitQueue queue = new CommitQueue(committer, space);
    queue.thread.start();
    return queue;
  }

  Signed append(Draft draft) throws JournalStopped {
    Waiting mine = new Waiting(draft, new CompletableFuture<>());
    synchronized (this) {
      if (stopped != null) {
        throw new JournalStopped(stopped);
      }
      waiting.add(mine);
    }
    try {
      return mine.outcome().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof JournalStopped why) {
        throw why;
      }
      throw failed;
    }
  }

  private void run() {
    List<Waiting> group = new ArrayList<>();
    try (Committer open = committer) {
      while (stillOpen(group)) {
        List<Draft> drafts = new ArrayList<>();
        group.forEach(
            one -> {
              if (one.draft() != null) {
                drafts.add(one.draft());
              }
            });
        commit(open, group, drafts);
        group.clear();
      }
    } catch (IOException | RuntimeException | Error broken) {
      LOG.log(System.Logger.Level.ERROR, "The journal can't be written.", broken);
      stop("the journal can't be written (" + broken.getMessage() + "); restart the signer");
    } finally {
      stop("the vault is closed");
      waiting.drainTo(group);
      group.forEach(one -> one.outcome().completeExceptionally(new JournalStopped(reason())));
    }
  }

  /** Fills the group; false when it holds the sign to end and nothing before it. */
  private boolean stillOpen(List<Waiting> group) {
    try {
      group.add(waiting.take());
    } catch (InterruptedException _) {
      return false;
    }
    waiting.drainTo(group, LARGEST_GROUP);
    return group.getFirst().draft() != null;
  }

  private void commit(Committer open, List<Waiting> group, List<Draft> drafts) throws IOException {
    if (group.getLast().draft() == null) {
      waiting.add(group.getLast());
    }
    if (space.octets() < RESERVE) {
      JournalStopped full = new JournalStopped("the disk that holds the journal is full");
      group.forEach(one -> one.outcome().completeExceptionally(full));
      return;
    }
    List<Signed> signed = open.commit(drafts);
    for (int i = 0; i < signed.size(); i++) {
      group.get(i).outcome().complete(signed.get(i));
    }
  }

  private synchronized void stop(String why) {
    if (stopped == null) {
      stopped = why;
    }
  }

  private synchronized String reason() {
    return stopped == null ? "the vault is closed" : stopped;
  }

  @Override
  public void close() {
    synchronized (this) {
      stop("the vault is closed");
      waiting.add(new Waiting(null, new CompletableFuture<>()));
    }
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
