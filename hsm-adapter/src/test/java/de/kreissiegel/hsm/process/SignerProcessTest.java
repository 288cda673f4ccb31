package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.journal.JournalVerifier;
import de.kreissiegel.hsm.journal.Witness;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.wire.Answer;
import de.kreissiegel.hsm.wire.Link;
import java.net.SocketException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerProcessTest {
  @TempDir Path temporary;
  private Path vault;
  private Path socket;
  private Bytes journalKey;

  @BeforeEach
  void make() throws Exception {
    vault = temporary.resolve("vault");
    socket = temporary.resolve("run/signer.sock");
    try (Vault made = TestVault.copy(vault)) {
      journalKey = made.journalPublicKey();
    }
  }

  @Test
  void keepsEveryReleasedSignatureWhenItIsKilledUnderLoad() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    Map<SignRequest, Signed> released = new ConcurrentHashMap<>();
    for (int round = 0; round < 3; round++) {
      SignerChild child = SignerChild.start(vault, socket);
      try (RemoteSigner signer = new RemoteSigner(socket, Duration.ofSeconds(20))) {
        loadUntilKilled(child, signer, released, released.size() + 1 + random.nextInt(60));
      } finally {
        child.kill();
      }
    }
    List<Witness> witnesses = new ArrayList<>();
    released.values().forEach(s -> witnesses.add(new Witness(s.journalIndex(), s.entryHash())));
    try (Vault again = TestVault.open(vault)) {
      for (Map.Entry<SignRequest, Signed> one : released.entrySet()) {
        assertThat(again.sign(one.getKey())).as("seed " + seed).isEqualTo(one.getValue());
      }
    }
    assertThat(JournalVerifier.verify(vault.resolve("journal"), journalKey, witnesses).findings())
        .as("seed " + seed)
        .isEmpty();
  }

  private static void loadUntilKilled(
      SignerChild child, RemoteSigner signer, Map<SignRequest, Signed> released, int killAfter)
      throws Exception {
    VaultKey audit = TestVault.key(signer, TestVault.AUDIT_KEY);
    AtomicInteger sequence = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      while (true) {
                        SignRequest request =
                            Structures.request(
                                audit,
                                SignedStructure.AUDIT_HEAD,
                                Structures.auditHead(sequence.incrementAndGet(), Instant.now()));
                        released.put(request, signer.sign(request));
                        if (released.size() >= killAfter) {
                          child.kill();
                        }
                      }
                    } catch (SigningUnavailable killed) {
                      // as meant
                    } catch (Exception unexpected) {
                      throw new AssertionError(unexpected);
                    }
                  }));
    }
    for (Thread thread : threads) {
      assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
    }
    assertThat(released).hasSizeGreaterThanOrEqualTo(killAfter);
  }

  @Test
  void answersBadMessagesWithAFaultAndServesTheOthers() throws Exception {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (SignerChild child = SignerChild.start(vault, socket);
        RemoteSigner signer = new RemoteSigner(socket, Duration.ofSeconds(20))) {
      assertThat(faultFor("GET / HTTP/1.1\r\n\r\n".getBytes())).isTrue();
      assertThat(faultFor(framed(Bytes.fromHex("3003020101").toArray()))).isTrue();
      assertThat(faultFor(framed(Bytes.fromHex("3006020100020109").toArray()))).isTrue();
      assertThat(faultFor(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array())).isTrue();
      assertThat(faultFor(ByteBuffer.allocate(4).putInt(-1).array())).isTrue();
      for (int i = 0; i < 200; i++) {
        byte[] noise = new byte[1 + random.nextInt(200)];
        random.nextBytes(noise);
        assertThat(faultFor(framed(noise))).as("seed " + seed).isTrue();
      }
      assertThat(signer.keys()).hasSize(6);
      assertThat(child.process().isAlive()).isTrue();
      assertThat(child.errors()).doesNotContain("at de.kreissiegel");
    }
  }

  private boolean faultFor(byte[] octets) throws Exception {
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      channel.write(ByteBuffer.wrap(octets));
      Link link = Link.ofClient(channel);
      return link.receiveAnswer() instanceof Answer.Fault fault
          && !fault.message().contains("Exception")
          && !link.awaitMessage();
    } catch (SocketException reset) {
      // Closed while octets of ours were unread: as good as a fault.
      return true;
    }
  }

  private static byte[] framed(byte[] message) {
    return ByteBuffer.allocate(4 + message.length).putInt(message.length).put(message).array();
  }

  @Test
  void stopsWhenItsParentIsGoneAndLeavesNoSocket() throws Exception {
    SignerChild child = SignerChild.start(vault, socket, "--exit-with-stdin");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
        .isEqualTo("rw-------");
    child.process().getOutputStream().close();
    assertThat(child.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.process().exitValue()).isZero();
    assertThat(socket).doesNotExist();
    assertThat(child.errors() + child.process().inputReader().lines().toList())
        .doesNotContain(TestVault.PASSPHRASE);
  }

  @Test
  void takesTheSocketOfAKilledSignerButNotOfALivingOne() throws Exception {
    SignerChild first = SignerChild.start(vault, socket);
    assertThatThrownBy(() -> SignerChild.start(vault, socket)).hasMessageContaining("is in use.");
    Path other = temporary.resolve("other");
    TestVault.copy(other).close();
    assertThatThrownBy(() -> SignerChild.start(other, socket))
        .hasMessageContaining("another signer answers");
    first.kill();
    assertThat(socket).exists();
    SignerChild.start(vault, socket).close();
    assertThat(socket).doesNotExist();
  }

  @Test
  void saysInOneSentenceWhyItDoesNotStart() throws Exception {
    assertThatThrownBy(() -> SignerChild.start(temporary.resolve("none"), socket))
        .hasMessageMatching("(?s)null The signer can't start: there is no whole vault in .*\\.\\R");
    assertThatThrownBy(() -> SignerChild.start(vault, socket, "--nonsense"))
        .hasMessageContaining("unknown option --nonsense");
  }
}
