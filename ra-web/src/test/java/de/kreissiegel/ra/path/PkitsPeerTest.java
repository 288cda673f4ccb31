package de.kreissiegel.ra.path;

import static org.assertj.core.api.Assertions.assertThat;

import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathValidation;
import de.kreissiegel.ca.path.PathVerdict;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.ra.peer.AgainstPeer;
import de.kreissiegel.ra.peer.Peer;
import de.kreissiegel.ra.peer.PeerSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * NIST's suite, whole, under {@code rfc5280}. Each question comes with the whole corpus, so that
 * the path has to be found, too.
 */
@AgainstPeer(Peer.PKITS)
class PkitsPeerTest {
  /** How many tests each section has, in the suite's own document. */
  private static final Map<String, Integer> TESTS =
      Map.ofEntries(
          Map.entry("4.1", 6),
          Map.entry("4.2", 8),
          Map.entry("4.3", 11),
          Map.entry("4.4", 21),
          Map.entry("4.5", 8),
          Map.entry("4.6", 17),
          Map.entry("4.7", 5),
          Map.entry("4.8", 20),
          Map.entry("4.9", 8),
          Map.entry("4.10", 14),
          Map.entry("4.11", 11),
          Map.entry("4.12", 10),
          Map.entry("4.13", 38),
          Map.entry("4.14", 35),
          Map.entry("4.15", 10),
          Map.entry("4.16", 2));

  /** When all of its certificates and CRLs are valid that are meant to be. */
  private static final Instant TIME = Instant.parse("2012-06-01T00:00:00Z");

  @Test
  void everyTestComesOutAsTheSuiteSays(PeerSession pkits) throws Exception {
    List<Bytes> certificates = files(pkits.executable().resolve("certs"));
    List<Bytes> lists = files(pkits.executable().resolve("crls"));
    Bytes anchor = file(pkits.executable(), "TrustAnchorRootCertificate");
    for (PkitsCase one : PkitsCase.all()) {
      PathVerdict verdict =
          PathValidation.verify(
              new PathQuestion(
                  List.of(anchor),
                  file(pkits.executable(), one.certificate() + "EE"),
                  certificates,
                  lists,
                  TIME,
                  one.options()));
      pkits.sees(
          one.number() + " " + one.certificate(),
          () -> assertThat(outcome(verdict, one)).as("%s", verdict).isEqualTo(one.outcome()));
    }
  }

  @Test
  void noTestIsMissing(PeerSession pkits) throws Exception {
    Map<String, Set<String>> tests =
        PkitsCase.all().stream()
            .collect(
                Collectors.groupingBy(
                    PkitsCase::section,
                    TreeMap::new,
                    Collectors.mapping(PkitsCase::test, Collectors.toSet())));
    pkits.sees(
        "all tests of all sections",
        () ->
            assertThat(tests)
                .allSatisfy(
                    (section, there) ->
                        assertThat(there)
                            .as(section)
                            .isEqualTo(
                                Stream.iterate(1, number -> number + 1)
                                    .limit(TESTS.get(section))
                                    .map(number -> section + "." + number)
                                    .collect(Collectors.toSet())))
                .containsOnlyKeys(TESTS.keySet()));
    try (Stream<Path> corpus = Files.list(pkits.executable().resolve("certs"))) {
      Set<String> holders =
          corpus
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith("EE.crt"))
              .map(name -> name.substring(0, name.length() - "EE.crt".length()))
              .collect(Collectors.toSet());
      Set<String> asked =
          PkitsCase.all().stream().map(PkitsCase::certificate).collect(Collectors.toSet());
      pkits.sees("each holder asked about", () -> assertThat(asked).isEqualTo(holders));
    }
  }

  private static String outcome(PathVerdict verdict, PkitsCase one) {
    return switch (verdict) {
      case PathVerdict.Invalid bad -> bad.fault().id();
      case PathVerdict.Valid _ when one.outcome().equals("valid") -> "valid";
      case PathVerdict.Valid good ->
          good.policies().isEmpty()
              ? "valid none"
              : good.policies().stream()
                  .map(PkitsCase::shortened)
                  .collect(Collectors.joining(" ", "valid ", ""));
    };
  }

  private static List<Bytes> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> sorted = files.sorted().toList();
      var read = new java.util.ArrayList<Bytes>();
      for (Path file : sorted) {
        read.add(Bytes.of(Files.readAllBytes(file)));
      }
      return read;
    }
  }

  private static Bytes file(Path corpus, String name) throws IOException {
    return Bytes.of(Files.readAllBytes(corpus.resolve("certs").resolve(name + ".crt")));
  }
}
