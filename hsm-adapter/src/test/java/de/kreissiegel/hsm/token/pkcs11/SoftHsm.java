package de.kreissiegel.hsm.token.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * SoftHSM2 with a directory of tokens of this JVM's own. It reads SOFTHSM2_CONF when it is
 * initialised, so the variable is set by setenv(3) before that.
 */
public final class SoftHsm {
  public static final String PIN = "5678-right-pin";
  public static final String SO_PIN = "so-1234";
  private static final List<Path> USUAL =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));
  private static final AtomicInteger TOKENS = new AtomicInteger();
  private static SoftHsm instance;

  private final Path library;
  private final Path configuration;
  private final Path tokens;

  private SoftHsm(Path library) throws Exception {
    this.library = library;
    Path home = Files.createTempDirectory("softhsm");
    tokens = Files.createDirectory(home.resolve("tokens"));
    configuration = home.resolve("softhsm2.conf");
    Files.writeString(
        configuration,
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(tokens));
    setEnvironment("SOFTHSM2_CONF", configuration.toString());
  }

  /** The library, if SoftHSM2 is installed. */
  public static Optional<Path> installed() {
    return USUAL.stream().filter(Files::exists).findFirst();
  }

  public static synchronized SoftHsm start() throws Exception {
    if (instance == null) {
      instance =
          new SoftHsm(
              installed()
                  .orElseThrow(
                      () ->
                          new AssertionError(
                              "SoftHSM2 is not installed (.ci/install-peers does it)")));
    }
    return instance;
  }

  public Path library() {
    return library;
  }

  /** The configuration file, for the environment of other programs. */
  public Path configuration() {
    return configuration;
  }

  /** Where the tokens lie, a directory each. */
  public Path tokens() {
    return tokens;
  }

  /** A new token with the PIN; returns its label. */
  public String newToken() throws Exception {
    String label = "token-" + ProcessHandle.current().pid() + "-" + TOKENS.incrementAndGet();
    run(
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        label,
        "--so-pin",
        SO_PIN,
        "--pin",
        PIN);
    return label;
  }

  /** Has the library forget what it has seen, as a new process would. */
  public void restart() throws Exception {
    Pkcs11Module module = Pkcs11Module.at(library);
    module.restart(module.generation());
  }

  /** The directory of a token: the one that holds its label. */
  public Path directory(String label) throws IOException {
    byte[] wanted = label.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> all = Files.list(tokens)) {
      for (Path one : all.toList()) {
        String content = Files.readString(one.resolve("token.object"), StandardCharsets.ISO_8859_1);
        if (content.contains(new String(wanted, StandardCharsets.ISO_8859_1))) {
          return one;
        }
      }
    }
    throw new IOException("no token " + label);
  }

  public Pkcs11Config config(String label) {
    return new Pkcs11Config(
        "hsm",
        library,
        new TokenChoice.Label(label),
        Optional.empty(),
        Pkcs11Config.USUAL_SESSIONS);
  }

  /** What a program with this SoftHSM says; throws if it fails. */
  public String run(String... command) throws Exception {
    Said said = say(command);
    if (said.exit != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said.text);
    }
    return said.text;
  }

  /**
   * The same of a program that is shown a copy of that token alone: GnuTLS looks at no more than 48
   * slots (MAX_SLOTS in its pkcs11.c), and many tests make more tokens.
   */
  public String runAlone(String label, String... command) throws Exception {
    Path home = Files.createTempDirectory("softhsm-alone");
    Path from = directory(label);
    Path to = Files.createDirectories(home.resolve("tokens").resolve(from.getFileName()));
    try (Stream<Path> objects = Files.list(from)) {
      for (Path object : objects.toList()) {
        Files.copy(object, to.resolve(object.getFileName()));
      }
    }
    Path alone =
        Files.writeString(
            home.resolve("softhsm2.conf"),
            Files.readString(configuration)
                .replace(tokens.toString(), home.resolve("tokens").toString()));
    Said said = say(alone, command);
    if (said.exit != 0) {
      throw new IllegalStateException(String.join(" ", command) + ": " + said.text);
    }
    return said.text;
  }

  public Said say(String... command) throws Exception {
    return say(configuration, command);
  }

  private static Said say(Path configuration, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
    Map<String, String> environment = builder.environment();
    environment.put("SOFTHSM2_CONF", configuration.toString());
    environment.put("LC_ALL", "C.UTF-8");
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(process.waitFor(), text);
  }

  /** What a program said. */
  public record Said(int exit, String text) {}

  private static void setEnvironment(String name, String value) throws Exception {
    Linker linker = Linker.nativeLinker();
    MethodHandle setenv =
        linker.downcallHandle(
            linker.defaultLookup().find("setenv").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    try (Arena arena = Arena.ofConfined()) {
      int code = (int) setenv.invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
      if (code != 0) {
        throw new IllegalStateException("setenv");
      }
    } catch (Throwable thrown) {
      throw new IllegalStateException(thrown);
    }
  }
}
