package de.kreissiegel.ca.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GroupCommitTest {
  private final Recorded transactions = new Recorded();
  private final GroupCommit group = new GroupCommit(transactions);

  /** What each committed transaction did; the first can be held up. */
  private static final class Recorded implements Transactions {
    final List<List<String>> committed = Collections.synchronizedList(new ArrayList<>());
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    final AtomicInteger tried = new AtomicInteger();
    volatile boolean holdUp;

    /** What happens between the work and its commit. */
    volatile Consumer<List<String>> atCommit = done -> {};

    private static final class Open implements Transaction {
      final List<String> done = new ArrayList<>();
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T inTransaction(Work<T, X> work)
        throws X {
      if (holdUp) {
        holdUp = false;
        begun.countDown();
        awaitUninterruptibly(goOn);
      }
      tried.incrementAndGet();
      var open = new Open();
      T result = work.in(open);
      atCommit.accept(open.done);
      committed.add(open.done);
      return result;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
      while (latch.getCount() > 0) {
        try {
          latch.await();
        } catch (InterruptedException goesOn) {
          // The test interrupts who waits for a commit, not the commit.
        }
      }
    }
  }

  private GroupCommit.Door<String, String> door(String name) {
    return group.door(
        (transaction, items) -> {
          for (String item : items) {
            if (item.equals("bad")) {
              throw new IllegalArgumentException("a bad one");
            }
            ((Recorded.Open) transaction).done.add(name + item);
          }
          return items.stream().map(item -> "done " + item).toList();
        });
  }

  /** Holds up a first commit, lets others come, one after the other, and lets all go. */
  private List<Future<String>> together(ExecutorService threads, List<Call> calls)
      throws Exception {
    transactions.holdUp = true;
    List<Future<String>> running = new ArrayList<>();
    running.add(threads.submit(() -> door("").commit("first")));
    transactions.begun.await();
    for (Call call : calls) {
      running.add(threads.submit(() -> call.door().commit(call.item())));
      awaitWaiting(running.size() - 1);
    }
    transactions.goOn.countDown();
    return running;
  }

  private record Call(GroupCommit.Door<String, String> door, String item) {}

  private void awaitWaiting(int count) throws InterruptedException {
    while (group.waiting() < count) {
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  @Test
  void whoComesAloneCommitsAtOnce() {
    assertThat(door("").commit("a")).isEqualTo("done a");
    assertThat(door("").commit("b")).isEqualTo("done b");
    assertThat(transactions.committed).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void whoComesDuringACommitSharesTheNextWithAllOthers() throws Exception {
    var door = door("");
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<String>> running =
          together(threads, List.of(new Call(door, "a"), new Call(door, "b"), new Call(door, "c")));
      assertThat(running.get(2).get()).isEqualTo("done b");
      assertThat(running.get(3).get()).isEqualTo("done c");
    }
    assertThat(transactions.committed).containsExactly(List.of("first"), List.of("a", "b", "c"));
  }

  @Test
  void doorsShareATransactionAndAreServedInTheOrderOfTheirOpening() throws Exception {
    var one = door("1");
    var two = door("2");
    try (var threads = Executors.newCachedThreadPool()) {
      for (Future<String> each :
          together(threads, List.of(new Call(two, "a"), new Call(one, "b"), new Call(two, "c")))) {
        each.get();
      }
    }
    assertThat(transactions.committed).containsExactly(List.of("first"), List.of("1b", "2a", "2c"));
  }

  @Test
  void aMemberThatFailsTakesNoOtherWithIt() throws Exception {
    var door = door("");
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<String>> running =
          together(
              threads, List.of(new Call(door, "a"), new Call(door, "bad"), new Call(door, "c")));
      assertThat(running.get(1).get()).isEqualTo("done a");
      assertThat(running.get(3).get()).isEqualTo("done c");
      assertThatThrownBy(() -> running.get(2).get()).hasRootCauseMessage("a bad one");
    }
    assertThat(transactions.committed)
        .containsExactly(List.of("first"), List.of("a"), List.of("c"));
  }

  @Test
  void oneBadAmongManyIsFoundInFewTransactions() throws Exception {
    var door = door("");
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      calls.add(new Call(door, i == 41 ? "bad" : "" + i));
    }
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<String>> running = together(threads, calls);
      assertThatThrownBy(() -> running.get(42).get()).hasRootCauseMessage("a bad one");
      running.remove(42);
      for (Future<String> one : running) {
        assertThat(one.get()).startsWith("done ");
      }
    }
    assertThat(transactions.tried).hasValue(1 + 1 + 2 * 6); // the first, all, six times two halves
  }

  @Test
  void nobodyHearsOfAResultBeforeItsCommitIsDone() throws Exception {
    var door = door("");
    var worked = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<String>> running = new ArrayList<>();
      transactions.atCommit =
          done -> {
            if (done.contains("a")) {
              worked.countDown();
              Recorded.awaitUninterruptibly(goOn);
            }
          };
      running.addAll(together(threads, List.of(new Call(door, "a"), new Call(door, "b"))));
      worked.await();
      TimeUnit.MILLISECONDS.sleep(20);
      assertThat(running.get(1).isDone()).isFalse();
      assertThat(running.get(2).isDone()).isFalse();
      goOn.countDown();
      assertThat(running.get(2).get()).isEqualTo("done b");
    }
  }

  @Test
  void aResultWhoseCommitFailedIsHeardOfByNobody() {
    transactions.atCommit =
        _ -> {
          throw new IllegalStateException("the connection is gone");
        };
    assertThatThrownBy(() -> door("").commit("a")).hasMessage("the connection is gone");
    assertThat(transactions.committed).isEmpty();
  }

  @Test
  void anErrorWhileTryingAgainTellsOnlyThoseOfSuccessWhoseCommitIsDone() throws Exception {
    var door = door("");
    var once = new AtomicBoolean();
    transactions.atCommit =
        done -> {
          if (done.contains("b") && once.compareAndSet(false, true)) {
            throw new IllegalStateException("the connection is gone");
          }
          if (done.contains("b")) {
            throw new OutOfMemoryError("for this test");
          }
        };
    try (var threads = Executors.newCachedThreadPool()) {
      List<Future<String>> running =
          together(threads, List.of(new Call(door, "a"), new Call(door, "b"), new Call(door, "c")));
      assertThat(running.get(1)).failsWithin(Duration.ofSeconds(30));
      assertThat(running.get(2)).failsWithin(Duration.ofSeconds(30));
      assertThat(running.get(3)).failsWithin(Duration.ofSeconds(30));
    }
    assertThat(transactions.committed).containsExactly(List.of("first"), List.of("a"));
    assertThat(door.commit("later")).isEqualTo("done later");
  }

  @Test
  void goesOnAfterAFailure() {
    assertThatThrownBy(() -> door("").commit("bad")).hasMessage("a bad one");
    assertThat(door("").commit("good")).isEqualTo("done good");
  }

  @Test
  void closingWaitsForThoseInsideAndLetsNobodyElseIn() throws Exception {
    var door = door("");
    try (var threads = Executors.newCachedThreadPool()) {
      transactions.holdUp = true;
      Future<String> first = threads.submit(() -> door.commit("first"));
      transactions.begun.await();
      Future<String> second = threads.submit(() -> door.commit("second"));
      awaitWaiting(1);
      Future<?> closing = threads.submit(group::close);
      while (!group.isClosed()) {
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(closing.isDone()).isFalse();
      transactions.goOn.countDown();
      closing.get();
      assertThat(first.get()).isEqualTo("done first");
      assertThat(second.get()).isEqualTo("done second");
    }
    assertThat(transactions.committed).containsExactly(List.of("first"), List.of("second"));
    assertThatThrownBy(() -> door.commit("late")).hasMessage("the group is closed");
  }

  @Test
  void anInterruptIsKeptUntilTheCommitIsDone() throws Exception {
    var door = door("");
    transactions.holdUp = true;
    try (var threads = Executors.newCachedThreadPool()) {
      Future<String> first = threads.submit(() -> door.commit("first"));
      transactions.begun.await();
      List<Boolean> interrupted = Collections.synchronizedList(new ArrayList<>());
      Thread waiter =
          new Thread(
              () -> {
                door.commit("second");
                interrupted.add(Thread.currentThread().isInterrupted());
              });
      waiter.start();
      awaitWaiting(1);
      waiter.interrupt();
      transactions.goOn.countDown();
      waiter.join();
      first.get();
      assertThat(interrupted).containsExactly(true);
    }
    assertThat(transactions.committed).containsExactly(List.of("first"), List.of("second"));
  }

  @Test
  void thousandsFromManyThreadsAreEachCommittedOnce() throws Exception {
    var door = door("");
    int threads = 64;
    int each = 200;
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        int number = thread;
        running.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < each; i++) {
                    String item = number + "/" + i;
                    assertThat(door.commit(item)).isEqualTo("done " + item);
                  }
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    }
    List<String> all = transactions.committed.stream().flatMap(List::stream).toList();
    assertThat(all).hasSize(threads * each).doesNotHaveDuplicates();
    assertThat(transactions.committed).allMatch(items -> items.size() <= 64);
  }
}
