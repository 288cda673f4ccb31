package de.kreissiegel.hsm.token;

import de.kreissiegel.hsm.signing.KeyAlgorithm;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.bouncycastle.crypto.CryptoServicesRegistrar;

/** Which provider was chosen for which algorithm. */
final class ProviderTable {
  private static final System.Logger LOG = System.getLogger(ProviderTable.class.getName());

  private final Map<KeyAlgorithm, Candidate> chosen = new EnumMap<>(KeyAlgorithm.class);

  private ProviderTable() {}

  /**
   * Tests the candidates of each algorithm in their order and takes the first that is sound. Bouncy
   * Castle is the judge, and taken where nobody else is left.
   */
  static ProviderTable choose(Function<KeyAlgorithm, List<Candidate>> candidates) {
    ProviderTable table = new ProviderTable();
    SelfTest test = new SelfTest(CryptoServicesRegistrar.getSecureRandom());
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      table.chosen.put(algorithm, first(algorithm, candidates.apply(algorithm), test));
    }
    return table;
  }

  private static Candidate first(KeyAlgorithm algorithm, List<Candidate> here, SelfTest test) {
    for (Candidate candidate : here) {
      if (candidate.provider().equals(SignatureProviders.bouncyCastle())) {
        return candidate;
      }
      Optional<String> complaint = test.complaint(algorithm, candidate.provider());
      if (complaint.isEmpty()) {
        return candidate;
      }
      LOG.log(
          System.Logger.Level.WARNING,
          "The provider {0} fails its test of {1} and is not used for it: {2}",
          candidate.provider().getName(),
          algorithm.word(),
          complaint.get());
    }
    throw new IllegalStateException("no provider for " + algorithm.word());
  }

  Candidate of(KeyAlgorithm algorithm) {
    return Objects.requireNonNull(chosen.get(algorithm), algorithm.word());
  }

  List<ProviderReport> report() {
    return chosen.entrySet().stream()
        .map(
            entry ->
                new ProviderReport(
                    entry.getKey(),
                    entry.getValue().provider().getName(),
                    entry.getValue().provider().getVersionStr(),
                    entry.getValue().why()))
        .toList();
  }
}
