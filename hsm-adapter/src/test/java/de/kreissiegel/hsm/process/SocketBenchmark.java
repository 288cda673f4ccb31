package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * What the way over the socket takes by itself: client and server in one process around a signer
 * that signs nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SocketBenchmark {
  private static final Bytes TO_BE_SIGNED = Bytes.of(new byte[600]);
  private static final KeyId KEY = new KeyId("people");

  private final AtomicLong next = new AtomicLong();
  private Path directory;
  private SignerServer server;
  private RemoteSigner signer;

  @Setup
  public void start() throws Exception {
    directory = Files.createTempDirectory("socket");
    Path socket = directory.resolve("s");
    server =
        new SignerServer(
            List.of(
                new LocalEntrance(
                    SocketFile.listen(socket, false), PeerCheck.of(socket, Set.of()))),
            Limits.USUAL,
            new EmptySigner());
    server.start();
    signer = new RemoteSigner(socket, Duration.ofSeconds(10));
  }

  @TearDown
  public void stop() throws Exception {
    signer.close();
    server.close();
    Files.deleteIfExists(directory.resolve("s"));
    Files.delete(directory);
  }

  @Benchmark
  @Threads(1)
  public Object oneClient() throws Exception {
    return ask();
  }

  @Benchmark
  @Threads(4)
  public Object fourClients() throws Exception {
    return ask();
  }

  @Benchmark
  @Threads(16)
  public Object sixteenClients() throws Exception {
    return ask();
  }

  private Object ask() throws Exception {
    return signer.sign(
        new SignRequest(
            new UUID(1, next.incrementAndGet()), KEY, SignedStructure.CERTIFICATE, TO_BE_SIGNED));
  }
}
