package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Tokens of SoftHSM2 in a folder, and programs that see these alone: the library reads where they
 * are from the environment of its process.
 *
 * @param library the PKCS#11 library
 */
record SoftHsmTokens(Path folder, Path library) {
  static final String SO_PIN = "so-1234";
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));

  /** What a program said. */
  record Said(int exit, String text) {}

  /** None yet, in that folder. */
  static SoftHsmTokens in(Path folder) throws Exception {
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(tokens));
    return new SoftHsmTokens(
        folder, LIBRARIES.stream().filter(Files::exists).findFirst().orElseThrow());
  }

  /**
   * Initialises one.
   *
   * @param utility softhsm2-util
   */
  void make(Path utility, String label, String pin) throws Exception {
    run(
        utility.toString(),
        List.of("--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", pin));
  }

  /** Runs a program of the tests to its good end. */
  void play(Class<?> program, String... arguments) throws Exception {
    run(java(), program(program.getName(), arguments));
  }

  /** The arguments of Java for a program with the tests' class path. */
  static List<String> program(String name, String... arguments) {
    return Stream.concat(
            Stream.of(
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                name),
            Stream.of(arguments))
        .toList();
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** What anybody sees on a token. */
  String objects(String label, String type) throws Exception {
    return run(
        "pkcs11-tool",
        List.of(
            "--module",
            library.toString(),
            "--token-label",
            label,
            "--list-objects",
            "--type",
            type));
  }

  /** The arguments of pkcs11-tool that log in to a token. */
  List<String> login(String label, String pin, String... more) {
    return Stream.concat(
            Stream.of(
                "--module", library.toString(), "--token-label", label, "--login", "--pin", pin),
            Stream.of(more))
        .toList();
  }

  /** What pkcs11-tool says of a new PIN that the security officer of before would set. */
  String newPinByOfficer(String label) throws Exception {
    return said(
            "pkcs11-tool",
            List.of(
                "--module",
                library.toString(),
                "--token-label",
                label,
                "--login",
                "--login-type",
                "so",
                "--so-pin",
                SO_PIN,
                "--init-pin",
                "--new-pin",
                "another-pin"))
        .text();
  }

  String run(String program, List<String> arguments) throws Exception {
    Said said = said(program, arguments);
    assertThat(said.exit()).as(said.text()).isZero();
    return said.text();
  }

  Said said(String program, List<String> arguments) throws Exception {
    var builder =
        new ProcessBuilder(Stream.concat(Stream.of(program), arguments.stream()).toList())
            .redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    return new Said(process.exitValue(), text);
  }
}
