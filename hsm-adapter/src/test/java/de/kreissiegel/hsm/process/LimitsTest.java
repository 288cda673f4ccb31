package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.Needed;
import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.ContentSource;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.bouncycastle.asn1.ASN1Integer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer may take of connections and time; short here, so that nobody waits long. */
class LimitsTest {
  private static final Limits SHORT =
      new Limits(4, 3, Duration.ofMillis(1000), Duration.ofMillis(3000), Duration.ofMillis(1000));
  private static final KeyId KEY = new KeyId("people");

  @TempDir Path folder;
  private final EmptySigner signer = new EmptySigner();
  private Path socket;
  private SignerServer server;

  @BeforeEach
  void start() throws Exception {
    socket = folder.resolve("s");
    server =
        new SignerServer(
            List.of(
                new LocalEntrance(
                    SocketFile.listen(socket, false), PeerCheck.of(socket, Set.of()))),
            SHORT,
            signer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** How long until the signer closes it, in milliseconds. */
  private static long closes(RawPeer peer) throws Exception {
    long begin = System.nanoTime();
    assertThat(peer.hear()).isEqualTo("closed");
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  @Test
  void waitsForAGreetingForAShortTimeOnly() throws Exception {
    try (RawPeer silent = new RawPeer(socket)) {
      assertThat(closes(silent)).isBetween(500L, 20_000L);
    }
  }

  @Test
  void isNotHeldByAGreetingOctetByOctet() throws Exception {
    byte[] greeting = RawPeer.framed(RawPeer.greeting(RawPeer.VERSION));
    try (RawPeer slow = new RawPeer(socket)) {
      Assertions.assertThatThrownBy(
              () -> {
                for (byte octet : greeting) {
                  slow.send(new byte[] {octet});
                  TimeUnit.MILLISECONDS.sleep(400);
                }
              })
          .isInstanceOf(java.io.IOException.class);
    }
  }

  @Test
  void closesWhoIsSilentForLong() throws Exception {
    try (RawPeer idle = RawPeer.greeted(socket)) {
      assertThat(closes(idle)).isBetween(1500L, 30_000L);
    }
  }

  @Test
  void isNotHeldByAMessageOrAListThatComesSlowly() throws Exception {
    try (RawPeer slow = RawPeer.greeted(socket)) {
      slow.send(new byte[] {0, 0, 1});
      assertThat(closes(slow)).isLessThan(20_000);
    }
    try (RawPeer slow = RawPeer.greeted(socket)) {
      slow.send(RawPeer.signList(UUID.randomUUID(), KEY, 1_000_000, new byte[10]));
      assertThat(closes(slow)).isLessThan(20_000);
    }
    assertThat(signer.asked).hasValue(0);
  }

  @Test
  void closesTheOldestThatHasNotGreetedWhereThereIsNoRoom() throws Exception {
    List<RawPeer> all = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        all.add(new RawPeer(socket));
      }
      all.add(RawPeer.greeted(socket));
      all.add(RawPeer.greeted(socket));
      all.add(RawPeer.greeted(socket));
      // Now three have greeted: that is as many as one user may have.
      try (RawPeer more = new RawPeer(socket)) {
        assertThat(more.ask(RawPeer.greeting(RawPeer.VERSION))).isEqualTo("closed");
      }
      assertThat(all.getLast().ask(RawPeer.message(new ASN1Integer(1)))).startsWith("1 ");
    } finally {
      for (RawPeer one : all) {
        one.close();
      }
    }
  }

  @Test
  void passesAListThatNobodyHolds() throws Exception {
    byte[] octets = new byte[3_000_000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = (byte) (i % 3);
    }
    try (RemoteSigner remote = new RemoteSigner(socket, Duration.ofSeconds(30))) {
      var request = new ListRequest(UUID.randomUUID(), KEY, content(octets, octets.length));
      assertThat(remote.signList(request).journalIndex()).isEqualTo(3_000_000);
      // One that is shorter than it says is signed by nobody, and the next is.
      Assertions.assertThatThrownBy(
              () ->
                  remote.signList(
                      new ListRequest(UUID.randomUUID(), KEY, content(octets, octets.length + 1))))
          .isInstanceOf(SigningUnavailable.class)
          .hasMessageContaining("less than it said");
      assertThat(signer.asked).hasValue(1);
      assertThat(remote.signList(request).journalIndex()).isEqualTo(3_000_000);
    }
  }

  private static ContentSource content(byte[] octets, long length) {
    return new ContentSource() {
      @Override
      public long length() {
        return length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(octets);
      }
    };
  }

  @Test
  void saysThatItOffersNoHealth() {
    try (RemoteSigner remote = new RemoteSigner(socket, Duration.ofSeconds(30))) {
      Assertions.assertThatThrownBy(remote::health)
          .isInstanceOfSatisfying(
              SigningUnavailable.class, no -> assertThat(no.isAnswered()).isTrue())
          .hasMessageContaining("not-offered");
    }
  }

  @Test
  void takesNoQuestionLongerThanItsLimit() {
    try (RemoteSigner remote = new RemoteSigner(socket, Duration.ofSeconds(30))) {
      Assertions.assertThatThrownBy(
              () ->
                  remote.sign(
                      new SignRequest(
                          UUID.randomUUID(),
                          KEY,
                          SignedStructure.CERTIFICATE,
                          Bytes.of(new byte[300_000]))))
          .isInstanceOf(SigningUnavailable.class);
    }
    assertThat(signer.asked).hasValue(0);
  }

  /** The kernel's word (SO_PEERCRED), not the file's mode: the socket is open to all here. */
  @Test
  void refusesAnotherUser() throws Exception {
    Needed.require(
        "root".equals(System.getProperty("user.name")) && Files.exists(Path.of("/usr/bin/setpriv")),
        "another user can't be had here: that needs root and setpriv");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path probe = folder.resolve("Probe.java");
    Files.writeString(
        probe,
        """
        import java.net.UnixDomainSocketAddress;
        import java.nio.ByteBuffer;
        import java.nio.channels.SocketChannel;
        import java.nio.file.Path;

        class Probe {
          public static void main(String[] words) throws Exception {
            try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(Path.of(words[0])))) {
              byte[] greeting = {0, 0, 0, 8, 48, 6, 2, 1, 0, 2, 1, 3};
              int said;
              try {
                channel.write(ByteBuffer.wrap(greeting));
                said = channel.read(ByteBuffer.allocate(100));
              } catch (java.io.IOException closed) {
                said = -1;
              }
              System.out.println(said < 0 ? "closed" : "served");
            }
          }
        }
        """);
    Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(probed(List.of(), probe)).isEqualTo("served");
    assertThat(
            probed(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"), probe))
        .isEqualTo("closed");
  }

  private String probed(List<String> as, Path probe) throws Exception {
    List<String> command = new ArrayList<>(as);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(probe.toString(), socket.toString()));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return said;
  }
}
