package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityCatalog;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.ceremony.AuthorityNames;
import de.kreissiegel.ca.ceremony.SuperiorChain;
import de.kreissiegel.ca.ceremony.SuperiorRequest;
import de.kreissiegel.hsm.ceremony.CeremonyRecord;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.ceremony.AnchorChoice.Anchor;
import de.kreissiegel.ra.encoding.Pem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

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

  /** For the next generation of an authority that the plan has under an external superior. */
  Path request(AuthorityName line, Optional<KeyAlgorithm> algorithm, LocalDate deadline)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    ExternalGeneration next =
        ExternalGeneration.next(room, place, line, algorithm)
            .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.superior.plan", line)));
    return request(
        next.name().value(),
        next.generation().key(),
        next.generation().commonName(),
        deadline,
        Optional.of(next));
  }

  /** For a key that is there already, and stays outside of the hierarchy. */
  Path request(String name, KeyId key, String commonName, LocalDate deadline)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    return request(name, key, commonName, deadline, Optional.empty());
  }

  private Path request(
      String name,
      KeyId key,
      String commonName,
      LocalDate deadline,
      Optional<ExternalGeneration> next)
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
      var made = new NewKeys(room, open);
      boolean whole = false;
      try {
        if (next.isPresent()) {
          new SuperiorLineAct(room, place, open, next.get()).makeKeys(made);
        }
        Path record = request(open, state, name, key, commonName, deadline);
        whole = true;
        return record;
      } finally {
        if (!whole) {
          made.abandon();
        }
      }
    }
  }

  private Path request(
      OpenVault open,
      SuperiorState state,
      String name,
      KeyId key,
      String commonName,
      LocalDate deadline)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Words words = room.words();
    open.unlock(key);
    Bytes request =
        room.step(
            "sign",
            () -> SuperiorRequest.make(open.vault(), key, room.organization(), commonName, random),
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
              new Archive(room, random).close(open, place.ceremonies(), Map.of(name + ".csr", pem));
          Place.folder(state.folder());
          Place.write(state.folder().resolve(name + ".csr"), pem);
          state.write(
              new SuperiorState.Request(
                  "requested", key, commonName, digest, room.minutes().now(), deadline, to));
          return record;
        });
  }

  /**
   * Takes the chain; where it is for an authority of the plan, that issues from then on.
   *
   * @param from when it begins to issue; none: at once
   */
  Path install(AuthorityName name, Path chainFile, Optional<Instant> from)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Words words = room.words();
    SuperiorState state = SuperiorState.at(place.superiors().resolve(name.value()));
    if (!state.exists() || !state.read().open()) {
      throw new CeremonyFailed(words.say("fail.superior.state", name));
    }
    SuperiorState.Request request = state.read();
    Optional<ExternalGeneration> next = ExternalGeneration.called(room, place, name);
    Instant begins = from.orElse(room.minutes().now());
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      SuperiorChain chain = verified(chainFile, request, open);
      X509Certificate anchor = chain.certificates().getLast();
      Optional<SuperiorLineAct> line = next.map(one -> new SuperiorLineAct(room, place, open, one));
      Optional<AuthorityCatalog> planned = Optional.empty();
      if (line.isPresent()) {
        planned = Optional.of(line.get().planned(chain, begins));
      }
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
        Certificates.note(room, name.value(), encoded(certificate));
      }
      if (line.isPresent() && planned.isPresent()) {
        line.get().changePolicies(planned.get(), begins);
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
                    .close(
                        open,
                        place.ceremonies(),
                        Map.of(
                            name + "-chain.pem",
                            octets,
                            "fingerprint.pdf",
                            Certificates.sheet(room, new Anchor(encoded(anchor), true))));
            Place.write(state.folder().resolve("chain.pem"), octets);
            Place.write(state.folder().resolve(name + ".cer"), own.toArray());
            if (line.isPresent()) {
              line.get().enter(chain, begins);
            }
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

  static Bytes encoded(X509Certificate certificate) throws IOException {
    try {
      return Bytes.of(certificate.getEncoded());
    } catch (CertificateEncodingException impossible) {
      throw new IOException(impossible);
    }
  }
}
