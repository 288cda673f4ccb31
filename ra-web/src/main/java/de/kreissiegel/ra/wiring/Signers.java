package de.kreissiegel.ra.wiring;

import de.kreissiegel.hsm.client.RemoteSigner;
import de.kreissiegel.hsm.client.SignerAddress;
import de.kreissiegel.hsm.client.SignerGroup;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.VaultDoor;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way to the vault, or to the vaults, as configured. */
final class Signers {
  private Signers() {}

  /**
   * @throws IllegalArgumentException if it is configured neither or both ways
   * @throws IOException if the files for TLS can't be used
   */
  static VaultDoor of(Installation.Signer settings, Clock clock) throws IOException {
    Map<String, URI> members = settings.members() == null ? Map.of() : settings.members();
    if ((settings.socket() == null) == members.isEmpty()) {
      throw new IllegalArgumentException(
          "kreissiegel.signer needs either 'socket' or 'members', and not both");
    }
    if (settings.socket() != null) {
      return new RemoteSigner(settings.socket(), settings.timeout());
    }
    List<NamedSigner> group = new ArrayList<>();
    for (Map.Entry<String, URI> member : members.entrySet()) {
      group.add(
          new NamedSigner(
              member.getKey(),
              new RemoteSigner(
                  SignerAddress.of(member.getValue(), files(settings), clock),
                  settings.timeout())));
    }
    return new SignerGroup(group, clock);
  }

  private static Optional<SignerAddress.TlsFiles> files(Installation.Signer settings) {
    return Optional.ofNullable(settings.tls())
        .map(
            tls ->
                new SignerAddress.TlsFiles(tls.keystore(), tls.passwordFile(), tls.fingerprints()));
  }
}
