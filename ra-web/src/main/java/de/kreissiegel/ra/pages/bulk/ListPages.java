package de.kreissiegel.ra.pages.bulk;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.bulk.BulkDesk;
import de.kreissiegel.ca.bulk.BulkEntry;
import de.kreissiegel.ca.bulk.BulkJob;
import de.kreissiegel.ca.profile.CertificateProfile;
import de.kreissiegel.ca.profile.ProfileCatalog;
import de.kreissiegel.ca.profile.ProfileName;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ca.subject.DirectoryUnavailable;
import de.kreissiegel.ca.subject.Subject;
import de.kreissiegel.ca.subject.SubjectDirectory;
import de.kreissiegel.ca.subject.SubjectGroup;
import de.kreissiegel.ca.subject.SubjectId;
import de.kreissiegel.ca.subject.SubjectKind;
import de.kreissiegel.ca.tenancy.TenantId;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.CsvFile;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.Words;
import de.kreissiegel.ra.pages.terms.TermsForm;
import de.kreissiegel.ra.pages.terms.TermsRow;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Bringing a list, seeing what would be done, letting it run, stopping it, its report. */
@Controller
class ListPages {
  private static final int SIZE = 100;
  private static final int GROUPS = 20;
  private static final String ALL = "redirect:/bulk";

  /** Whether a list was refused because there is the same one. */
  private static final String SAME = "same";

  private final BulkDesk desk;
  private final ProfileCatalog profiles;
  private final SubjectDirectory directory;
  private final TermsForm terms;
  private final Words words;

  ListPages(
      BulkDesk desk,
      ProfileCatalog profiles,
      SubjectDirectory directory,
      TermsForm terms,
      Words words) {
    this.desk = desk;
    this.profiles = profiles;
    this.directory = directory;
    this.terms = terms;
    this.words = words;
  }

  @GetMapping("/bulk")
  String all(
      Actor.Person officer,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String group,
      Model model)
      throws Refused {
    List<Choice> tenants =
        Choice.ofTenants(AccessRules.scope(officer, Action.APPLY_FOR_OTHERS), words);
    model.addAttribute(
        "jobs", desk.own(officer).stream().map(one -> JobRow.of(one, words)).toList());
    model.addAttribute("profiles", kinds(_ -> true));
    model.addAttribute("forPeople", kinds(one -> one.subjects().contains(SubjectKind.PERSON)));
    model.addAttribute("terms", missing(officer));
    model.addAttribute("most", BulkDesk.MOST_ROWS);
    model.addAttribute("tenants", tenants);
    model.addAttribute("tenant", tenant);
    model.addAttribute("group", group);
    if (!group.isBlank()) {
      String house = tenant.isEmpty() ? tenants.getFirst().value() : tenant;
      model.addAttribute("house", house);
      model.addAttribute("groups", groups(officer, house, group));
    }
    return "bulk";
  }

  /** What the officer has to accept before they apply for anything by list. */
  private List<TermsRow> missing(Actor.Person officer) {
    List<ProfileName> offered =
        profiles.all().stream()
            .filter(one -> one.offered() && !one.makesOfficers())
            .filter(one -> one.subjects().stream().anyMatch(kind -> kind != SubjectKind.PERSON))
            .map(CertificateProfile::name)
            .toList();
    return AccessRules.scope(officer, Action.APPLY_FOR_OTHERS).stream()
        .sorted()
        .flatMap(tenant -> terms.missing(officer, offered, tenant).stream())
        .distinct()
        .toList();
  }

  @PostMapping("/bulk/terms")
  String accept(
      Actor.Person officer,
      @RequestParam(name = "terms", defaultValue = "") List<String> values,
      RedirectAttributes next) {
    try {
      terms.accept(officer, values);
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("bulk.terms.accepted"));
    } catch (Refused refused) {
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return ALL;
  }

  private List<SubjectGroup> groups(Actor.Person officer, String house, String text)
      throws Refused {
    TenantId tenant = own(officer, house);
    try {
      return directory.groups(tenant, text.strip(), GROUPS);
    } catch (DirectoryUnavailable away) {
      throw away();
    }
  }

  private static TenantId own(Actor.Person officer, String house) throws Refused {
    return AccessRules.scope(officer, Action.APPLY_FOR_OTHERS).stream()
        .filter(one -> one.value().equals(house))
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.NOT_FOUND, "no such tenant"));
  }

  private List<Choice> kinds(Predicate<CertificateProfile> those) {
    return profiles.all().stream()
        .filter(one -> one.offered() && !one.makesOfficers())
        .filter(those)
        .map(one -> new Choice(one.name().value(), one.title(Words.language())))
        .sorted()
        .toList();
  }

  @PostMapping("/bulk")
  String take(
      Actor.Person officer,
      @RequestParam(defaultValue = "") String profile,
      @RequestParam(required = false) Optional<MultipartFile> list,
      @RequestParam(defaultValue = "false") boolean again,
      RedirectAttributes next)
      throws IOException {
    byte[] content = list.isPresent() ? list.get().getBytes() : new byte[0];
    return taken(officer, profile, again, next, () -> ListFile.read(content));
  }

  @PostMapping("/bulk/group")
  String takeGroup(
      Actor.Person officer,
      @RequestParam(defaultValue = "") String profile,
      @RequestParam(defaultValue = "") String tenant,
      @RequestParam(defaultValue = "") String group,
      @RequestParam(defaultValue = "false") boolean again,
      RedirectAttributes next) {
    return taken(officer, profile, again, next, () -> members(own(officer, tenant), group));
  }

  private List<BulkEntry> members(TenantId tenant, String group) throws Refused {
    if (group.isEmpty()) {
      throw new Refused(RefusalReason.BAD_DATA_FORMAT, "no group was chosen");
    }
    try {
      return directory.members(tenant, new SubjectId(group), BulkDesk.MOST_ROWS + 1).stream()
          .filter(one -> one.kind() == SubjectKind.PERSON)
          .map(Subject::id)
          .map(id -> new BulkEntry(id.value(), "", Optional.empty(), ""))
          .toList();
    } catch (DirectoryUnavailable away) {
      throw away();
    }
  }

  private static Refused away() {
    return new Refused(RefusalReason.DIRECTORY_UNAVAILABLE, "the directory can't be asked");
  }

  private String taken(
      Actor.Person officer,
      String profile,
      boolean again,
      RedirectAttributes next,
      Entries entries) {
    try {
      BulkJob job = desk.take(officer, profile(profile), entries.read(), again);
      next.addAttribute("job", job.id());
      return "redirect:/bulk/{job}";
    } catch (Refused refused) {
      Notice notice = words.refused(refused.refusal());
      if (refused.reason() == RefusalReason.SAME_LIST) {
        next.addFlashAttribute(SAME, true);
      }
      next.addFlashAttribute(
          Notice.ATTRIBUTE,
          refused.reason() == RefusalReason.BAD_DATA_FORMAT
              ? new Notice(
                  notice.tone(),
                  words.of("bulk.unreadable.title"),
                  words.of("bulk.unreadable.text"),
                  refused.refusal().detail(),
                  notice.code(),
                  notice.correlation())
              : notice);
      return ALL;
    }
  }

  private interface Entries {
    List<BulkEntry> read() throws Refused;
  }

  private ProfileName profile(String text) throws Refused {
    return profiles.all().stream()
        .map(CertificateProfile::name)
        .filter(one -> one.value().equals(text))
        .findFirst()
        .orElseThrow(() -> new Refused(RefusalReason.UNKNOWN_PROFILE, "no such kind"));
  }

  @GetMapping("/bulk/{job}")
  String one(
      Actor.Person officer,
      @PathVariable UUID job,
      @RequestParam(defaultValue = "") String only,
      @RequestParam(defaultValue = "1") int page,
      Model model)
      throws Refused {
    boolean faults = only.equals("faults");
    int number = Paging.number(page);
    List<RowLine> some =
        lines(officer, job)
            .filter(one -> !faults || one.isFault())
            .skip(Paging.offset(number, SIZE))
            .limit(SIZE + 1L)
            .toList();
    BulkJob seen = desk.view(officer, job);
    model.addAttribute("job", JobRow.of(seen, words));
    model.addAttribute("before", seen.state().isOver() ? 0 : desk.doneElsewhere(officer, job));
    model.addAttribute("rows", Paging.shown(some, SIZE));
    model.addAttribute("paging", Paging.of(number, SIZE, some));
    model.addAttribute("faults", faults);
    return "bulk-job";
  }

  private Stream<RowLine> lines(Actor.Person officer, UUID job) throws Refused {
    return desk.rows(officer, job).stream().map(row -> RowLine.of(row, words));
  }

  @PostMapping("/bulk/{job}/{step}")
  String move(
      Actor.Person officer,
      @PathVariable UUID job,
      @PathVariable String step,
      RedirectAttributes next)
      throws Refused {
    BulkJob.State wanted =
        switch (step) {
          case "start" -> BulkJob.State.RUNNING;
          case "pause" -> BulkJob.State.PAUSED;
          case "cancel" -> BulkJob.State.CANCELLED;
          default -> throw new Refused(RefusalReason.NOT_FOUND, "no such step");
        };
    try {
      desk.move(officer, job, wanted);
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("bulk.done." + wanted));
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    next.addAttribute("job", job);
    return "redirect:/bulk/{job}";
  }

  @GetMapping("/bulk/{job}/report.csv")
  ResponseEntity<byte[]> report(Actor.Person officer, @PathVariable UUID job) throws Refused {
    return CsvFile.of(
        "report.csv",
        Stream.of("number", "who", "name", "tenant", "state", "why", "detail", "request")
            .map(column -> words.of("bulk.column." + column))
            .toList(),
        lines(officer, job)
            .map(
                one ->
                    List.of(
                        String.valueOf(one.number()),
                        one.who(),
                        one.name(),
                        one.tenant(),
                        words.of(one.mark().key()),
                        one.why(),
                        one.detail(),
                        one.request()))
            .toList());
  }
}
