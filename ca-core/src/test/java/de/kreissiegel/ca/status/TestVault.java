package de.kreissiegel.ca.status;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Signs for tests with keys in memory, has no policy and no journal, and can be switched off. */
public final class TestVault implements Signer {
  private final Map<KeyId, KeyPair> pairs = new ConcurrentHashMap<>();
  final AtomicInteger signatures = new AtomicInteger();
  volatile boolean down;

  /** Signs and keeps it, but the answer is lost. */
  volatile boolean replyLost;

  volatile boolean refusing;
  private final Map<UUID, Signed> journal = new ConcurrentHashMap<>();
  private final Map<UUID, Bytes> journalled = new ConcurrentHashMap<>();

  KeyPair make(String name, String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      KeyPair pair = generator.generateKeyPair();
      pairs.put(new KeyId(name), pair);
      return pair;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    refuseWhenDown();
    return pairs.entrySet().stream().map(e -> key(e.getKey(), e.getValue())).toList();
  }

  private static VaultKey key(KeyId id, KeyPair pair) {
    ASN1ObjectIdentifier algorithm =
        isP384(pair)
            ? X9ObjectIdentifiers.ecdsa_with_SHA384
            : X9ObjectIdentifiers.ecdsa_with_SHA256;
    return new VaultKey(
        id,
        Bytes.of(pair.getPublic().getEncoded()),
        Bytes.of(Der.of(new AlgorithmIdentifier(algorithm))),
        EnumSet.allOf(SignedStructure.class),
        VaultKey.State.ACTIVE);
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    refuseWhenDown();
    if (refusing) {
      throw new SigningRefused(SigningRefused.Reason.POLICY, "crl-number: for a test");
    }
    boolean list = request.structure() == SignedStructure.CERTIFICATE_LIST;
    if (list && journal.containsKey(request.id())) {
      if (!request.toBeSigned().equals(journalled.get(request.id()))) {
        throw new SigningRefused(SigningRefused.Reason.ID_REUSED, "signed before, other octets");
      }
      return journal.get(request.id());
    }
    Signed signed = signed(request);
    if (list) {
      journalled.put(request.id(), request.toBeSigned());
      journal.put(request.id(), signed);
    }
    if (replyLost) {
      throw new SigningUnavailable("the answer was lost");
    }
    return signed;
  }

  private Signed signed(SignRequest request) {
    try {
      KeyPair pair = pairs.get(request.key());
      Signature signature =
          Signature.getInstance(isP384(pair) ? "SHA384withECDSA" : "SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(request.toBeSigned().toArray());
      return new Signed(
          Bytes.of(signature.sign()), signatures.getAndIncrement(), Bytes.of(new byte[32]));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) {
    return List.of();
  }

  private void refuseWhenDown() throws SigningUnavailable {
    if (down) {
      throw new SigningUnavailable("switched off");
    }
  }

  private static boolean isP384(KeyPair pair) {
    return pair.getPublic().getEncoded().length > 100;
  }
}
