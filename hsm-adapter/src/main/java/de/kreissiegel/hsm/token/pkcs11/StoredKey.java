package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.token.TokenKey;
import java.util.List;

/** A key on the token, and the handle of its private part under the current login. */
final class StoredKey {
  private final TokenKey key;
  private final Recipe recipe;
  private final byte[] ckaId;
  private final boolean open;
  private volatile Handle handle = new Handle(-1, 0);

  /**
   * @param open whether it shows without a login: it has a public part
   */
  StoredKey(TokenKey key, Recipe recipe, byte[] ckaId, boolean open) {
    this.key = key;
    this.recipe = recipe;
    this.ckaId = ckaId.clone();
    this.open = open;
  }

  private record Handle(long epoch, long object) {}

  TokenKey key() {
    return key;
  }

  Recipe recipe() {
    return recipe;
  }

  boolean open() {
    return open;
  }

  /** All objects that carry the key's CKA_ID. */
  Template all() {
    return new Template().with(Ck.CKA_TOKEN, true).with(Ck.CKA_ID, ckaId);
  }

  /**
   * The private key's handle, looked up once a login.
   *
   * @throws CkFailure CKR_KEY_HANDLE_INVALID if it isn't there
   */
  long handle(Session session) throws CkFailure {
    Handle known = handle;
    if (known.epoch == session.epoch()) {
      return known.object;
    }
    List<Long> found = session.find(all().with(Ck.CKA_CLASS, Ck.CKO_PRIVATE_KEY));
    if (found.isEmpty()) {
      throw new CkFailure("C_FindObjects", CkFailure.KEY_HANDLE_INVALID);
    }
    handle = new Handle(session.epoch(), found.getFirst());
    return found.getFirst();
  }
}
