package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.authority.CrlSettings;
import de.kreissiegel.ca.ceremony.RolloverCeremony;
import de.kreissiegel.hsm.ceremony.ActivationSecret;
import de.kreissiegel.hsm.policy.KeyPolicy;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.vault.Vault;
import de.kreissiegel.hsm.vault.VaultUnusable;
import de.kreissiegel.ra.ceremony.AnchorChoice.Anchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A root's next key, on the software token or an HSM of its own, with shares of its own and the
 * link certificates. Broken off it leaves no key, no HSM in the vault, the HSM's PINs and the old
 * key's policy as they were.
 */
final class RootRollOver {
  private final Room room;
  private final Place place;
  private final RollOverSteps steps;
  private final OpenVault open;
  private final NextGeneration next;
  private final TokenPlan tokens;
  private final KeyId key;

  /**
   * In a vault whose ceremony key is active.
   *
   * @param tokens the HSM of the new key, or none
   */
  RootRollOver(Room room, Place place, RollOverSteps steps, TokenPlan tokens) {
    this.room = room;
    this.place = place;
    this.steps = steps;
    this.open = steps.open();
    this.next = steps.next();
    this.tokens = tokens;
    this.key = next.rootPlan().ownRoot().key();
  }

  Path perform()
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    requireNoLess();
    Path workshop = place.workshop().root();
    Place.clear(workshop);
    Place.folder(workshop);
    try (var secret = ActivationSecret.random(steps.random());
        var pins = new TokenPins(room, tokens);
        var undo = new Undo(room)) {
      pins.ask();
      pins.replace(Map.of(key, secret));
      make(secret, undo);
      new HandOut(room, place.workshop(), steps.random()).perform(open.id(), Map.of(key, secret));
      Path record =
          certify(
              undo,
              () -> {
                undo.keep();
                pins.keep();
              });
      keepShares();
      return record;
    } finally {
      Place.clear(workshop);
    }
  }

  /** The vault itself says where the old key lives; there it must be, too. */
  private void requireNoLess() throws CeremonyFailed, IOException {
    KeyId old = open.key(next.oldKey()).id();
    String there = open.vault().tokenOf(old);
    if (tokens.tokens().isEmpty() && !there.equals(OpenVault.SOFTWARE)) {
      throw new CeremonyFailed(room.words().say("fail.rollover.token", old, there));
    }
  }

  private void make(ActivationSecret secret, Undo undo)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Optional<TokenPlan.Token> token = tokens.tokens().stream().findFirst();
    room.step(
        "keys",
        () -> {
          char[] passphrase = secret.passphrase();
          try {
            if (token.isPresent()) {
              addToken(token.get(), passphrase, undo);
            }
            return make(token, passphrase, secret, undo);
          } finally {
            Arrays.fill(passphrase, '\0');
          }
        },
        key,
        next.algorithm().word(),
        token.map(one -> room.words().say("make.token", one.name())).orElse(""));
  }

  private void addToken(TokenPlan.Token token, char[] pin, Undo undo)
      throws VaultUnusable, IOException {
    open.vault().addToken(token.hsm(), pin);
    undo.add("token.left", token.name(), () -> open.vault().removeToken(token.name()));
  }

  private Bytes make(
      Optional<TokenPlan.Token> token, char[] passphrase, ActivationSecret secret, Undo undo)
      throws VaultUnusable, IOException {
    Vault vault = open.vault();
    KeyPolicy linking = room.plan().policies().linkingRoot(next.number(), next.limit());
    var made = new NewKeys(room, open);
    undo.add("rollover.left", key, made::abandon);
    Bytes publicKey =
        (token.isPresent()
                ? vault.makeKey(key, next.algorithm(), linking, token.get().name(), passphrase)
                : vault.makeKey(key, next.algorithm(), linking, Optional.of(passphrase)))
            .publicKey();
    made.note(key, next.algorithm(), publicKey);
    // An HSM destroys nothing while it is locked.
    undo.add("rollover.left", key, () -> unlock(secret));
    return publicKey;
  }

  private void unlock(ActivationSecret secret) throws VaultUnusable, IOException {
    char[] passphrase = secret.passphrase();
    try {
      open.vault().activate(key, passphrase);
    } finally {
      Arrays.fill(passphrase, '\0');
    }
  }

  private Path certify(Undo undo, Runnable whole)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    RolloverCeremony.RootGeneration signed =
        room.step(
            "links",
            () -> links(undo),
            Papers.parse(next.old().certificate()).getSubjectX500Principal().getName(),
            next.number());
    AuthorityName name = next.rootPlan().ownRoot().name();
    String forward = name + "-by-" + next.old().name();
    String backward = next.old().name() + "-by-" + name;
    Certificates.note(room, name.value(), signed.certificate());
    Certificates.note(room, forward, signed.newWithOld());
    Certificates.note(room, backward, signed.oldWithNew());
    Certificates.noteCrl(room, name.value(), signed.crl());
    steps.retireOld(undo);
    var member =
        new Member(
            name,
            key,
            Optional.empty(),
            signed.certificate(),
            CrlSettings.USUAL,
            next.standing(),
            Map.of(forward, signed.newWithOld(), backward, signed.oldWithNew()));
    Map<String, byte[]> papers = new HashMap<>();
    papers.put(name + ".cer", signed.certificate().toArray());
    papers.put(forward + ".cer", signed.newWithOld().toArray());
    papers.put(backward + ".cer", signed.oldWithNew().toArray());
    papers.put(name + ".crl", signed.crl().toArray());
    papers.put(
        "fingerprint.pdf", Certificates.sheet(room, new Anchor(signed.certificate(), false)));
    return steps.close(member, Map.of(name, signed.crl()), papers, whole);
  }

  /** Both keys may sign under the root's own name for this one step. */
  private RolloverCeremony.RootGeneration links(Undo undo)
      throws CeremonyAborted,
          CeremonyFailed,
          IOException,
          VaultUnusable,
          SigningUnavailable,
          SigningRefused {
    Vault vault = open.vault();
    var policies = room.plan().policies();
    Instant oldEnd = next.old().notAfter();
    int before = next.number() - 1;
    steps.change(next.oldKey(), policies.linkingRoot(before, oldEnd), undo);
    try {
      return steps.withKey(
          next.oldKey(), () -> steps.ceremony().root(next.old(), next.number(), next.latestEnd()));
    } finally {
      vault.lock(key);
      vault.changePolicy(key, policies.root(next.number(), next.limit()));
      vault.changePolicy(next.oldKey(), policies.root(before, oldEnd));
    }
  }

  /** Shares as files exist in rehearsals only; they lie where those of the other keys do. */
  private void keepShares() throws IOException {
    Path made = place.workshop().shares();
    if (Files.isDirectory(made)) {
      Place.folder(place.shares());
      try (var files = Files.newDirectoryStream(made)) {
        for (Path file : files) {
          Place.move(file, place.shares().resolve(String.valueOf(file.getFileName())));
        }
      }
    }
  }
}
