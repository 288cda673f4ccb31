package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.jspecify.annotations.Nullable;

/** From members to lines: chains by name and key identifier, generations in order. */
final class LineBuilder {
  private final Map<Member, Section> members;
  private final List<ConfigurationFault> faults;
  private final Map<Member, Certificate> parsed = new LinkedHashMap<>();

  LineBuilder(Map<Member, Section> members, List<ConfigurationFault> faults) {
    this.members = members;
    this.faults = faults;
  }

  /** The lines; of no use where faults were added. */
  List<AuthorityLine> lines() throws IOException {
    members.forEach((member, entry) -> parse(member, entry).ifPresent(c -> parsed.put(member, c)));
    if (!faults.isEmpty()) {
      return List.of();
    }
    checkKeys();
    Map<AuthorityName, List<Member>> grouped = new LinkedHashMap<>();
    for (Member member : members.keySet()) {
      grouped.computeIfAbsent(member.standing().line(), _ -> new ArrayList<>()).add(member);
    }
    List<AuthorityLine> lines = new ArrayList<>();
    for (var group : grouped.entrySet()) {
      group.getValue().sort(Comparator.comparingInt(member -> member.standing().generation()));
      line(group.getKey(), group.getValue()).ifPresent(lines::add);
    }
    return lines;
  }

  private Optional<AuthorityLine> line(AuthorityName name, List<Member> ordered)
      throws IOException {
    PolicySet set = ordered.getFirst().standing().policySet();
    List<Generation> generations = new ArrayList<>();
    for (Member member : ordered) {
      Section entry = entry(member);
      entry.check(
          member.standing().generation() == generations.size() + 1,
          "generation",
          "the line %s has no generation %d".formatted(name, generations.size() + 1),
          "Count generations from 1, each once.");
      Optional<Authority> authority = authority(member, set);
      if (authority.isPresent()) {
        Generation generation = generation(member, authority.get());
        checkTimes(generation, generations, entry);
        generations.add(generation);
      }
    }
    return faults.isEmpty()
        ? Optional.of(new AuthorityLine(name, set, generations))
        : Optional.empty();
  }

  private static Generation generation(Member member, Authority authority) {
    return new Generation(
        member.standing().generation(),
        authority,
        member.standing().issuesFrom().orElse(Instant.MIN),
        // What came from elsewhere stopped before it was here.
        member.takenOver().isPresent()
            ? Optional.of(Instant.EPOCH)
            : member.standing().issuesUntil(),
        member.standing().terminated());
  }

  private static void checkTimes(Generation generation, List<Generation> before, Section entry) {
    Authority authority = generation.authority();
    entry.check(
        generation.issuesFrom().isBefore(authority.notAfter()),
        "issues-from",
        "it would begin after its certificate has ended, " + authority.notAfter(),
        "Make a new generation by a ceremony.");
    if (!before.isEmpty()) {
      Generation last = before.getLast();
      entry.check(
          generation.issuesFrom().isAfter(last.issuesFrom()),
          "issues-from",
          "it would begin before the generation that it follows",
          "Write a later time.");
      entry.check(
          authority.subjectName().equals(last.authority().subjectName()),
          "line",
          "its certificate bears another name than the generation that it follows",
          "A line has one name; make an authority of its own of it.");
    }
  }

  private void checkKeys() {
    Set<KeyId> keys = new HashSet<>();
    Map<AuthorityName, Member> names = new HashMap<>();
    for (Member member : members.keySet()) {
      Section entry = entry(member);
      entry.check(
          keys.add(member.key()),
          "key",
          "the key %s is another authority's already".formatted(member.key()),
          "Each generation has a key of its own.");
      if (member.ocspKey().isPresent()) {
        entry.check(
            keys.add(member.ocspKey().get()),
            "ocsp-key",
            "the key %s is used already".formatted(member.ocspKey().get()),
            "Each generation has a responder's key of its own.");
      }
      entry.check(
          names.put(member.name(), member) == null,
          "name",
          "two authorities are called " + member.name(),
          "Rename one; CRL and OCSP are found by it.");
    }
    members.forEach(
        (member, entry) ->
            member
                .superiors()
                .forEach(
                    superior ->
                        entry.check(
                            !names.containsKey(superior.name()),
                            "superiors",
                            superior.name() + " is an authority of this installation",
                            "Name files of their own.")));
  }

  private Optional<Authority> authority(Member member, PolicySet set) throws IOException {
    Certificate certificate = certificate(member);
    @Nullable SubjectKeyIdentifier identifier =
        SubjectKeyIdentifier.fromExtensions(certificate.getTBSCertificate().getExtensions());
    Section entry = entry(member);
    if (identifier == null && member.takenOver().isPresent()) {
      identifier = new SubjectKeyIdentifier(usual(certificate));
    }
    if (identifier == null) {
      entry.fault(
          "name",
          member.name() + ".cer lacks a subjectKeyIdentifier (RFC 5280 §4.2.1.2)",
          "Have it made anew by the authority above it.");
      return Optional.empty();
    }
    Optional<List<Bytes>> chain = chain(member, set);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Authority(
            member.name(),
            member.certificate(),
            chain.get(),
            member.key(),
            member.ocspKey(),
            Bytes.of(certificate.getSubject().getEncoded("DER")),
            Bytes.of(identifier.getKeyIdentifier()),
            end(member),
            member.lists()));
  }

  /** Its own end, or that of a superior: nothing that it issues is worth anything after. */
  private Instant end(Member member) {
    return member.superiors().stream()
        .map(Superior::notAfter)
        .filter(end(certificate(member))::isAfter)
        .min(Instant::compareTo)
        .orElse(end(certificate(member)));
  }

  /** The certificates above: issuer first, root last. */
  private Optional<List<Bytes>> chain(Member start, PolicySet set) {
    var chain = new ArrayList<Bytes>();
    Member below = start;
    if (start.takenOver().isPresent()) {
      // Whatever stands above it: nobody is asked to believe anything new for it.
      return Optional.of(start.superiors().stream().map(Superior::certificate).toList());
    }
    while (!isRoot(below)) {
      if (!below.superiors().isEmpty()) {
        return external(below, set, chain);
      }
      Optional<Member> above = issuerOf(below);
      if (above.isEmpty() || chain.size() > members.size()) {
        entry(start)
            .fault(
                "name",
                "the chain of %s has no root here".formatted(certificate(start).getSubject()),
                "Add the authority that issued %s.cer.".formatted(below.name()));
        return Optional.empty();
      }
      entry(below)
          .check(
              !set.isBsi() || !end(certificate(below)).isAfter(end(certificate(above.get()))),
              "name",
              below.name() + ".cer outlives its issuer's certificate",
              "Have it made anew; nothing outlives its issuer (TR-03116-4 §6.1.2).");
      chain.add(above.get().certificate());
      below = above.get();
    }
    return Optional.of(List.copyOf(chain));
  }

  /** Those above that are not of this installation end the chain. */
  private Optional<List<Bytes>> external(Member below, PolicySet set, List<Bytes> chain) {
    Optional<String> fault = ExternalChain.fault(below, set);
    fault.ifPresent(
        sentence ->
            entry(below)
                .fault(
                    "superiors",
                    sentence,
                    "Take the chain from the superior anew (ceremony external-install)."));
    if (fault.isPresent()) {
      return Optional.empty();
    }
    below.superiors().forEach(superior -> chain.add(superior.certificate()));
    return Optional.of(List.copyOf(chain));
  }

  private boolean isRoot(Member member) {
    return certificate(member).getIssuer().equals(certificate(member).getSubject());
  }

  /** Generations bear one name, so the key identifier says which of them it was. */
  private Optional<Member> issuerOf(Member below) {
    Certificate certificate = certificate(below);
    AuthorityKeyIdentifier by =
        AuthorityKeyIdentifier.fromExtensions(certificate.getTBSCertificate().getExtensions());
    return members.keySet().stream()
        .filter(one -> certificate(one).getSubject().equals(certificate.getIssuer()))
        .filter(one -> by == null || identifies(by, certificate(one)))
        .findFirst();
  }

  /** The key identifier that is told where a foreign certificate has none (RFC 5280 §4.2.1.2). */
  private static byte[] usual(Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-1")
          .digest(certificate.getSubjectPublicKeyInfo().getPublicKeyData().getOctets());
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean identifies(AuthorityKeyIdentifier by, Certificate candidate) {
    SubjectKeyIdentifier its =
        SubjectKeyIdentifier.fromExtensions(candidate.getTBSCertificate().getExtensions());
    return by.getKeyIdentifierOctets() == null
        || its == null
        || Bytes.of(by.getKeyIdentifierOctets()).equals(Bytes.of(its.getKeyIdentifier()));
  }

  private static Optional<Certificate> parse(Member member, Section entry) {
    try {
      var certificate = Certificate.getInstance(member.certificate().toArray());
      if (certificate != null
          && (member.takenOver().isPresent()
              || certificate.getTBSCertificate().getExtensions() != null)) {
        return Optional.of(certificate);
      }
    } catch (IllegalArgumentException notOne) {
      // Said below.
    }
    entry.fault("name", member.name() + ".cer is not a certificate", "Put it there, DER.");
    return Optional.empty();
  }

  private Certificate certificate(Member member) {
    return java.util.Objects.requireNonNull(parsed.get(member));
  }

  private Section entry(Member member) {
    return java.util.Objects.requireNonNull(members.get(member));
  }

  private static Instant end(Certificate certificate) {
    return certificate.getEndDate().getDate().toInstant();
  }
}
