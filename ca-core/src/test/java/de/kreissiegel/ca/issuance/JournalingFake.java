package de.kreissiegel.ca.issuance;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.Happening;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * A vault in memory that keeps the contract: it journals before it answers, signs an id only once,
 * and fails at the places that a test names.
 */
public final class JournalingFake implements Signer {
  /** Where it fails. */
  public enum Fault {
    NONE,
    /** It isn't running. */
    DOWN,
    /** It signs and journals, but the answer is lost. */
    REPLY_LOST,
    /** It says no. */
    POLICY
  }

  private final Clock clock;
  private final Map<KeyId, KeyPair> pairs = new HashMap<>();
  private final List<JournalRecord> journal = new ArrayList<>();
  private Predicate<SignRequest> failing = _ -> false;
  private Fault fault = Fault.NONE;
  private long takenIn;

  public JournalingFake(Clock clock) {
    this.clock = clock;
  }

  public synchronized Bytes make(String name) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      pairs.put(new KeyId(name), generator.generateKeyPair());
      return Bytes.of(pairs.get(new KeyId(name)).getPublic().getEncoded());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Another vault with the same keys and a journal of its own. */
  public synchronized JournalingFake twin() {
    var twin = new JournalingFake(clock);
    twin.pairs.putAll(pairs);
    return twin;
  }

  /** Fails at certificates from now on. */
  public synchronized void fail(Fault how) {
    fault = how;
    failing = request -> request.structure() == SignedStructure.CERTIFICATE;
  }

  /** How many certificates it has signed for this id. */
  public synchronized long signed(UUID id) {
    return journal.stream().filter(entry -> entry.requestId().equals(id)).count();
  }

  public synchronized List<JournalRecord> whole() {
    return List.copyOf(journal);
  }

  /** Takes the last entry away, as somebody would who has the disk. */
  public synchronized void cutTail() {
    journal.removeLast();
  }

  /** Drops what the entries keep, as an ordered erasure does. */
  public synchronized void erase() {
    journal.replaceAll(
        entry ->
            new JournalRecord(
                entry.index(),
                entry.time(),
                entry.happening(),
                entry.requestId(),
                entry.key(),
                entry.structure(),
                Optional.empty(),
                entry.signature(),
                entry.rule(),
                entry.entryHash()));
  }

  /** Up to which entry the authority said that it has read; 0 if it didn't. */
  public synchronized long takenIn() {
    return takenIn;
  }

  @Override
  public synchronized void takenIn(long nextIndex, Bytes lastHash) throws SigningUnavailable {
    refuseIfDown();
    if (!journal.get((int) nextIndex - 1).entryHash().equals(lastHash)) {
      throw SigningUnavailable.answered("another entry");
    }
    takenIn = nextIndex;
  }

  @Override
  public synchronized List<VaultKey> keys() throws SigningUnavailable {
    refuseIfDown();
    return pairs.entrySet().stream().map(e -> key(e.getKey(), e.getValue())).toList();
  }

  private static VaultKey key(KeyId id, KeyPair pair) {
    try {
      return new VaultKey(
          id,
          Bytes.of(pair.getPublic().getEncoded()),
          Bytes.of(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256).getEncoded()),
          EnumSet.allOf(SignedStructure.class),
          VaultKey.State.ACTIVE);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public synchronized Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    refuseIfDown();
    boolean fails = failing.test(request);
    if (fails && fault == Fault.POLICY) {
      write(Happening.REFUSED, request, Bytes.of(new byte[0]), "POLICY rule test");
      throw new SigningRefused(SigningRefused.Reason.POLICY, "rule test");
    }
    JournalRecord entry = entryFor(request);
    if (fails && fault == Fault.REPLY_LOST) {
      throw new SigningUnavailable("the answer was lost");
    }
    return new Signed(entry.signature(), entry.index(), entry.entryHash());
  }

  private JournalRecord entryFor(SignRequest request) throws SigningRefused {
    for (JournalRecord entry : journal) {
      if (entry.happening() == Happening.SIGNED && entry.requestId().equals(request.id())) {
        if (entry.toBeSigned().equals(Optional.of(request.toBeSigned()))) {
          return entry;
        }
        throw new SigningRefused(SigningRefused.Reason.ID_REUSED, "signed before, other octets");
      }
    }
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pairs.get(request.key()).getPrivate());
      signature.update(request.toBeSigned().toArray());
      return write(Happening.SIGNED, request, Bytes.of(signature.sign()), "");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private JournalRecord write(Happening happening, SignRequest request, Bytes value, String rule) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      if (!journal.isEmpty()) {
        hash.update(journal.getLast().entryHash().toArray());
      }
      hash.update(value.toArray());
      var entry =
          new JournalRecord(
              journal.size(),
              clock.instant(),
              happening,
              request.id(),
              request.key(),
              request.structure(),
              Optional.of(request.toBeSigned())
                  .filter(_ -> happening == Happening.SIGNED && request.structure().keptWhole()),
              value,
              rule,
              Bytes.of(hash.digest()));
      journal.add(entry);
      return entry;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public synchronized List<JournalRecord> journal(long fromIndex, int atMost)
      throws SigningUnavailable {
    refuseIfDown();
    return journal.stream().skip(fromIndex).limit(atMost).toList();
  }

  private void refuseIfDown() throws SigningUnavailable {
    if (fault == Fault.DOWN) {
      throw SigningUnavailable.neverAsked("not running", new IOException("refused"));
    }
  }
}
