package de.kreissiegel.hsm.doctor;

import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import de.kreissiegel.hsm.token.pkcs11.KeyFacts;
import de.kreissiegel.hsm.token.pkcs11.Survey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The keys on a token, and whether they compute. */
final class KeyPart {
  private final SecureRandom randomness;
  private final Notes notes;

  KeyPart(SecureRandom randomness, Notes notes) {
    this.randomness = randomness;
    this.notes = notes;
  }

  List<TokenKey> examine(Survey.Visit visit, boolean inside) throws TokenUnavailable {
    List<TokenKey> usable = new ArrayList<>();
    Set<String> labels = new HashSet<>();
    for (KeyFacts key : visit.keys()) {
      if (!key.label().isEmpty() && !labels.add(key.label())) {
        notes.error(
            "two keys are labelled " + key.label() + "; the vault would use one of them at random",
            "give one of them another label (pkcs11-tool --set-label), or destroy it");
      }
      if (look(key, inside)) {
        key.known().ifPresent(usable::add);
        if (inside) {
          trial(visit, key);
        }
      }
    }
    if (usable.isEmpty()) {
      notes.fact("no key that the vault can use");
    }
    return usable;
  }

  /** Returns whether it is worth a trial. */
  private boolean look(KeyFacts key, boolean inside) {
    String name = name(key);
    if (key.known().isEmpty()) {
      notes.warning(
          "the vault can't use " + name,
          "if it should, label it with the key's name (lower-case letters, digits, hyphens), give"
              + " it a CKA_ID and a public key object, and use a curve or length that the vault"
              + " knows");
      return false;
    }
    notes.fact(
        "%s: %s%s"
            .formatted(
                name,
                key.known().get().algorithm().word(),
                key.known().get().ownPassphrase() ? ", activated by hand" : ""));
    if (!key.hasPublic()) {
      notes.warning(
          name + " has no public key object; the vault sees it only after the PIN was given",
          "write the public key beside it, with the same label and CKA_ID"
              + " (pkcs11-tool --write-object FILE --type pubkey)");
    }
    if (inside && !key.hasPrivate()) {
      notes.error(
          name + " has no private key",
          "restore it with the vendor's tool, or remove its public key");
      return false;
    }
    if (key.hasPrivate()) {
      secrecy(key, name);
    }
    return true;
  }

  private void secrecy(KeyFacts key, String name) {
    if (key.extractable() || !key.sensitive()) {
      notes.error(
          name
              + (key.extractable() ? " is extractable" : " is shown in the clear")
              + ": whoever has the PIN can copy it",
          "make a new key in a ceremony and retire this one; set CKA_EXTRACTABLE to false where the"
              + " HSM allows it");
    }
    if (key.doesBoth()) {
      notes.warning(
          name + " may both sign and decrypt",
          "make keys through the vault, which gives each one use only");
    }
  }

  /** Its text is no DER, so that no signature over it can stand for a certificate. */
  private void trial(Survey.Visit visit, KeyFacts key) {
    byte[] nonce = new byte[16];
    randomness.nextBytes(nonce);
    byte[] message =
        ("kreissiegel signer doctor, test vector " + HexFormat.of().formatHex(nonce))
            .getBytes(StandardCharsets.UTF_8);
    try {
      if (visit.works(key, message)) {
        notes.fact(name(key) + " computes, and its public key agrees");
      } else {
        notes.error(
            name(key) + " doesn't fit its public key",
            "somebody changed one of them: compare the public key with its certificate, and restore"
                + " the right one");
      }
    } catch (TokenUnavailable failed) {
      notes.error(
          name(key) + " doesn't compute: " + failed.getMessage(),
          "see whether the token offers the mechanism, and what the key may do (pkcs11-tool -O)");
    }
  }

  private static String name(KeyFacts key) {
    return "the key " + (key.label().isEmpty() ? "with the id " + key.ckaId() : key.label());
  }
}
