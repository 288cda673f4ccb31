package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.path.IssuerPath;
import de.kreissiegel.ca.path.PathCertificate;
import de.kreissiegel.ca.path.PathOptions;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathValidation;
import de.kreissiegel.ca.path.PathVerdict;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * What is wrong with a chain to an anchor that isn't ours (RFC 5280 §6). How it stands today, the
 * calendar says: a superior's end must not keep an authority from telling of what it revoked.
 */
final class ExternalChain {
  private ExternalChain() {}

  static Optional<String> fault(Member member, PolicySet set) {
    List<Bytes> above = member.superiors().stream().map(Superior::certificate).toList();
    try {
      return fault(member.certificate(), above, set)
          .map(
              sentence ->
                  sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence)
          .map(sentence -> "the chain of %s to its anchor: %s".formatted(member.name(), sentence));
    } catch (IllegalArgumentException unreadable) {
      return Optional.of("a superior's file holds no certificate");
    }
  }

  private static Optional<String> fault(Bytes own, List<Bytes> above, PolicySet set) {
    List<Bytes> whole = Stream.concat(Stream.of(own), above.stream()).toList();
    List<Certificate> read =
        whole.stream().map(one -> Certificate.getInstance(one.toArray())).toList();
    Certificate anchor = read.getLast();
    if (!anchor.getSubject().equals(anchor.getIssuer())) {
      return Optional.of(
          "the last superior, %s, is no anchor: others have issued it"
              .formatted(anchor.getSubject()));
    }
    Optional<String> outlived = set.isBsi() ? outlived(read) : Optional.empty();
    if (outlived.isPresent()) {
      return outlived;
    }
    Instant shared =
        read.stream()
            .map(one -> one.getStartDate().getDate().toInstant())
            .max(Instant::compareTo)
            .orElseThrow();
    PathVerdict verdict =
        PathValidation.verify(
            new PathQuestion(
                List.of(whole.getLast()),
                own,
                above,
                List.of(),
                shared,
                PathOptions.under(PolicySet.RFC5280)));
    return switch (verdict) {
      case PathVerdict.Invalid invalid -> Optional.of(invalid.fault().english());
      case PathVerdict.Valid valid when !encoded(valid).equals(whole) ->
          Optional.of("its superiors are not in order: the issuer comes first, the anchor last");
      case PathVerdict.Valid valid -> IssuerPath.fault(valid);
    };
  }

  private static Optional<String> outlived(List<Certificate> path) {
    for (int i = 0; i + 1 < path.size(); i++) {
      if (path.get(i).getEndDate().getDate().after(path.get(i + 1).getEndDate().getDate())) {
        return Optional.of(
            "%s outlives its issuer's certificate (TR-03116-4 §6.1.2)"
                .formatted(path.get(i).getSubject()));
      }
    }
    return Optional.empty();
  }

  private static List<Bytes> encoded(PathVerdict.Valid valid) {
    return valid.path().stream().map(PathCertificate::encoded).toList();
  }
}
