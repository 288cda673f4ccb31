package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What lists a key may sign beside full ones of all its certificates, and what may stand in them.
 *
 * @param address where the list of what has no partition is; partitions and deltas have theirs from
 *     it, {@link ListAddress}
 * @param partitions how many there may be, 0 for none; the highest number that there ever was
 * @param deltas which deltas (RFC 5280 §5.2.4)
 * @param expired whether certificates that have expired may stay (expiredCertsOnCRL)
 * @param invalidity whether entries may say since when a key is not to be trusted
 */
public record ListForms(
    Optional<String> address, int partitions, Deltas deltas, boolean expired, boolean invalidity) {
  /** Full lists with serial numbers, dates and reasons. */
  public static final ListForms PLAIN =
      new ListForms(Optional.empty(), 0, Deltas.NONE, false, false);

  private static final int MOST_PARTITIONS = 256;

  public ListForms {
    if (partitions < 0 || partitions > MOST_PARTITIONS) {
      throw new IllegalArgumentException("0 to " + MOST_PARTITIONS + " partitions");
    }
    if (address.isEmpty() && (partitions > 0 || deltas != Deltas.NONE)) {
      throw new IllegalArgumentException("partitions and deltas need the list's address");
    }
    // What isn't an address of that form has no partitions' addresses.
    address.ifPresent(one -> ListAddress.ofPartition(one, 1));
  }

  /** Which deltas a key signs. */
  public enum Deltas {
    /** None. */
    NONE("none"),
    /** Those whose base is a full list that this vault signed itself. */
    KNOWN_BASE("known-base"),
    /** Also others, where two vaults sign the lists of one authority. */
    ANY_BASE("any-base");

    private final String word;

    Deltas(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    static Deltas ofWord(String word) {
      for (Deltas one : values()) {
        if (one.word.equals(word)) {
          return one;
        }
      }
      throw new IllegalArgumentException(word);
    }
  }

  /** Whether a list may carry this issuingDistributionPoint, DER. */
  boolean allowsPlace(Bytes distributionPoint) {
    return partition(distributionPoint).isPresent();
  }

  /** Whether a list of that place may name this freshestCRL, DER. */
  boolean allowsFreshest(Optional<Bytes> distributionPoint, Bytes freshest) {
    Optional<String> at =
        distributionPoint.isEmpty() ? address : distributionPoint.flatMap(this::partition);
    return deltas != Deltas.NONE
        && at.map(ListAddress::ofDelta)
            .map(delta -> FixedExtensions.distributionPoints(List.of(delta)))
            .filter(freshest::equals)
            .isPresent();
  }

  /** The address that it names, if it is one of this key's. */
  private Optional<String> partition(Bytes distributionPoint) {
    if (partitions == 0) {
      return Optional.empty();
    }
    String whole = address.orElseThrow();
    for (int i = 0; i <= partitions; i++) {
      String one = i == 0 ? whole : ListAddress.ofPartition(whole, i);
      if (FixedExtensions.issuingDistributionPoint(one).equals(distributionPoint)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
