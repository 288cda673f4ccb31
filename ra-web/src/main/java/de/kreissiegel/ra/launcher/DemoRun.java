package de.kreissiegel.ra.launcher;

import de.kreissiegel.ra.walkthrough.Appointments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** One run of the demo, from the first process to the last. */
final class DemoRun {
  private final DataDirectory folder;
  private final Ports ports;
  private final Part signer = new Part("signer", this::startSigner);
  private final Part directory = new Part("directory", this::startDirectory);
  private final Part web = new Part("web", this::startWeb);
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final CountDownLatch stopped = new CountDownLatch(1);

  DemoRun(DataDirectory folder, Ports ports) {
    this.folder = folder;
    this.ports = ports;
  }

  /** Starts all parts, waits until the end, stops them. */
  int run() throws LaunchFailure, IOException {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
    DemoConsents.give(folder);
    try {
      Console.say("Starting:");
      Console.step("signer, sample directory", () -> Part.begin(signer, directory));
      Console.step("database, authority, pages", () -> Part.begin(web));
      appointOfficers();
      signer.keepAlive(failure);
      directory.keepAlive(failure);
      web.onDeath(
          () -> failure.complete("the web application has ended; see " + folder.logs() + "."));
      Console.say(Files.readString(folder.credentials()));
      Console.say("Everything lies in " + folder.root() + "; Ctrl-C stops the demo.");
      Console.say("ready https://localhost:" + ports.https());
      throw new LaunchFailure(failure.join());
    } finally {
      stop();
    }
  }

  /** At the first start, or where that was broken off. */
  private void appointOfficers() throws LaunchFailure, IOException {
    try {
      var appointments = Appointments.of(folder.root(), new SecureRandom(), Clock.systemUTC());
      if (!appointments.areMade()) {
        Console.step("registration officers' certificates", appointments::make);
      }
    } catch (LaunchFailure | IOException failure) {
      throw failure;
    } catch (Exception failure) {
      throw new LaunchFailure(
          "the registration officers got no certificates: " + failure.getMessage(), failure);
    }
  }

  private ChildProcess startSigner() throws LaunchFailure {
    return ChildProcess.start(
        "signer",
        "signer ready",
        folder.logs(),
        // The process with the keys loads the least code that can do its work.
        classPath(
            "hsm-adapter",
            "bcprov-",
            "bcpkix-",
            "bcutil-",
            "AmazonCorrettoCryptoProvider-",
            "snakeyaml-engine-",
            "jspecify-"),
        options(
            "signer",
            "-Xms32m",
            "-Xmx192m",
            "-XX:+DisableAttachMechanism",
            "-XX:-HeapDumpOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            // It calls the HSM's library, and the system to forbid core dumps.
            "--enable-native-access=ALL-UNNAMED"),
        List.of(
            "de.kreissiegel.hsm.process.SignerProcess",
            "--vault",
            folder.vault().toString(),
            "--socket",
            folder.signerSocket().toString(),
            "--passphrase-file",
            folder.secret("vault-passphrase").toString(),
            "--exit-with-stdin"));
  }

  private ChildProcess startDirectory() throws LaunchFailure {
    return ChildProcess.start(
        "directory",
        "directory ready",
        folder.logs(),
        classPath("ldap-sync", "unboundid-", "ca-core", "hsm-adapter", "jspecify-"),
        options("directory", "-Xms48m", "-Xmx192m"),
        List.of(
            "de.kreissiegel.ldap.demo.DemoDirectoryProcess",
            "--directory",
            folder.directory().toString(),
            "--port",
            Integer.toString(ports.directory()),
            "--exit-with-stdin"));
  }

  private ChildProcess startWeb() throws LaunchFailure {
    return ChildProcess.start(
        "web",
        StartCommand.READY,
        folder.logs(),
        classPath(""),
        options("web", "-Xms128m", "-Xmx640m", "--enable-native-access=ALL-UNNAMED"),
        List.of(
            "de.kreissiegel.ra.launcher.Kreissiegel",
            "start",
            "--exit-with-stdin",
            "--config",
            folder.configuration().toString(),
            "--",
            "--server.port=" + ports.https(),
            "--management.server.port=" + ports.management(),
            "--kreissiegel.public-base-url=https://localhost:" + ports.https(),
            "--kreissiegel.certificate-door.port=" + ports.certificate(),
            "--kreissiegel.validation.port=" + ports.http(),
            "--kreissiegel.directory.url=ldap://127.0.0.1:" + ports.directory()));
  }

  /** A demo shall start quickly and be small; what is served under load is compiled better. */
  private static List<String> options(String part, String... more) {
    return Stream.of(
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+UseCompactObjectHeaders"),
            ClassArchive.of(part),
            List.of(more))
        .flatMap(List::stream)
        .toList();
  }

  /** The parts of our own class path whose names start with one of these. */
  private static List<Path> classPath(String... prefixes) {
    return Arrays.stream(System.getProperty("java.class.path").split(":"))
        .map(Path::of)
        .filter(part -> Arrays.stream(prefixes).anyMatch(name(part)::startsWith))
        .toList();
  }

  /** A jar's file name; of classes that lie unpacked in {@code MODULE/target}, the module's. */
  private static String name(Path part) {
    Path module = part.resolve("..").resolve("..").normalize().getFileName();
    return part.endsWith("classes") && module != null
        ? module.toString()
        : part.getFileName().toString();
  }

  /** Stops all parts, the web first: it still writes what it knows. */
  private void stop() {
    if (!stopping.compareAndSet(false, true)) {
      await();
      return;
    }
    List.of(web, directory, signer).forEach(Part::stop);
    stopped.countDown();
  }

  private void await() {
    try {
      stopped.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
