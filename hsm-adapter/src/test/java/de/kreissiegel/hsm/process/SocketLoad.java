package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the way over the socket costs by itself: client and server in one process around a signer
 * that signs nothing. Prints microseconds of CPU a request, of both sides together.
 *
 * <p>{@code java -cp ... de.kreissiegel.hsm.process.SocketLoad [seconds a round]}
 */
public final class SocketLoad {
  private static final Bytes TO_BE_SIGNED = Bytes.of(new byte[600]);
  private static final KeyId KEY = new KeyId("people");

  private SocketLoad() {}

  /** Measures 1, 4 and 16 clients, three rounds each, after a round to warm up. */
  public static void main(String[] arguments) throws Exception {
    int seconds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4;
    Path directory = Files.createTempDirectory("load");
    Path socket = directory.resolve("s");
    try (var server =
        new SignerServer(
            List.of(
                new LocalEntrance(
                    SocketFile.listen(socket, false), PeerCheck.of(socket, Set.of()))),
            Limits.USUAL,
            new EmptySigner())) {
      server.start();
      try (var signer = new RemoteSigner(socket, Duration.ofSeconds(10))) {
        measure(signer, 4, 2L * seconds);
        for (int clients : new int[] {1, 4, 16}) {
          for (int round = 0; round < 3; round++) {
            System.out.println(measure(signer, clients, seconds));
          }
        }
      }
    } finally {
      Files.deleteIfExists(socket);
      Files.delete(directory);
    }
  }

  /** Nanoseconds of CPU that this process has used, in steps of 10 ms. */
  private static long cpu() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static String measure(Signer signer, int clients, long seconds) throws Exception {
    AtomicLong requests = new AtomicLong();
    long cpu = cpu();
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      long high = client;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      long count = 0;
                      for (; System.nanoTime() < end; count++) {
                        signer.sign(
                            new SignRequest(
                                new UUID(high, count),
                                KEY,
                                SignedStructure.CERTIFICATE,
                                TO_BE_SIGNED));
                      }
                      requests.addAndGet(count);
                    } catch (Exception failed) {
                      throw new IllegalStateException(failed);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    double micros = (cpu() - cpu) / 1e3 / requests.get();
    double rate = requests.get() / ((System.nanoTime() - begin) / 1e9);
    return "%2d clients  %6.1f us CPU a request  %7.0f requests/s".formatted(clients, micros, rate);
  }
}
