package de.kreissiegel.ca.authority;

import de.kreissiegel.ca.authority.AuthorityFiles.Member;
import de.kreissiegel.ca.authority.AuthorityFiles.Standing;
import de.kreissiegel.ca.policyset.PolicyExceptions;
import de.kreissiegel.ca.policyset.PolicySet;
import de.kreissiegel.ca.settings.ConfigurationFault;
import de.kreissiegel.ca.settings.Section;
import de.kreissiegel.ca.settings.Sheet;
import de.kreissiegel.hsm.signing.Bytes;
import de.kreissiegel.hsm.signing.KeyId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code hierarchy.yaml} and the files beside it, to a catalog; all faults at once. */
final class HierarchyReader {
  private static final int MOST_OCTETS = 1 << 16;
  private static final String TIME = "Write a time, as 2030-01-31T00:00:00Z.";

  private final Path folder;
  private final List<ConfigurationFault> faults = new ArrayList<>();
  private final Map<Member, Section> members = new LinkedHashMap<>();

  private HierarchyReader(Path folder) {
    this.folder = folder;
  }

  /** What was read. */
  record Read(AuthorityCatalog catalog, List<Member> members) {}

  static Read read(Path folder) throws IOException {
    var reader = new HierarchyReader(folder);
    Path plan = folder.resolve(AuthorityFiles.PLAN);
    Optional<Section> sheet = Sheet.read(plan.toString(), Files.readString(plan), reader.faults);
    RolloverSettings rollover = RolloverSettings.DEFAULT;
    if (sheet.isPresent()) {
      rollover = reader.rollover(sheet.get());
      reader.members(sheet.get());
      sheet.get().end();
    }
    PolicyExceptions exceptions = reader.exceptions();
    reader.stopAtFaults();
    var lines = new LineBuilder(reader.members, reader.faults).lines();
    reader.stopAtFaults();
    List<Member> all = List.copyOf(reader.members.keySet());
    return new Read(
        new AuthorityCatalog(
            lines, reader.ceremonial(all), new AuthorityCatalog.Rules(rollover, exceptions)),
        all);
  }

  private void stopAtFaults() throws IOException {
    if (!faults.isEmpty()) {
      throw new IOException(
          faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("\n")));
    }
  }

  private PolicyExceptions exceptions() throws IOException {
    Path file = folder.resolve(AuthorityFiles.EXCEPTIONS);
    return Files.exists(file)
        ? PolicyExceptions.read(file.toString(), Files.readString(file), faults)
        : PolicyExceptions.NONE;
  }

  private RolloverSettings rollover(Section sheet) {
    Optional<Section> section =
        sheet.section("rollover", "Write lead-days, warn-days and least-share under it.");
    if (section.isEmpty()) {
      return RolloverSettings.DEFAULT;
    }
    Section settings = section.get();
    RolloverSettings usual = RolloverSettings.DEFAULT;
    int lead =
        settings
            .optional("lead-days", Integer::valueOf, "Write a number of days, as 30.")
            .orElse(usual.leadDays());
    int warn =
        settings
            .optional("warn-days", Integer::valueOf, "Write a number of days, as 90.")
            .orElse(usual.warnDays());
    int share =
        settings
            .optional("least-share", Integer::valueOf, "Write a percentage, as 50.")
            .orElse(usual.leastShare());
    settings.end();
    try {
      return new RolloverSettings(lead, warn, share);
    } catch (IllegalArgumentException wrong) {
      settings.fault("", String.valueOf(wrong.getMessage()), "Write another number.");
      return usual;
    }
  }

  private void members(Section sheet) throws IOException {
    List<Section> entries =
        sheet.sections("authorities", "Write a list of authorities, each with name and key.");
    // An empty list stands there until the first external superior has answered.
    sheet.check(
        sheet.has("authorities"),
        "authorities",
        "is missing",
        "Make the hierarchy by a ceremony, or name one.");
    for (Section entry : entries) {
      Member member = member(entry);
      if (members.putIfAbsent(member, entry) != null) {
        entry.fault("", "the authority stands there twice", "Remove one of the two.");
      }
    }
  }

  private Member member(Section entry) throws IOException {
    AuthorityName name =
        entry.required(
            "name",
            AuthorityName::new,
            new AuthorityName("x"),
            "Use lower-case letters, digits and hyphens, at most 40.");
    KeyId key = entry.required("key", KeyId::new, new KeyId("x"), "Name its key in the vault.");
    Optional<KeyId> ocsp =
        entry.optional("ocsp-key", KeyId::new, "Name the responder's key in the vault.");
    Standing standing = standing(entry, name);
    Map<String, Bytes> links = new LinkedHashMap<>();
    for (String link :
        entry.list("links", file -> new AuthorityName(file).value(), "Name files, without .cer.")) {
      links.put(link, certificate(entry, "links", link));
    }
    List<Superior> superiors = superiors(entry);
    Bytes own = certificate(entry, "name", name.value());
    CrlSettings lists = lists(entry);
    Optional<TakenOver> taken = takenOver(entry);
    entry.end();
    return new Member(name, key, ocsp, own, lists, standing, links, superiors, taken);
  }

  private static Optional<TakenOver> takenOver(Section entry) {
    Optional<Section> section =
        entry.section("taken-over", "Write under it when: at, and the paths of old addresses.");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Section taken = section.get();
    Instant at = taken.required("at", Instant::parse, Instant.EPOCH, TIME);
    String remedy = "Write paths as they stand in old addresses, as /pki/old.crl.";
    List<String> lists = taken.list("crl-paths", TakenOver::requirePath, remedy);
    List<String> certificates = taken.list("certificate-paths", TakenOver::requirePath, remedy);
    taken.end();
    return Optional.of(new TakenOver(at, lists, certificates));
  }

  private List<Superior> superiors(Section entry) throws IOException {
    List<Superior> superiors = new ArrayList<>();
    for (AuthorityName file :
        entry.list(
            "superiors",
            AuthorityName::new,
            "Name the files of the certificates above, issuer first, anchor last, without .cer.")) {
      superiors.add(
          new Superior(
              file,
              certificate(entry, "superiors", file.value()),
              SuperiorList.read(folder, file)));
    }
    return superiors;
  }

  private static CrlSettings lists(Section entry) {
    String remedy = "Say under it how the authority makes its lists, or leave it out.";
    try {
      return entry
          .section("crl", remedy)
          .map(section -> CrlSheet.read(section.words()))
          .orElse(CrlSettings.USUAL);
    } catch (IllegalArgumentException wrong) {
      entry.fault("crl", String.valueOf(wrong.getMessage()), remedy);
      return CrlSettings.USUAL;
    }
  }

  private static Standing standing(Section entry, AuthorityName name) {
    int generation =
        entry
            .optional("generation", Integer::valueOf, "Write 2 for the second key, and so on.")
            .orElse(1);
    AuthorityName line =
        entry
            .optional("line", AuthorityName::new, "Name the line's first generation.")
            .orElse(name);
    PolicySet set =
        entry
            .optional(
                "policy-set",
                text -> PolicySet.ofConfigName(text).orElseThrow(),
                "Choose from " + PolicySet.configNames() + ".")
            .orElse(PolicySet.DEFAULT);
    Optional<Instant> from = entry.optional("issues-from", Instant::parse, TIME);
    Optional<Instant> until = entry.optional("issues-until", Instant::parse, TIME);
    Optional<Instant> terminated = entry.optional("terminated", Instant::parse, TIME);
    boolean first = line.equals(name);
    entry.check(
        first == (generation == 1),
        "generation",
        first ? "the first generation has the line's name" : "a later generation has a number",
        "Write 'line' and 'generation: 2' with the second key, neither with the first.");
    entry.check(
        first || !entry.has("policy-set"),
        "policy-set",
        "stands with a later generation",
        "Write it with the line's first generation; it holds for all.");
    entry.check(
        first || from.isPresent(), "issues-from", "is missing for a later generation", TIME);
    return new Standing(line, generation, set, from, until, terminated);
  }

  private Bytes certificate(Section entry, String key, String name) throws IOException {
    Path file = folder.resolve(name + ".cer");
    try {
      if (Files.size(file) <= MOST_OCTETS) {
        return Bytes.of(Files.readAllBytes(file));
      }
      entry.fault(key, file + " is longer than any certificate", "Put the certificate there.");
    } catch (NoSuchFileException missing) {
      entry.fault(key, file + " is missing", "Put the certificate there, DER.");
    }
    return Bytes.of(new byte[0]);
  }

  private AuthorityCatalog.Ceremonial ceremonial(List<Member> all) throws IOException {
    var crls = new LinkedHashMap<AuthorityName, Bytes>();
    for (Member member : all) {
      Path crl = folder.resolve(member.name() + ".crl");
      if (Files.exists(crl)) {
        crls.put(member.name(), Bytes.of(Files.readAllBytes(crl)));
      }
    }
    return new AuthorityCatalog.Ceremonial(
        crls,
        all.stream()
            .filter(member -> !member.links().isEmpty())
            .collect(Collectors.toMap(Member::name, HierarchyReader::linksOf)),
        all.stream()
            .filter(member -> !member.superiors().isEmpty())
            .collect(Collectors.toMap(Member::name, Member::superiors)),
        all.stream()
            .filter(member -> member.takenOver().isPresent())
            .collect(Collectors.toMap(Member::name, member -> member.takenOver().orElseThrow())));
  }

  private static List<Bytes> linksOf(Member member) {
    return member.links().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }
}
