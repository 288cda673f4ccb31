package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.Authority;
import de.kreissiegel.ca.authority.AuthorityFiles;
import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityFiles.Standing;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.authority.Superior;
import de.kreissiegel.ca.authority.TakenOver;
import de.kreissiegel.ca.path.PathMaterial;
import de.kreissiegel.ca.path.UnreadableMaterial;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyAlgorithm;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes a foreign authority over: its key comes into the vault under a policy for lists and its
 * responder's certificates alone, and it gets a place in the hierarchy where it issues nothing.
 */
final class TakeOverAct {
  /** {@code ocsp-responder-NAME} is a profile's name, which has 40 characters at most. */
  private static final int LONGEST_NAME = 25;

  private final Room room;
  private final Place place;
  private final VaultAccess access;
  private final SecureRandom random;

  TakeOverAct(Room room, Place place, VaultAccess access, SecureRandom random) {
    this.room = room;
    this.place = place;
    this.access = access;
    this.random = random;
  }

  Path perform(ForeignAuthority foreign)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    AuthorityName name = foreign.name();
    if (name.value().length() > LONGEST_NAME) {
      throw new CeremonyFailed(room.words().say("fail.takeover.name", LONGEST_NAME));
    }
    Member member = member(foreign);
    Authority authority = placed(member);
    Bytes publicKey = Bytes.of(Papers.parse(authority.certificate()).getPublicKey().getEncoded());
    KeyAlgorithm kind =
        ForeignKey.kind(publicKey)
            .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.takeover.kind", name)));
    KeyPolicy policy = room.plan().policies().takenOver(authority, kind);
    room.enter(room.plan().threshold());
    try (OpenVault open = OpenVault.open(room, place, access)) {
      open.activate(Vault.CEREMONY_KEY);
      var made = new NewKeys(room, open);
      boolean whole = false;
      try {
        take(open, made, foreign, authority, publicKey, kind, policy);
        Path record = close(open, member, authority);
        whole = true;
        return record;
      } finally {
        if (!whole) {
          made.abandon();
        }
      }
    }
  }

  private Authority placed(Member member) throws CeremonyFailed {
    try {
      Authority authority = TrialHierarchy.with(place, member).get(member.name());
      if (!authority.notAfter().isAfter(room.minutes().now())) {
        throw new CeremonyFailed(
            room.words().say("fail.takeover.ended", room.words().day(authority.notAfter())));
      }
      return authority;
    } catch (IOException wrong) {
      throw new CeremonyFailed(
          room.words().say("fail.takeover.place", String.valueOf(wrong.getMessage())), wrong);
    }
  }

  private Member member(ForeignAuthority foreign) throws CeremonyFailed, IOException {
    AuthorityName name = foreign.name();
    if (AuthorityFiles.read(place.authorities()).find(name).isPresent()) {
      throw new CeremonyFailed(room.words().say("fail.takeover.there", name));
    }
    List<Bytes> own = certificates(foreign.certificate());
    X509Certificate certificate = Papers.parse(own.getFirst());
    boolean[] usage = certificate.getKeyUsage();
    if (usage != null && !usage[6]) {
      throw new CeremonyFailed(room.words().say("fail.takeover.usage", name));
    }
    List<Bytes> above = new ArrayList<>(own.subList(1, own.size()));
    if (foreign.chain().isPresent()) {
      above.addAll(certificates(foreign.chain().get()));
    }
    var superiors = new ArrayList<Superior>();
    for (Bytes one :
        above.stream().distinct().filter(one -> !one.equals(own.getFirst())).toList()) {
      superiors.add(
          new Superior(
              new AuthorityName(name + "-superior-" + (superiors.size() + 1)),
              one,
              Optional.empty()));
    }
    return new Member(
        name,
        new KeyId(name.value()),
        Optional.of(new KeyId("ocsp-" + name)),
        own.getFirst(),
        CrlSettings.USUAL,
        Standing.first(name, PolicySet.RFC5280),
        Map.of(),
        superiors,
        Optional.of(
            new TakenOver(room.minutes().now(), foreign.listPaths(), foreign.certificatePaths())));
  }

  private List<Bytes> certificates(Path file) throws CeremonyFailed, IOException {
    try {
      List<Bytes> read = PathMaterial.read(Files.readAllBytes(file)).certificates();
      if (!read.isEmpty()) {
        return read;
      }
    } catch (UnreadableMaterial unreadable) {
      // Said below.
    }
    throw new CeremonyFailed(room.words().say("fail.takeover.certificate", file));
  }

  private void take(
      OpenVault open,
      NewKeys made,
      ForeignAuthority foreign,
      Authority authority,
      Bytes publicKey,
      KeyAlgorithm kind,
      KeyPolicy policy)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    KeyId key = authority.key();
    room.step(
        "key",
        () -> {
          if (foreign.token().isPresent()) {
            adopt(open, key, publicKey, policy, foreign.token().get());
          } else {
            made.taken(key, kind, fromFile(open, foreign, key, publicKey, kind, policy));
          }
          return key;
        },
        key,
        kind.word(),
        Papers.parse(authority.certificate()).getSubjectX500Principal().getName(),
        Digest.grouped(Digest.sha256(authority.certificate().toArray())));
    String copies = room.ask("copies", room.words().say("ask.takeover.copies", key), false);
    room.minutes()
        .account(
            room.words().say("account.takeover.copies", key),
            copies,
            room.words().say("account.takeover.told"));
    KeyId responder = authority.ocspKey().orElseThrow();
    room.step(
        "responder",
        () ->
            made.make(
                responder, KeyAlgorithm.ECDSA_P256, KeyPolicy.ocspResponder(), OpenVault.SOFTWARE),
        responder);
  }

  private void adopt(OpenVault open, KeyId key, Bytes publicKey, KeyPolicy policy, String token)
      throws CeremonyAborted, VaultUnusable, IOException {
    char[] pin = open.pin(token);
    try {
      VaultKey taken = open.vault().adoptKey(key, publicKey, policy, token, pin);
      // Not among those that a broken-off ceremony destroys: it was there before.
      room.minutes().key(key.value(), "", "taken-over", taken.publicKey());
    } finally {
      Arrays.fill(pin, '\0');
    }
  }

  private Bytes fromFile(
      OpenVault open,
      ForeignAuthority foreign,
      KeyId key,
      Bytes publicKey,
      KeyAlgorithm kind,
      KeyPolicy policy)
      throws CeremonyAborted, CeremonyFailed, VaultUnusable, IOException {
    Path file =
        foreign
            .pkcs12()
            .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.takeover.nokey")));
    char[] password =
        room.ask("password", room.words().say("ask.takeover.password", file), true).toCharArray();
    byte[] secret = {};
    try {
      secret =
          ForeignKey.read(file, password, publicKey)
              .orElseThrow(() -> new CeremonyFailed(room.words().say("fail.takeover.other", file)));
      return open.vault().takeKey(key, kind, publicKey, secret, policy).publicKey();
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(secret, (byte) 0);
    }
  }

  private Path close(OpenVault open, Member member, Authority authority)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Certificates.note(room, member.name().value(), authority.certificate());
    return room.step(
        "close",
        () -> {
          Path record =
              new Archive(room, random)
                  .close(
                      open,
                      place.ceremonies(),
                      Map.of(member.name() + ".cer", authority.certificate().toArray()));
          TrialHierarchy.add(place.authorities(), member);
          return record;
        });
  }
}
