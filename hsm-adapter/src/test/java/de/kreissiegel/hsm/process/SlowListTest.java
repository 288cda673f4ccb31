package de.kreissiegel.hsm.process;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.signing.ContentSource;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.Structures;
import de.kreissiegel.hsm.signing.TestVault;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.vault.Vault;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A list that is never said whole; what a message may take of time is short here. */
class SlowListTest {
  private static final Limits SHORT =
      new Limits(4, 3, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(1));

  @TempDir Path folder;

  @Test
  void doesNotKeepOthersFromHavingTheirListsSigned() throws Exception {
    Path socket = folder.resolve("s");
    var entrance =
        new LocalEntrance(SocketFile.listen(socket, false), PeerCheck.of(socket, Set.of()));
    try (Vault vault = TestVault.copy(folder.resolve("vault"));
        SignerServer server = new SignerServer(List.of(entrance), SHORT, vault)) {
      server.start();
      try (RemoteSigner honest = new RemoteSigner(socket, Duration.ofSeconds(60));
          RawPeer slow = RawPeer.greeted(socket)) {
        VaultKey key = TestVault.key(honest, TestVault.PEOPLE_KEY);
        Instant now = Instant.now();
        byte[] list =
            Structures.list(TestVault.ISSUER, key, now, now.plus(Duration.ofDays(7))).toArray();
        byte[] beginning = Arrays.copyOf(list, 50);
        slow.send(RawPeer.signList(UUID.randomUUID(), key.id(), list.length, beginning));

        var request = new ListRequest(UUID.randomUUID(), key.id(), content(list));
        Signed signed = honest.signList(request);

        assertThat(PublicKeys.verifies(key.publicKey(), list, signed.signature().toArray()))
            .isTrue();
        assertThat(honest.signList(request)).isEqualTo(signed);
      }
    }
  }

  private static ContentSource content(byte[] octets) {
    return new ContentSource() {
      @Override
      public long length() {
        return octets.length;
      }

      @Override
      public InputStream open() {
        return new ByteArrayInputStream(octets);
      }
    };
  }
}
