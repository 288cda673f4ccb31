package de.kreissiegel.hsm.token.pkcs11;

import de.kreissiegel.hsm.token.PublicKeys;
import de.kreissiegel.hsm.token.TokenKey;
import de.kreissiegel.hsm.token.TokenUnavailable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A look at a library and the token in one of its slots, for who wants to know how they are. */
public final class Survey {
  private final Pkcs11Module module;

  private Survey(Pkcs11Module module) {
    this.module = module;
  }

  /** Loads the library. */
  public static Survey of(Path library) throws LibraryUnusable {
    return new Survey(Pkcs11Module.at(library));
  }

  /** Who made the library, its name and version, and the version of its interface. */
  public String library() throws TokenUnavailable {
    return telling(module::description);
  }

  public List<SlotFacts> slots() throws TokenUnavailable {
    return telling(module::slots);
  }

  /** The token's mechanisms (CKM_…). */
  public List<Long> mechanisms(SlotFacts slot) throws TokenUnavailable {
    return telling(() -> module.mechanisms(slot.id()));
  }

  /** Begins to look at the token in a slot. */
  public Visit visit(SlotFacts slot) throws TokenUnavailable {
    return new Visit(telling(() -> module.open(slot.id(), false, 0)));
  }

  private interface Telling<T> {
    T get() throws CkFailure;
  }

  private static <T> T telling(Telling<T> telling) throws TokenUnavailable {
    try {
      return telling.get();
    } catch (CkFailure failure) {
      throw new TokenUnavailable(String.valueOf(failure.getMessage()), failure);
    }
  }

  /** A session with a token. Used by one thread. */
  public static final class Visit implements AutoCloseable {
    private final Session session;
    private final Map<String, StoredKey> usable = new HashMap<>();

    private Visit(Session session) {
      this.session = session;
    }

    /** Logs in; whoever closes the visit is logged out. */
    public PinVerdict login(char[] pin) throws TokenUnavailable {
      return telling(
          () -> {
            try {
              session.login(pin);
              return PinVerdict.RIGHT;
            } catch (CkFailure failure) {
              return failure.code() == CkFailure.USER_ALREADY_LOGGED_IN
                  ? PinVerdict.RIGHT
                  : PinVerdict.of(failure);
            }
          });
    }

    /** All asymmetric keys on the token that this session may see. */
    public List<KeyFacts> keys() throws TokenUnavailable {
      return telling(
          () -> {
            Map<String, Long> publics = objects(Ck.CKO_PUBLIC_KEY);
            Map<String, Long> privates = objects(Ck.CKO_PRIVATE_KEY);
            List<KeyFacts> found = new ArrayList<>();
            for (String id : publics.keySet()) {
              found.add(facts(id, publics.get(id), privates.get(id)));
            }
            for (String id : privates.keySet()) {
              if (!publics.containsKey(id)) {
                found.add(facts(id, null, privates.get(id)));
              }
            }
            return found;
          });
    }

    private Map<String, Long> objects(long type) throws CkFailure {
      Map<String, Long> found = new LinkedHashMap<>();
      Template keys = new Template().with(Ck.CKA_TOKEN, true).with(Ck.CKA_CLASS, type);
      for (long object : session.find(keys)) {
        String id = session.attribute(object, Ck.CKA_ID).map(HexFormat.of()::formatHex).orElse("");
        found.putIfAbsent(id.isEmpty() ? "object " + object : id, object);
      }
      return found;
    }

    private KeyFacts facts(String id, @Nullable Long publicKey, @Nullable Long privateKey)
        throws CkFailure {
      long shown = publicKey != null ? publicKey : privateKey != null ? privateKey : 0;
      Optional<StoredKey> stored = KeyScan.read(session, shown, publicKey == null);
      stored.ifPresent(key -> usable.put(id, key));
      String label =
          session
              .attribute(shown, Ck.CKA_LABEL)
              .map(octets -> new String(octets, StandardCharsets.UTF_8))
              .orElse("");
      if (privateKey == null) {
        return new KeyFacts(label, id, stored.map(StoredKey::key), true, false, false, true, false);
      }
      return new KeyFacts(
          label,
          id,
          stored.map(StoredKey::key),
          publicKey != null,
          true,
          session.flag(privateKey, Ck.CKA_EXTRACTABLE),
          session.flag(privateKey, Ck.CKA_SENSITIVE),
          session.flag(privateKey, Ck.CKA_SIGN) && session.flag(privateKey, Ck.CKA_DECRYPT));
    }

    /**
     * Lets a key compute, and checks the result with its public key.
     *
     * @param message what a signing key signs
     * @return whether it is right
     * @throws TokenUnavailable with a sentence, if the key doesn't compute
     */
    public boolean works(KeyFacts key, byte[] message) throws TokenUnavailable {
      StoredKey stored = usable.get(key.ckaId());
      if (stored == null) {
        throw new TokenUnavailable("the vault can't use this key");
      }
      TokenKey known = stored.key();
      if (!known.algorithm().signs()) {
        return decrypts(stored);
      }
      SignatureInProgress signature =
          new SignatureInProgress(
              stored.recipe(),
              octets ->
                  telling(
                      () ->
                          session.sign(
                              stored.recipe().operation(), stored.handle(session), octets)));
      signature.update(message, 0, message.length);
      return PublicKeys.verifies(
          known.algorithm(), known.publicKey(), message, signature.sign().toArray());
    }

    private boolean decrypts(StoredKey key) throws TokenUnavailable {
      RawRsa rsa =
          new RawRsa(
              number ->
                  telling(() -> session.decrypt(RawRsa.MECHANISM, key.handle(session), number)),
              key.key());
      byte[] probe = new byte[rsa.octets()];
      probe[probe.length - 1] = 2;
      return rsa.undoes(rsa.compute(probe), probe);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
