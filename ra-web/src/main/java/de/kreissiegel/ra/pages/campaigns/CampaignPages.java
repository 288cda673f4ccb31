package de.kreissiegel.ra.pages.campaigns;

import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.authority.AuthorityName;
import de.kreissiegel.ca.campaign.Campaign;
import de.kreissiegel.ca.campaign.Campaign.State;
import de.kreissiegel.ca.campaign.CampaignDesk;
import de.kreissiegel.ca.campaign.CampaignItem;
import de.kreissiegel.ca.campaign.Facet;
import de.kreissiegel.ca.campaign.Fault;
import de.kreissiegel.ca.campaign.Goal;
import de.kreissiegel.ca.campaign.Preview;
import de.kreissiegel.ca.campaign.Progress;
import de.kreissiegel.ca.campaign.Standing;
import de.kreissiegel.ca.campaign.Terms;
import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.pages.Choice;
import de.kreissiegel.ra.pages.CsvFile;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Paging;
import de.kreissiegel.ra.pages.Words;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Making a campaign, seeing what it would do, letting it run, and who is left. */
@Controller
class CampaignPages {
  private static final int SIZE = 50;
  private static final String ONE = "redirect:/campaigns/{campaign}";

  private final CampaignDesk desk;
  private final Words words;

  CampaignPages(CampaignDesk desk, Words words) {
    this.desk = desk;
    this.words = words;
  }

  @GetMapping("/campaigns")
  String all(Actor.Person officer, Model model) {
    List<CampaignRow> rows = desk.all(officer).stream().map(one -> row(officer, one)).toList();
    model.addAttribute("open", rows.stream().filter(CampaignRow::isOpen).toList());
    model.addAttribute("over", rows.stream().filter(one -> !one.isOpen()).toList());
    return "campaigns";
  }

  private CampaignRow row(Actor.Person officer, Campaign campaign) {
    return CampaignRow.of(campaign, desk.mayMove(officer, campaign), words);
  }

  @GetMapping("/campaigns/new")
  String form(Actor.Person officer, Model model) {
    return form(officer, CampaignForm.empty(desk.today(), ""), Set.of(), model);
  }

  private String form(Actor.Person officer, CampaignForm form, Set<Fault> faults, Model model) {
    List<Facet> facets = desk.facets(officer);
    model.addAttribute("tenants", Choice.ofTenants(CampaignDesk.scope(officer), words));
    model.addAttribute(
        "profiles",
        choices(facets, one -> one.profile().value(), one -> words.profile(one.profile())));
    model.addAttribute(
        "authorities",
        choices(facets, one -> one.authority().value(), one -> named(facets, one.authority())));
    model.addAttribute(
        "keyKinds", choices(facets, Facet::keyKind, one -> kind(facets, one.keyKind())));
    return terms(form, faults, model, "campaign-new");
  }

  private String terms(CampaignForm form, Set<Fault> faults, Model model, String page) {
    model.addAttribute("form", form);
    model.addAttribute("faults", faults.stream().map(Fault::name).toList());
    model.addAttribute("today", desk.today());
    model.addAttribute("longestTitle", Terms.LONGEST_TITLE);
    model.addAttribute("longestText", Terms.LONGEST_TEXT);
    model.addAttribute("mostPerDay", Terms.MOST_PER_DAY);
    model.addAttribute("from", hour(desk.hours().from()));
    model.addAttribute("until", hour(desk.hours().to()));
    return page;
  }

  private String hour(LocalTime time) {
    return DateTimeFormatter.ofPattern(words.of("campaigns.hour"), Words.language()).format(time);
  }

  private static List<Choice> choices(
      List<Facet> facets, Function<Facet, String> value, Function<Facet, String> name) {
    return facets.stream()
        .map(one -> new Choice(value.apply(one), name.apply(one)))
        .distinct()
        .sorted()
        .toList();
  }

  private String named(List<Facet> facets, AuthorityName authority) {
    return words.of(
        "campaigns.choice",
        authority.value(),
        facets.stream()
            .filter(one -> one.authority().equals(authority))
            .mapToLong(Facet::count)
            .sum());
  }

  private String kind(List<Facet> facets, String keyKind) {
    return words.of(
        "campaigns.choice",
        keyKind,
        facets.stream().filter(one -> one.keyKind().equals(keyKind)).mapToLong(Facet::count).sum());
  }

  @PostMapping("/campaigns")
  String make(Actor.Person officer, CampaignForm form, Model model, RedirectAttributes next)
      throws Refused {
    CampaignForm said = said(form);
    try {
      Goal goal = said.goal(CampaignDesk.scope(officer));
      Set<Fault> faults = desk.faults(goal, said.terms());
      if (!faults.isEmpty()) {
        return form(officer, said, faults, model);
      }
      next.addAttribute("campaign", desk.make(officer, goal, said.terms()).id());
      next.addFlashAttribute(Notice.ATTRIBUTE, words.done("campaigns.made"));
      return ONE;
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND
          || refused.reason() == RefusalReason.NOT_AUTHORIZED) {
        throw refused;
      }
      model.addAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
      return form(officer, said, Set.of(), model);
    }
  }

  /** What a form leaves out is empty. */
  private static CampaignForm said(CampaignForm form) {
    return new CampaignForm(
        given(form.title()),
        given(form.tenant()),
        given(form.profile()),
        given(form.authority()),
        given(form.keyKind()),
        given(form.to()),
        given(form.due()),
        given(form.perDay()),
        given(form.textDe()),
        given(form.textEn()));
  }

  private static String given(@Nullable String text) {
    return text == null ? "" : text;
  }

  @GetMapping("/campaigns/{campaign}")
  String one(
      Actor.Person officer,
      @PathVariable UUID campaign,
      @RequestParam(defaultValue = "left") String only,
      @RequestParam(defaultValue = "1") int page,
      Model model)
      throws Refused {
    Campaign seen = desk.view(officer, campaign);
    model.addAttribute("campaign", row(officer, seen));
    model.addAttribute("from", hour(desk.hours().from()));
    model.addAttribute("until", hour(desk.hours().to()));
    return seen.state() == State.DRAFT && desk.mayMove(officer, seen)
        ? preview(desk.preview(officer, campaign), model)
        : progress(officer, seen, only, Paging.number(page), model);
  }

  private String preview(Preview preview, Model model) {
    model.addAttribute("preview", preview);
    model.addAttribute("parts", PartRow.of(preview, words));
    model.addAttribute("warnings", preview.warnings().stream().map(Preview.Warning::name).toList());
    model.addAttribute("lastDay", preview.lastDay().map(CampaignRow::day).orElse(""));
    model.addAttribute("load", LoadBar.of(preview.load(), words));
    model.addAttribute(
        "letters", preview.load().values().stream().mapToInt(Integer::intValue).sum());
    model.addAttribute("most", CampaignDesk.MOST_ITEMS);
    return "campaign-preview";
  }

  private String progress(
      Actor.Person officer, Campaign campaign, String only, int number, Model model)
      throws Refused {
    Progress progress = desk.progress(officer, campaign.id());
    LocalDate started =
        LocalDate.ofInstant(
            campaign.dates().started().orElse(campaign.madeAt()), desk.hours().zone());
    List<CampaignItem> some =
        desk.items(officer, campaign.id(), standings(only), Paging.offset(number, SIZE), SIZE + 1);
    model.addAttribute("progress", progress);
    model.addAttribute("total", progress.total());
    model.addAttribute("renewed", progress.renewed());
    model.addAttribute("left", progress.left());
    model.addAttribute("width", LoadBar.width(progress.renewed(), progress.total()));
    model.addAttribute("bars", StandingBar.of(progress));
    model.addAttribute("parts", PartRow.of(progress, words));
    model.addAttribute("renewals", LoadBar.of(progress.renewals(), words));
    model.addAttribute(
        "expected", progress.expectedEnd(started, desk.today()).map(CampaignRow::day).orElse(""));
    model.addAttribute("only", only);
    model.addAttribute("choices", choices(progress));
    model.addAttribute(
        "rows",
        Paging.shown(some, SIZE).stream().map(one -> ItemRow.of(one, officer, words)).toList());
    model.addAttribute("paging", Paging.of(number, SIZE, some));
    return "campaign";
  }

  private List<Choice> choices(Progress progress) {
    return Stream.concat(
            Stream.of("left", "all"),
            progress.byStanding().entrySet().stream()
                .filter(one -> one.getValue() > 0)
                .map(one -> one.getKey().name()))
        .map(
            one ->
                new Choice(
                    one,
                    words.of(
                        one.equals("left") || one.equals("all")
                            ? "campaigns.only." + one
                            : "campaigns.standing." + one)))
        .toList();
  }

  /** Those that a word of a form means. */
  private static Set<Standing> standings(String only) throws Refused {
    if (only.equals("all")) {
      return EnumSet.allOf(Standing.class);
    }
    Set<Standing> some = EnumSet.noneOf(Standing.class);
    Arrays.stream(Standing.values())
        .filter(one -> only.equals("left") ? one.isLeft() : one.name().equals(only))
        .forEach(some::add);
    if (some.isEmpty()) {
      throw new Refused(RefusalReason.NOT_FOUND, "no certificates stand so");
    }
    return some;
  }

  @GetMapping("/campaigns/{campaign}/list.csv")
  ResponseEntity<byte[]> file(
      Actor.Person officer,
      @PathVariable UUID campaign,
      @RequestParam(defaultValue = "left") String only)
      throws Refused {
    return CsvFile.of(
        "certificates.csv",
        Stream.of(
                "name",
                "tenant",
                "kind",
                "until",
                "standing",
                "written",
                "reminders",
                "troubled",
                "certificate")
            .map(column -> words.of("campaigns.column." + column))
            .toList(),
        desk.items(officer, campaign, standings(only), 0, CampaignDesk.MOST_ITEMS).stream()
            .map(one -> ItemRow.of(one, officer, words))
            .map(
                one ->
                    List.of(
                        one.name(),
                        one.tenant(),
                        one.kind(),
                        one.until().toString(),
                        words.of(one.mark().key()),
                        one.written().map(Object::toString).orElse(""),
                        String.valueOf(one.reminders()),
                        words.of(one.troubled() ? "campaigns.yes" : "campaigns.no"),
                        one.certificate()))
            .toList());
  }

  @GetMapping("/campaigns/{campaign}/change")
  String change(Actor.Person officer, @PathVariable UUID campaign, Model model) throws Refused {
    Campaign seen = movable(officer, campaign);
    model.addAttribute("campaign", row(officer, seen));
    return terms(CampaignForm.of(seen), Set.of(), model, "campaign-change");
  }

  private Campaign movable(Actor.Person officer, UUID campaign) throws Refused {
    Campaign seen = desk.view(officer, campaign);
    if (!desk.mayMove(officer, seen)) {
      throw new Refused(RefusalReason.NOT_FOUND, "it is about tenants of others, too");
    }
    return seen;
  }

  @PostMapping("/campaigns/{campaign}/change")
  String changed(
      Actor.Person officer,
      @PathVariable UUID campaign,
      CampaignForm form,
      Model model,
      RedirectAttributes next)
      throws Refused {
    CampaignForm said = said(form);
    Campaign seen = movable(officer, campaign);
    Set<Fault> faults = desk.faults(said.terms());
    if (!faults.isEmpty()) {
      model.addAttribute("campaign", row(officer, seen));
      return terms(said, faults, model, "campaign-change");
    }
    return answered(
        campaign,
        next,
        () -> {
          desk.amend(officer, campaign, said.terms());
          return words.done("campaigns.done.change");
        });
  }

  @PostMapping("/campaigns/{campaign}/{step}")
  String move(
      Actor.Person officer,
      @PathVariable UUID campaign,
      @PathVariable String step,
      RedirectAttributes next)
      throws Refused {
    return answered(
        campaign,
        next,
        () -> {
          switch (step) {
            case "begin" -> desk.begin(officer, campaign);
            case "pause" -> desk.pause(officer, campaign);
            case "go-on" -> desk.goOn(officer, campaign);
            case "end" -> desk.end(officer, campaign);
            case "look" -> {
              return words.done("campaigns.done.look", desk.lookAgain(officer, campaign));
            }
            default -> throw new Refused(RefusalReason.NOT_FOUND, "no such step");
          }
          return words.done("campaigns.done." + step);
        });
  }

  private String answered(UUID campaign, RedirectAttributes next, Step step) throws Refused {
    try {
      next.addFlashAttribute(Notice.ATTRIBUTE, step.take());
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    next.addAttribute("campaign", campaign);
    return ONE;
  }

  /** Does something and says what was done. */
  private interface Step {
    Notice take() throws Refused;
  }
}
