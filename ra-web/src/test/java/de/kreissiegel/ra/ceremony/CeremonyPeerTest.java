package de.kreissiegel.ra.ceremony;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rehearsal whose issuing keys are made on a token of SoftHSM2, and what OpenSSL makes of it. */
@AgainstPeer({Peer.SOFTHSM2, Peer.OPENSSL})
class CeremonyPeerTest {
  private static final String PIN = "5678-right-pin";
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/usr/lib/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"),
          Path.of("/usr/lib64/pkcs11/libsofthsm2.so"));

  @TempDir private Path folder;

  @Test
  void makesTheIssuingKeysOnATokenAndSignsWithThem(
      @AgainstPeer(Peer.SOFTHSM2) PeerSession softHsm,
      @AgainstPeer(Peer.OPENSSL) PeerSession openssl)
      throws Exception {
    Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElseThrow();
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = %s\nobjectstore.backend = file\nlog.level = ERROR\n"
            .formatted(tokens));
    Path pin = folder.resolve("pin");
    Files.writeString(pin, PIN + "\n");
    run(
        softHsm.executable().toString(),
        List.of("--init-token", "--free", "--label", "probe", "--so-pin", "so-1234", "--pin", PIN));

    run(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            IssuingOnToken.class.getName(),
            folder.toString(),
            library.toString(),
            "probe",
            pin.toString()));

    softHsm.sees(
        "the vault's keys on its token",
        () ->
            assertThat(Files.readString(folder.resolve("said.txt")))
                .contains("auf HSM network: devices, ocsp-devices, people")
                .doesNotContain(PIN));
    String objects =
        run(
            "pkcs11-tool",
            List.of(
                "--module",
                library.toString(),
                "--token-label",
                "probe",
                "--login",
                "--pin",
                PIN,
                "--list-objects",
                "--type",
                "privkey"));
    softHsm.sees(
        "three private keys that never leave",
        () ->
            assertThat(objects.lines().map(String::strip).filter(line -> line.startsWith("label:")))
                .hasSize(3)
                .anyMatch(line -> line.contains("people"))
                .anyMatch(line -> line.contains("devices")));
    String verdict =
        openssl
            .run(
                "crl",
                "-in",
                folder.resolve("people.crl").toString(),
                "-inform",
                "DER",
                "-noout",
                "-CAfile",
                folder.resolve("data/trust/chain.pem").toString())
            .text();
    openssl.sees("a CRL that the token signed", () -> assertThat(verdict).contains("verify OK"));

    try (Stream<Path> keys = Files.list(folder.resolve("data/vault/keys"))) {
      assertThat(keys.map(file -> file.getFileName().toString()))
          .contains("root.own.p8", "people.yaml")
          .doesNotContain("people.p8", "devices.p8");
    }
    assertThat(Files.readString(folder.resolve("backup.json")))
        .contains("\"event\":\"in-hsm\",\"name\":\"people\"")
        .contains("\"event\":\"backed-up\",\"name\":\"root\"");
  }

  private String run(String program, List<String> arguments) throws Exception {
    var builder =
        new ProcessBuilder(Stream.concat(Stream.of(program), arguments.stream()).toList())
            .redirectErrorStream(true);
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(text).isZero();
    return text;
  }
}
