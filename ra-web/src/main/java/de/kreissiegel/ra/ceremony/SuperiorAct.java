package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.ceremony.SuperiorChain;
import de.kreissiegel.ca.ceremony.SuperiorRequest;
import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.LocalDate;
import java.util.Map;

/** A certificate from an external superior: the request out, the chain in, both on record. */
final class SuperiorAct {
  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  SuperiorAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  Path request(String name, KeyId key, String commonName, LocalDate deadline)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Words words = room.words();
    SuperiorState state = SuperiorState.at(place.superiors().resolve(name));
    if (state.exists() && state.read().open()) {
      throw new CeremonyFailed(words.say("fail.superior.open", name, state.folder()));
    }
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      open.unlock(key);
      Bytes request =
          room.step(
              "sign",
              () ->
                  SuperiorRequest.make(open.vault(), key, room.organization(), commonName, random),
              key,
              commonName);
      String to = room.ask("handed", words.say("ask.handed"), false);
      Bytes digest = Digest.sha256(request.toArray());
      room.minutes()
          .account(
              words.say("account.request", Digest.grouped(digest)),
              words.say("account.handed", to, deadline),
              to);
      room.minutes().key(key.value(), "", "used", open.key(key).publicKey());
      room.minutes()
          .certificates
          .add(new CeremonyRecord.Certificate("request", name, commonName, "", digest));
      return room.step(
          "close",
          () -> {
            byte[] pem = Pem.certificationRequest(request).getBytes(StandardCharsets.US_ASCII);
            Path record =
                new Archive(room, random)
                    .close(open, place.ceremonies(), Map.of(name + ".csr", pem));
            Place.folder(state.folder());
            Place.write(state.folder().resolve(name + ".csr"), pem);
            state.write(
                new SuperiorState.Request(
                    "requested", key, commonName, digest, room.minutes().now(), deadline, to));
            return record;
          });
    }
  }

  Path install(String name, Path chainFile)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Words words = room.words();
    SuperiorState state = SuperiorState.at(place.superiors().resolve(name));
    if (!state.exists() || !state.read().open()) {
      throw new CeremonyFailed(words.say("fail.superior.state", name));
    }
    SuperiorState.Request request = state.read();
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      SuperiorChain chain = verified(chainFile, request, open);
      X509Certificate anchor = chain.certificates().getLast();
      open.activate(Vault.CEREMONY_KEY);
      var pem = new StringBuilder();
      for (X509Certificate certificate : chain.certificates()) {
        pem.append(Pem.certificate(encoded(certificate)));
      }
      byte[] octets = pem.toString().getBytes(StandardCharsets.US_ASCII);
      room.step(
          "install",
          () -> chain,
          request.commonName(),
          anchor.getSubjectX500Principal().getName(),
          Digest.grouped(Digest.sha256(encoded(anchor).toArray())));
      for (X509Certificate certificate : chain.certificates()) {
        Certificates.note(room, name, encoded(certificate));
      }
      Bytes own = encoded(chain.certificates().getFirst());
      room.minutes()
          .account(
              words.say("account.certificate", Digest.grouped(Digest.sha256(own.toArray()))),
              words.say("account.received"),
              request.handedTo());
      return room.step(
          "close",
          () -> {
            Path record =
                new Archive(room, random)
                    .close(open, place.ceremonies(), Map.of(name + "-chain.pem", octets));
            Place.write(state.folder().resolve("chain.pem"), octets);
            Place.write(state.folder().resolve(name + ".cer"), own.toArray());
            state.write(request.installed());
            return record;
          });
    }
  }

  private SuperiorChain verified(Path file, SuperiorState.Request request, OpenVault open)
      throws CeremonyFailed, IOException {
    try {
      return SuperiorChain.verify(
          Files.readAllBytes(file),
          open.key(request.key()).publicKey(),
          AuthorityNames.encoded(room.organization(), request.commonName()),
          room.minutes().now());
    } catch (SuperiorChain.Refused refused) {
      throw new CeremonyFailed(
          room.words().say("fail.superior.chain", String.valueOf(refused.getMessage())), refused);
    }
  }

  private static Bytes encoded(X509Certificate certificate) throws IOException {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IOException(impossible);
    }
  }
}
