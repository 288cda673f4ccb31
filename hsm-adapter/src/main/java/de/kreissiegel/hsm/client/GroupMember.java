package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.Signer;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** One signer of a group: is it well, which keys does it hold, how much has it to do? */
final class GroupMember {
  private static final System.Logger LOG = System.getLogger(GroupMember.class.getName());

  /** How long one that failed is left alone. */
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** How old what we know of its keys may be. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  private final NamedSigner named;
  private final Clock clock;
  private final AtomicInteger running = new AtomicInteger();
  private final ReentrantLock looking = new ReentrantLock();
  private volatile Look last = new Look(false, Instant.MIN, Map.of(), "not asked yet");

  /**
   * What was seen of it.
   *
   * @param until from when on it is to be looked at again
   */
  private record Look(boolean well, Instant until, Map<KeyId, VaultKey> keys, String sentence) {}

  GroupMember(NamedSigner named, Clock clock) {
    this.named = named;
    this.clock = clock;
  }

  NamedSigner named() {
    return named;
  }

  Signer signer() {
    return named.signer();
  }

  int running() {
    return running.get();
  }

  /** A question to it. */
  interface Asking<T, E extends Exception> {
    T ask(Signer signer) throws SigningUnavailable, E;
  }

  <T, E extends Exception> T ask(Asking<T, E> asking) throws SigningUnavailable, E {
    running.incrementAndGet();
    try {
      return asking.ask(named.signer());
    } catch (SigningUnavailable unavailable) {
      failed(unavailable);
      throw unavailable;
    } finally {
      running.decrementAndGet();
    }
  }

  private void failed(SigningUnavailable unavailable) {
    Look seen = last;
    String sentence = String.valueOf(unavailable.getMessage());
    if (seen.well()) {
      LOG.log(System.Logger.Level.WARNING, "The signer {0} is out: {1}", named.name(), sentence);
    }
    last = new Look(false, clock.instant().plus(PAUSE), seen.keys(), sentence);
  }

  /**
   * Whether it is well, as far as is known; looks if that is long ago.
   *
   * @param anyway looks also where it is to be left alone for now
   */
  boolean well(boolean anyway) {
    Look seen = last;
    boolean due = clock.instant().isAfter(seen.until());
    if (!due && (seen.well() || !anyway)) {
      return seen.well();
    }
    // One caller looks, the others go on with what is known; at first they have to wait.
    if (seen.keys().isEmpty() || anyway) {
      looking.lock();
    } else if (!looking.tryLock()) {
      return seen.well();
    }
    try {
      return last == seen ? look() : last.well();
    } finally {
      looking.unlock();
    }
  }

  private boolean look() {
    Look before = last;
    try {
      Map<KeyId, VaultKey> keys =
          named.signer().keys().stream().collect(Collectors.toMap(VaultKey::id, key -> key));
      Optional<String> trouble = trouble();
      if (trouble.isPresent()) {
        last = new Look(false, clock.instant().plus(PAUSE), keys, trouble.get());
      } else {
        last = new Look(true, clock.instant().plus(FRESH), keys, "");
      }
    } catch (SigningUnavailable unavailable) {
      String sentence = String.valueOf(unavailable.getMessage());
      last = new Look(false, clock.instant().plus(PAUSE), before.keys(), sentence);
    }
    if (last.well() != before.well()) {
      LOG.log(
          System.Logger.Level.INFO,
          "The signer {0} {1}",
          named.name(),
          last.well() ? "is well." : "is out: " + last.sentence());
    }
    return last.well();
  }

  private Optional<String> trouble() throws SigningUnavailable {
    if (!(named.signer() instanceof VaultDoor door)) {
      return Optional.empty();
    }
    try {
      return door.health().good()
          ? Optional.empty()
          : Optional.of("it says itself that something of it doesn't work");
    } catch (SigningUnavailable unavailable) {
      if (unavailable.isAnswered()) {
        return Optional.empty(); // it tells nothing of its health, but it signs
      }
      throw unavailable;
    }
  }

  /** What it last told of its keys. */
  List<VaultKey> keys() {
    return List.copyOf(last.keys().values());
  }

  /** Its public key of that name. */
  Optional<Bytes> publicKey(KeyId key) {
    return Optional.ofNullable(last.keys().get(key)).map(VaultKey::publicKey);
  }

  /** Why it is out, for a person. */
  String sentence() {
    return "%s: %s".formatted(named.name(), last.sentence());
  }
}
