package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.token.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads which keys of ours lie on a token. Without a login most tokens show public keys only. */
final class KeyScan {
  private KeyScan() {}

  static Map<KeyId, StoredKey> scan(Session session) throws CkFailure {
    Map<KeyId, StoredKey> found = new HashMap<>();
    // Public keys first: they tell all. A private key without one counts if it tells enough.
    for (long type : List.of(Ck.CKO_PUBLIC_KEY, Ck.CKO_PRIVATE_KEY)) {
      Template keys = new Template().with(Ck.CKA_TOKEN, true).with(Ck.CKA_CLASS, type);
      for (long object : session.find(keys)) {
        read(session, object, type == Ck.CKO_PRIVATE_KEY)
            .ifPresent(key -> found.putIfAbsent(key.key().id(), key));
      }
    }
    return found;
  }

  static Optional<StoredKey> read(Session session, long object, boolean secret) throws CkFailure {
    Optional<KeyLabel> label =
        session
            .attribute(object, Ck.CKA_LABEL)
            .flatMap(text -> KeyLabel.parse(new String(text, StandardCharsets.UTF_8)));
    Optional<byte[]> ckaId = session.attribute(object, Ck.CKA_ID);
    if (label.isEmpty() || ckaId.isEmpty()) {
      return Optional.empty();
    }
    boolean decrypts =
        secret
            ? !session.flag(object, Ck.CKA_SIGN)
            : !session.flag(object, Ck.CKA_VERIFY) && session.flag(object, Ck.CKA_ENCRYPT);
    return PublicKeyReader.read(session, object, decrypts)
        .flatMap(
            found -> {
              var algorithm = label.get().algorithm().orElse(found.algorithm());
              return algorithm.family() != found.algorithm().family()
                  ? Optional.empty()
                  : Recipe.of(algorithm)
                      .map(
                          recipe ->
                              new StoredKey(
                                  new TokenKey(
                                      label.get().id(),
                                      algorithm,
                                      found.publicKey(),
                                      label.get().own()),
                                  recipe,
                                  ckaId.get(),
                                  !secret));
            });
  }
}
