package de.kreissiegel.hsm.token.pkcs11;

import java.util.Optional;

/** Makes a pair and looks at what came of it: a key that could leave is not kept. */
final class KeyMaking {
  private KeyMaking() {}

  static Optional<StoredKey> make(Session session, KeyLabel label, Recipe recipe) throws CkFailure {
    long[] made =
        session.generate(
            recipe.generation(),
            KeyTemplates.publicKey(label, recipe),
            KeyTemplates.privateKey(label, recipe));
    boolean kept = false;
    try {
      if (session.flag(made[1], Ck.CKA_EXTRACTABLE) || !session.flag(made[1], Ck.CKA_SENSITIVE)) {
        throw new CkFailure("C_GenerateKeyPair (the key could leave)", CkFailure.GENERAL_ERROR);
      }
      Optional<StoredKey> key = KeyScan.read(session, made[0], false);
      kept = key.isPresent();
      if (!kept) {
        throw new CkFailure("C_GenerateKeyPair (no public key)", CkFailure.GENERAL_ERROR);
      }
      return key;
    } finally {
      if (!kept) {
        session.destroy(made[1]);
        session.destroy(made[0]);
      }
    }
  }
}
