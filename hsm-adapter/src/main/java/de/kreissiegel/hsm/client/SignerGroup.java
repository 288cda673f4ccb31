package de.kreissiegel.hsm.client;

import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.JournalRecord;
import de.kreissiegel.hsm.signing.KeyId;
import de.kreissiegel.hsm.signing.ListRequest;
import de.kreissiegel.hsm.signing.NamedSigner;
import de.kreissiegel.hsm.signing.ReleaseRequest;
import de.kreissiegel.hsm.signing.Released;
import de.kreissiegel.hsm.signing.SignRequest;
import de.kreissiegel.hsm.signing.Signed;
import de.kreissiegel.hsm.signing.SignedCheckpoint;
import de.kreissiegel.hsm.signing.SignedStructure;
import de.kreissiegel.hsm.signing.SigningRefused;
import de.kreissiegel.hsm.signing.SigningRefused.Reason;
import de.kreissiegel.hsm.signing.SigningUnavailable;
import de.kreissiegel.hsm.signing.VaultDoor;
import de.kreissiegel.hsm.signing.VaultHealth;
import de.kreissiegel.hsm.signing.VaultKey;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Several signers that hold the same keys and serve one authority, each with a journal of its own.
 * Who has least to do is asked, who doesn't answer is left alone for a while.
 *
 * <p>A certificate is asked for at one member only, unless the question surely never reached it:
 * the member may have signed, and another one would sign a second time under the same id. The
 * caller hears {@link SigningUnavailable} then, and reads all journals before it asks again. What
 * does no harm twice (answers of OCSP, lists, heads, releases) goes to the next member at once.
 */
public final class SignerGroup implements VaultDoor, AutoCloseable {
  private final List<GroupMember> members;
  private final StandingRequests standing;
  private final AtomicInteger turn = new AtomicInteger();
  private final Map<KeyId, Bytes> publicKeys = new ConcurrentHashMap<>();

  /**
   * Nothing is asked yet; any of them may be out.
   *
   * @param members in the order of preference where all are idle; closed with the group
   * @throws IllegalArgumentException if there is none, or two of one name
   */
  public SignerGroup(List<NamedSigner> members, Clock clock) {
    long names = members.stream().map(NamedSigner::name).distinct().count();
    if (members.isEmpty() || names < members.size()) {
      throw new IllegalArgumentException("signers need names of their own");
    }
    this.members = members.stream().map(member -> new GroupMember(member, clock)).toList();
    this.standing = new StandingRequests(clock);
  }

  @Override
  public List<NamedSigner> members() {
    return members.stream().map(GroupMember::named).toList();
  }

  /** The keys of all who are well; one that any of them can use is active. */
  @Override
  public List<VaultKey> keys() throws SigningUnavailable {
    Map<KeyId, VaultKey> all = new LinkedHashMap<>();
    for (GroupMember member : wellOnes()) {
      for (VaultKey key : member.ask(signer -> signer.keys())) {
        if (holds(member, key.id(), key.publicKey())) {
          all.merge(
              key.id(), key, (one, other) -> one.state() == VaultKey.State.ACTIVE ? one : other);
        }
      }
    }
    return List.copyOf(all.values());
  }

  @Override
  public Signed sign(SignRequest request) throws SigningUnavailable, SigningRefused {
    if (request.structure() != SignedStructure.CERTIFICATE) {
      return inTurn(candidates(request.key()), signer -> signer.sign(request));
    }
    Optional<GroupMember> bound = standing.of(request.id());
    List<GroupMember> candidates =
        bound.isPresent() ? List.of(bound.get()) : candidates(request.key());
    return once(request, candidates);
  }

  /** Goes on to the next only where nothing can have been signed. */
  private Signed once(SignRequest request, List<GroupMember> candidates)
      throws SigningUnavailable, SigningRefused {
    Failures failures = new Failures();
    for (GroupMember member : candidates) {
      try {
        Signed signed = member.ask(signer -> signer.sign(request));
        standing.settle(request.id());
        return signed;
      } catch (SigningUnavailable unavailable) {
        if (!unavailable.isNeverAsked()) {
          if (!unavailable.isAnswered()) {
            standing.stand(request.id(), member);
          }
          throw unavailable;
        }
        failures.add(unavailable);
      } catch (SigningRefused refused) {
        failures.add(refused);
      }
    }
    throw failures.last();
  }

  @Override
  public Signed signList(ListRequest request) throws SigningUnavailable, SigningRefused {
    return inTurn(candidates(request.key()), signer -> signer.signList(request));
  }

  @Override
  public Released release(ReleaseRequest request) throws SigningUnavailable, SigningRefused {
    return inTurn(
        candidates(request.key()),
        signer -> {
          if (signer instanceof VaultDoor door) {
            return door.release(request);
          }
          throw new SigningRefused(Reason.UNKNOWN_KEY, "not-offered: it releases nothing");
        });
  }

  private static <T> T inTurn(
      List<GroupMember> candidates, GroupMember.Asking<T, SigningRefused> asking)
      throws SigningUnavailable, SigningRefused {
    Failures failures = new Failures();
    for (GroupMember member : candidates) {
      try {
        return member.ask(asking);
      } catch (SigningUnavailable unavailable) {
        failures.add(unavailable);
      } catch (SigningRefused refused) {
        failures.add(refused);
      }
    }
    throw failures.last();
  }

  /** What kept us from an answer so far. */
  private static final class Failures {
    private Optional<SigningRefused> refused = Optional.empty();
    private SigningUnavailable unavailable =
        SigningUnavailable.neverAsked(
            "no signer holds that key", new IOException("no signer of the group"));

    /** One who may have been asked outweighs those who surely weren't. */
    void add(SigningUnavailable failure) {
      if (unavailable.isNeverAsked()) {
        unavailable = failure;
      }
    }

    /** That a member lacks the key, or has it locked, says nothing of the others. */
    void add(SigningRefused failure) throws SigningRefused {
      if (failure.reason() != Reason.LOCKED_KEY && failure.reason() != Reason.UNKNOWN_KEY) {
        throw failure;
      }
      refused = Optional.of(failure);
    }

    SigningUnavailable last() throws SigningRefused {
      if (refused.isPresent()) {
        throw refused.get();
      }
      return unavailable;
    }
  }

  /** Who is well and holds that key, whoever has least to do first. */
  private List<GroupMember> candidates(KeyId key) throws SigningUnavailable {
    List<GroupMember> well = wellOnes();
    int first = Math.floorMod(turn.getAndIncrement(), well.size());
    List<GroupMember> candidates = new ArrayList<>();
    for (int i = 0; i < well.size(); i++) {
      GroupMember member = well.get((first + i) % well.size());
      Optional<Bytes> publicKey = member.publicKey(key);
      // One that was never heard of the key may have got it meanwhile: it will say so itself.
      if (publicKey.isEmpty() || holds(member, key, publicKey.get())) {
        candidates.add(member);
      }
    }
    candidates.sort(Comparator.comparingInt(GroupMember::running));
    return candidates;
  }

  /**
   * Whether it holds the key that the group knows under that name, and not another of that name.
   */
  private boolean holds(GroupMember member, KeyId key, Bytes publicKey) {
    Bytes known =
        publicKeys.compute(
            key,
            (_, before) -> {
              List<Bytes> told =
                  members.stream().flatMap(other -> other.publicKey(key).stream()).toList();
              // The first that was seen counts, until nobody has it any more.
              return before != null && told.contains(before)
                  ? before
                  : told.stream().findFirst().orElse(publicKey);
            });
    return known.equals(publicKey);
  }

  private List<GroupMember> wellOnes() throws SigningUnavailable {
    for (boolean anyway : new boolean[] {false, true}) {
      List<GroupMember> well = members.stream().filter(member -> member.well(anyway)).toList();
      if (!well.isEmpty()) {
        return well;
      }
    }
    String sentences =
        members.stream().map(GroupMember::sentence).collect(Collectors.joining("; "));
    throw SigningUnavailable.neverAsked(
        "no signer is well: " + sentences, new IOException("no signer of the group"));
  }

  /**
   * Each member has a journal of its own.
   *
   * @throws IllegalStateException always: ask one of {@link #members()}
   */
  @Override
  public List<JournalRecord> journal(long fromIndex, int atMost) {
    throw new IllegalStateException("a group has no journal of its own; ask its members");
  }

  /**
   * Each member has checkpoints of its own.
   *
   * @throws IllegalStateException always: ask one of {@link #members()}
   */
  @Override
  public SignedCheckpoint checkpoint() {
    throw new IllegalStateException("a group has no journal of its own; ask its members");
  }

  /** All members' together: good if all are. */
  @Override
  public VaultHealth health() throws SigningUnavailable {
    GroupHealth all = new GroupHealth();
    for (GroupMember member : members) {
      all.add(member.named());
    }
    return all.told();
  }

  /** Closes the members that can be closed. */
  @Override
  public void close() {
    for (GroupMember member : members) {
      if (member.signer() instanceof RemoteSigner remote) {
        remote.close();
      }
    }
  }
}
