package de.kreissiegel.hsm.process;

import de.kreissiegel.hsm.tls.PinnedTls;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The signer: opens a vault and serves it at a Unix socket, a TLS port or both until it is told to
 * stop (SIGTERM, or the end of standard input where that was asked for). Prints {@code signer
 * ready} when it serves. Exit codes: 0 stopped, 1 could not start, with one sentence on standard
 * error.
 */
public final class SignerProcess {
  private SignerProcess() {}

  public static void main(String[] words) {
    try {
      run(Arguments.parse(List.of(words)));
    } catch (CannotStart | VaultUnusable known) {
      fail(String.valueOf(known.getMessage()));
    } catch (NoSuchFileException missing) {
      fail(missing.getFile() + " is missing");
    } catch (IOException failed) {
      fail("a file can't be used: " + failed.getMessage());
    }
  }

  private static void run(Arguments arguments) throws CannotStart, VaultUnusable, IOException {
    Hygiene.keepMemoryIn();
    char[] passphrase = passphrase(arguments.passphraseFile());
    Vault vault;
    try {
      vault = Vault.open(arguments.vault(), passphrase, Clock.systemUTC(), new SecureRandom());
    } finally {
      Arrays.fill(passphrase, '\0');
    }
    CountDownLatch stop = new CountDownLatch(1);
    try (vault) {
      // Before the try: where another signer listens, its socket isn't ours to delete.
      List<Entrance> entrances = entrances(arguments);
      try (SignerServer server = new SignerServer(entrances, Limits.USUAL, vault)) {
        stopAtExit(stop, Thread.currentThread());
        server.start();
        System.out.println("signer ready");
        if (arguments.exitWithStdin()) {
          Thread unused = Thread.ofPlatform().daemon().name("stdin").start(() -> drain(stop));
        }
        await(stop);
      } finally {
        if (arguments.socket().isPresent()) {
          Files.deleteIfExists(arguments.socket().get());
        }
      }
    }
  }

  private static List<Entrance> entrances(Arguments arguments) throws CannotStart, IOException {
    List<Entrance> entrances = new ArrayList<>();
    if (arguments.socket().isPresent()) {
      Path socket = arguments.socket().get();
      ServerSocketChannel server = SocketFile.listen(socket, !arguments.allowedUsers().isEmpty());
      entrances.add(new LocalEntrance(server, PeerCheck.of(socket, arguments.allowedUsers())));
    }
    if (arguments.network().isPresent()) {
      entrances.add(distant(arguments.network().get()));
    }
    return entrances;
  }

  private static Entrance distant(Arguments.Network network) throws CannotStart, IOException {
    try {
      return DistantEntrance.listen(
          network.address(),
          PinnedTls.load(
              network.keystore(), network.passwordFile(), network.allowed(), Clock.systemUTC()));
    } catch (IllegalArgumentException notOne) {
      throw new CannotStart(String.valueOf(notOne.getMessage()));
    } catch (BindException taken) {
      throw new CannotStart(
          "nothing can listen at " + network.address() + ": " + taken.getMessage());
    }
  }

  /** SIGTERM: lets the main thread close everything, and waits for it. */
  private static void stopAtExit(CountDownLatch stop, Thread main) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.countDown();
                  try {
                    main.join(10_000);
                  } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                  }
                }));
  }

  /** Whoever started us holds the other end of standard input: when they are gone, it ends. */
  private static void drain(CountDownLatch stop) {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException _) {
      // As good as the end.
    }
    stop.countDown();
  }

  private static void await(CountDownLatch stop) {
    try {
      stop.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** The file's first line, without what ends it. */
  private static char[] passphrase(Path file) throws CannotStart, IOException {
    byte[] octets = Files.readAllBytes(file);
    CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(octets));
    Arrays.fill(octets, (byte) 0);
    int length = 0;
    while (length < text.length() && text.charAt(length) != '\n' && text.charAt(length) != '\r') {
      length++;
    }
    if (length == 0) {
      throw new CannotStart("the passphrase file " + file + " is empty");
    }
    char[] passphrase = new char[length];
    text.get(passphrase);
    Arrays.fill(text.array(), '\0');
    return passphrase;
  }

  private static void fail(String sentence) {
    System.err.println("The signer can't start: " + sentence + ".");
    System.err.flush();
    // Not exit(): its hooks would wait for this very thread.
    Runtime.getRuntime().halt(1);
  }
}
