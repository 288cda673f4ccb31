package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The hierarchy on disk: {@code hierarchy.yaml} says which authority uses which keys of the vault
 * and how it makes its lists; beside it lie {@code NAME.cer} for each, {@code NAME.crl} for those
 * whose CRL a ceremony signed, and link certificates.
 */
public final class AuthorityFiles {
  static final String PLAN = "hierarchy.yaml";

  /** Exceptions from the algorithm calendar, beside it; may be missing. */
  public static final String EXCEPTIONS = "exceptions.yaml";

  /** The longest CRL of a superior that is kept, in octets. */
  public static final int LONGEST_SUPERIORS_LIST = SuperiorList.MOST_OCTETS;

  private AuthorityFiles() {}

  /**
   * A generation of an authority to be written, or as it was read.
   *
   * @param name its name
   * @param key its key in the vault
   * @param ocspKey its responder's key; empty for a root
   * @param certificate its certificate, DER
   * @param lists how it tells what it has revoked
   * @param standing its place in its line
   * @param links names of the files of its link certificates, without {@code .cer}, and their DER
   * @param superiors those above it that are not of this installation, its issuer first, the anchor
   *     last; none where a root of ours stands above it
   * @param takenOver if it came from elsewhere
   */
  public record Member(
      AuthorityName name,
      KeyId key,
      Optional<KeyId> ocspKey,
      Bytes certificate,
      CrlSettings lists,
      Standing standing,
      Map<String, Bytes> links,
      List<Superior> superiors,
      Optional<TakenOver> takenOver) {
    public Member {
      links = Map.copyOf(links);
      superiors = List.copyOf(superiors);
    }

    /** One that was made here. */
    public Member(
        AuthorityName name,
        KeyId key,
        Optional<KeyId> ocspKey,
        Bytes certificate,
        CrlSettings lists,
        Standing standing,
        Map<String, Bytes> links,
        List<Superior> superiors) {
      this(name, key, ocspKey, certificate, lists, standing, links, superiors, Optional.empty());
    }

    /** One under a root of ours, or a root. */
    public Member(
        AuthorityName name,
        KeyId key,
        Optional<KeyId> ocspKey,
        Bytes certificate,
        CrlSettings lists,
        Standing standing,
        Map<String, Bytes> links) {
      this(name, key, ocspKey, certificate, lists, standing, links, List.of());
    }

    /** A first generation, with the usual lists. */
    public Member(AuthorityName name, KeyId key, Optional<KeyId> ocspKey, Bytes certificate) {
      this(name, key, ocspKey, certificate, CrlSettings.USUAL);
    }

    /** A first generation. */
    public Member(
        AuthorityName name,
        KeyId key,
        Optional<KeyId> ocspKey,
        Bytes certificate,
        CrlSettings lists) {
      this(
          name,
          key,
          ocspKey,
          certificate,
          lists,
          Standing.first(name, PolicySet.DEFAULT),
          Map.of());
    }

    /** This, with another standing. */
    public Member with(Standing other) {
      return new Member(name, key, ocspKey, certificate, lists, other, links, superiors, takenOver);
    }
  }

  /**
   * A generation's place in its line.
   *
   * @param line the line's name, which is the first generation's
   * @param generation counted from 1
   * @param policySet the line's; what stands with the first generation counts
   * @param issuesFrom when it begins to issue; empty for the first, which begins at once
   * @param issuesUntil when it stops
   * @param terminated when it was ended before its time
   */
  public record Standing(
      AuthorityName line,
      int generation,
      PolicySet policySet,
      Optional<Instant> issuesFrom,
      Optional<Instant> issuesUntil,
      Optional<Instant> terminated) {
    /** That of a line's first generation. */
    public static Standing first(AuthorityName line, PolicySet set) {
      return new Standing(line, 1, set, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** That of a later one, which issues from then on. */
    public static Standing later(AuthorityName line, int generation, PolicySet set, Instant from) {
      return new Standing(
          line, generation, set, Optional.of(from), Optional.empty(), Optional.empty());
    }

    /** This, ended then. */
    public Standing terminated(Instant then) {
      return new Standing(line, generation, policySet, issuesFrom, issuesUntil, Optional.of(then));
    }
  }

  /** Writes a hierarchy under the default rollover settings. */
  public static void write(Path folder, List<Member> members, Map<AuthorityName, Bytes> crls)
      throws IOException {
    write(folder, members, crls, RolloverSettings.DEFAULT);
  }

  /** Writes a hierarchy; {@code hierarchy.yaml} last and at once, so that it stands for all. */
  public static void write(
      Path folder, List<Member> members, Map<AuthorityName, Bytes> crls, RolloverSettings rollover)
      throws IOException {
    Files.createDirectories(folder);
    var entries = new ArrayList<Map<String, Object>>();
    for (Member member : members) {
      Files.write(folder.resolve(member.name() + ".cer"), member.certificate().toArray());
      for (var link : member.links().entrySet()) {
        Files.write(folder.resolve(link.getKey() + ".cer"), link.getValue().toArray());
      }
      for (Superior superior : member.superiors()) {
        Files.write(folder.resolve(superior.name() + ".cer"), superior.certificate().toArray());
      }
      entries.add(entry(member));
    }
    for (var crl : crls.entrySet()) {
      Files.write(folder.resolve(crl.getKey() + ".crl"), crl.getValue().toArray());
    }
    var plan = new LinkedHashMap<String, Object>();
    plan.put("authorities", entries);
    if (!rollover.equals(RolloverSettings.DEFAULT)) {
      var settings = new LinkedHashMap<String, Object>();
      settings.put("lead-days", rollover.leadDays());
      settings.put("warn-days", rollover.warnDays());
      settings.put("least-share", rollover.leastShare());
      plan.put("rollover", settings);
    }
    var settings = DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build();
    Path fresh = folder.resolve(PLAN + ".new");
    Files.writeString(fresh, new Dump(settings).dumpToString(plan));
    Files.move(fresh, folder.resolve(PLAN), StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<String, Object> entry(Member member) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", member.name().value());
    Standing standing = member.standing();
    if (standing.generation() > 1) {
      entry.put("line", standing.line().value());
      entry.put("generation", standing.generation());
    } else if (standing.policySet() != PolicySet.DEFAULT) {
      entry.put("policy-set", standing.policySet().configName());
    }
    entry.put("key", member.key().value());
    member.ocspKey().ifPresent(key -> entry.put("ocsp-key", key.value()));
    standing.issuesFrom().ifPresent(time -> entry.put("issues-from", time.toString()));
    standing.issuesUntil().ifPresent(time -> entry.put("issues-until", time.toString()));
    standing.terminated().ifPresent(time -> entry.put("terminated", time.toString()));
    if (!member.lists().equals(CrlSettings.USUAL)) {
      entry.put("crl", CrlSheet.write(member.lists()));
    }
    if (!member.links().isEmpty()) {
      entry.put("links", member.links().keySet().stream().sorted().toList());
    }
    member.takenOver().ifPresent(taken -> entry.put("taken-over", taken(taken)));
    if (!member.superiors().isEmpty()) {
      entry.put(
          "superiors",
          member.superiors().stream().map(superior -> superior.name().value()).toList());
    }
    return entry;
  }

  private static Map<String, Object> taken(TakenOver taken) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("at", taken.at().toString());
    if (!taken.lists().isEmpty()) {
      entry.put("crl-paths", taken.lists());
    }
    if (!taken.certificates().isEmpty()) {
      entry.put("certificate-paths", taken.certificates());
    }
    return entry;
  }

  /**
   * Reads a hierarchy.
   *
   * @throws IOException if a file is missing or is not what its name says; the message names each
   *     fault with file, line and remedy
   */
  public static AuthorityCatalog read(Path folder) throws IOException {
    return HierarchyReader.read(folder).catalog();
  }

  /**
   * The newest CRLs of superiors, as they lie there now: {@code NAME.crl} beside {@code NAME.cer}.
   *
   * @return the same authorities
   */
  public static AuthorityCatalog withSuperiorsLists(AuthorityCatalog catalog, Path folder)
      throws IOException {
    var superiors = new LinkedHashMap<AuthorityName, List<Superior>>();
    for (var chain : catalog.superiors().entrySet()) {
      var fresh = new ArrayList<Superior>();
      for (Superior superior : chain.getValue()) {
        fresh.add(superior.withList(SuperiorList.read(folder, superior.name())));
      }
      superiors.put(chain.getKey(), fresh);
    }
    return catalog.withSuperiors(superiors);
  }

  /** Puts a superior's newest CRL there, at once; who calls has verified it. */
  public static void writeSuperiorsList(Path folder, AuthorityName superior, Bytes list)
      throws IOException {
    SuperiorList.write(folder, superior, list);
  }

  /** The members as they stand there, for a ceremony that adds to them or changes one. */
  public static List<Member> members(Path folder) throws IOException {
    return HierarchyReader.read(folder).members();
  }
}
