package de.kreissiegel.hsm.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.TestVault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it says where there is no HSM; the peer test has the rest. */
class DoctorTest {
  @TempDir Path folder;

  private static Diagnosis examine(Clock clock, Optional<Path> library, Optional<Path> vault) {
    return new Doctor(clock, new SecureRandom())
        .examine(new Examination(library, Optional.empty(), Optional.empty(), vault));
  }

  private static Diagnosis library(Path path) {
    return examine(Clock.systemUTC(), Optional.of(path), Optional.empty());
  }

  private static Diagnosis vault(Path path) {
    return examine(Clock.systemUTC(), Optional.empty(), Optional.of(path));
  }

  private static void says(Diagnosis diagnosis, String sentence, String remedy) {
    assertThat(diagnosis.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.sentence()).contains(sentence);
              assertThat(finding.remedy()).contains(remedy);
            });
  }

  @Test
  void namesTheProviderOfEachAlgorithm() {
    Diagnosis diagnosis = examine(Clock.systemUTC(), Optional.empty(), Optional.empty());
    assertThat(diagnosis.healthy()).isTrue();
    assertThat(diagnosis.findings()).isEmpty();
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      if (algorithm.signs()) {
        assertThat(diagnosis.facts()).anyMatch(fact -> fact.startsWith(algorithm.word() + ": "));
      }
    }
  }

  @Test
  void saysThatTheLibraryIsMissing() {
    Diagnosis diagnosis = library(folder.resolve("nothing.so"));
    says(diagnosis, "there is no file", "install the PKCS#11 library");
    assertThat(diagnosis.healthy()).isFalse();
  }

  @Test
  void saysThatTheLibraryIsForAnotherProcessor() throws Exception {
    Path foreign = Files.write(folder.resolve("foreign.so"), elf((byte) 0xf3)); // RISC-V
    says(library(foreign), "can't be loaded", "for this machine's processor");
  }

  @Test
  void saysThatTheLibraryIsNone() throws Exception {
    Path text = Files.writeString(folder.resolve("text.so"), "this is a text".repeat(20));
    says(library(text), "can't be loaded", "for this machine's processor");
  }

  /** The head of a shared library of 64 bits for a machine. */
  private static byte[] elf(byte machine) {
    byte[] head = new byte[4096];
    byte[] start = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, machine, 0, 1};
    System.arraycopy(start, 0, head, 0, start.length);
    head[52] = 64;
    return head;
  }

  @Test
  void saysThatTheLibraryNeedsAnother() throws Exception {
    byte[] content = Files.readAllBytes(aLibrary());
    byte[] needed = "libjava.so".getBytes(StandardCharsets.US_ASCII);
    int at = new String(content, StandardCharsets.ISO_8859_1).indexOf("libjava.so");
    assertThat(at).isPositive();
    needed[6] = 'X';
    System.arraycopy(needed, 0, content, at, needed.length);
    Path needy = Files.write(folder.resolve("needy.so"), content);
    says(library(needy), "libjavX.so", "ldd");
  }

  @Test
  void saysThatTheLibraryIsNotOfPkcs11() throws Exception {
    Path other = aLibrary();
    says(library(other), "has no function C_GetFunctionList", "PKCS#11 or Cryptoki");
  }

  /** One that every JDK brings. */
  private static Path aLibrary() {
    return Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("zip"));
  }

  @Test
  void saysThatTheClockIsLongPast() {
    Clock old = Clock.fixed(Instant.parse("1970-01-01T00:01:00Z"), ZoneOffset.UTC);
    says(examine(old, Optional.empty(), Optional.empty()), "clock says 1970", "set the clock");
  }

  @Test
  void findsAVaultWell() throws Exception {
    TestVault.copy(folder.resolve("vault")).close();
    Diagnosis diagnosis = vault(folder.resolve("vault"));
    assertThat(diagnosis.findings()).isEmpty();
    assertThat(diagnosis.facts())
        .anyMatch(fact -> fact.contains("policies"))
        .anyMatch(fact -> fact.startsWith("journal: "));
  }

  @Test
  void saysThatAPolicyIsNotSigned() throws Exception {
    Path vault = folder.resolve("vault");
    TestVault.copy(vault).close();
    Path policy = vault.resolve("keys/people.yaml");
    Files.writeString(policy, Files.readString(policy).replace("825", "9825") + "\n");
    says(vault(vault), "the policy of people is not signed", "restore the files");
  }

  @Test
  void saysThatAKeyHasNoPolicy() throws Exception {
    Path vault = folder.resolve("vault");
    TestVault.copy(vault).close();
    Files.delete(vault.resolve("keys/people.yaml"));
    says(vault(vault), "the key people has no signed policy", "make its policy");
  }

  @Test
  void saysThatAPolicyHasNoKey() throws Exception {
    Path vault = folder.resolve("vault");
    TestVault.copy(vault).close();
    Files.delete(vault.resolve("keys/people.p8"));
    Diagnosis diagnosis = vault(vault);
    says(diagnosis, "there is a policy for the key people", "name the library and the token");
    assertThat(diagnosis.healthy()).isTrue();
  }

  @Test
  void saysThatTheJournalIsNotWhole() throws Exception {
    Path vault = folder.resolve("vault");
    TestVault.copy(vault).close();
    Path segment;
    try (Stream<Path> files = Files.list(vault.resolve("journal"))) {
      segment = files.max(Comparator.comparing(file -> file.toFile().length())).orElseThrow();
    }
    byte[] content = Files.readAllBytes(segment);
    content[content.length / 2] ^= 1;
    Files.write(segment, content);
    assertThat(vault(vault).findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.sentence()).contains("the journal is not whole");
              assertThat(finding.remedy()).contains("journal verify");
            });
  }

  @Test
  void saysThatTheClockWentBack() throws Exception {
    Path vault = folder.resolve("vault");
    TestVault.copy(vault).close();
    try (Stream<Path> files = Files.list(vault.resolve("journal"))) {
      Files.setLastModifiedTime(
          files.findFirst().orElseThrow(), FileTime.from(Instant.now().plus(Duration.ofDays(2))));
    }
    says(vault(vault), "but this machine's clock says", "the clock went back");
  }

  @Test
  void saysThatThereIsNoVault() {
    says(vault(folder), "there is no vault in", "name the vault's directory");
  }

  @Test
  void saysThatTheLibraryMayNotBeRead() throws Exception {
    Path locked = Files.copy(aLibrary(), folder.resolve("locked.so"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("---------"));
    // Root reads everything; then it is only not of PKCS#11.
    String sentence = Files.isReadable(locked) ? "has no function" : "may not read";
    assertThat(library(locked).findings().getFirst().sentence()).contains(sentence);
  }
}
