package de.kreissiegel.ldap.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import de.kreissiegel.ldap.sample.SampleDistrict;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoDirectoryProcessTest {
  private static final String STAFF = SampleDistrict.cast().applicant().dn();
  @TempDir Path folder;

  @Test
  void losesNoAnsweredChangeWhenItIsKilled() throws Exception {
    int port = freePort();
    var answered = new AtomicInteger(-1);
    Process first = start(port);
    try {
      assertThat(firstLine(first)).isEqualTo("directory ready");
      Thread writer = Thread.ofVirtual().start(() -> write(port, answered));
      while (answered.get() < 20) {
        Thread.onSpinWait();
      }
      first.destroyForcibly().waitFor();
      writer.join();
    } finally {
      first.destroyForcibly();
    }
    Process second = start(port);
    try {
      assertThat(firstLine(second)).isEqualTo("directory ready");
      try (LDAPConnection admin = administrator(port)) {
        int kept = Integer.parseInt(admin.getEntry(STAFF).getAttributeValue("description"));
        assertThat(kept).isBetween(answered.get(), answered.get() + 1);
      }
      assertThat(folder.resolve("README.txt")).content().contains("ldap://127.0.0.1:" + port);
    } finally {
      second.getOutputStream().close();
      assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(second.exitValue()).isZero();
  }

  @Test
  void saysInOneSentenceWhyItDoesNotStart() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Process process = process("--directory", file.toString(), "--port", "0");
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(new String(process.getErrorStream().readAllBytes()))
        .isEqualTo(
            "The directory doesn't start: %s is no folder that can be written to\n".formatted(file))
        .hasLineCount(1);
  }

  private void write(int port, AtomicInteger answered) {
    try (LDAPConnection admin = administrator(port)) {
      for (int i = 0; i < 1_000_000; i++) {
        admin.modify(
            STAFF, new Modification(ModificationType.REPLACE, "description", Integer.toString(i)));
        answered.set(i);
      }
    } catch (Exception killed) {
      // The last one has no answer; it may be kept or not.
    }
  }

  private LDAPConnection administrator(int port) throws Exception {
    String password = DemoDirectory.passwordsIn(folder).orElseThrow().administrator();
    try {
      return new LDAPConnection("127.0.0.1", port, SampleDistrict.ADMINISTRATOR_DN, password);
    } catch (LDAPException e) {
      throw new IllegalStateException(e);
    }
  }

  private Process start(int port) throws Exception {
    return process(
        "--directory", folder.toString(), "--port", Integer.toString(port), "--exit-with-stdin");
  }

  private static Process process(String... arguments) throws Exception {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DemoDirectoryProcess.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  private static String firstLine(Process process) throws Exception {
    BufferedReader out = process.inputReader();
    return String.valueOf(out.readLine());
  }

  private static int freePort() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
