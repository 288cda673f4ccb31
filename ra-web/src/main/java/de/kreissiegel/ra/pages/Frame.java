package de.kreissiegel.ra.pages;

import de.kreissiegel.ca.access.AccessRules;
import de.kreissiegel.ca.access.Action;
import de.kreissiegel.ca.access.Actor;
import de.kreissiegel.ca.access.Proof;
import de.kreissiegel.ra.security.SessionEnd;
import de.kreissiegel.ra.security.StaffPrincipal;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * What the frame around every page shows: who is here, where they may go, that it is a demo. The
 * template asks this bean, so that error pages, which no controller fills, have it, too.
 */
@Component
public class Frame {
  private final boolean demo;
  private final boolean setup;
  private final String district;
  private final Assets assets;
  private final InstantSource clock;

  Frame(
      Assets assets,
      InstantSource clock,
      @Value("${kreissiegel.demo:false}") boolean demo,
      @Value("${kreissiegel.setup:false}") boolean setup,
      @Value("${kreissiegel.district:}") String district) {
    this.assets = assets;
    this.clock = clock;
    this.demo = demo;
    this.setup = setup;
    this.district = district;
  }

  /** Whether people and certificates are invented. */
  public boolean isDemo() {
    return demo;
  }

  /** Whether these are the pages of the first start, where there is no house yet. */
  public boolean isSetup() {
    return setup;
  }

  /** The district's name; empty where it is not configured. */
  public String getDistrict() {
    return district;
  }

  /** The address of the script that every page starts. */
  public String getScript() {
    return assets.script();
  }

  /** The address of the style sheet. */
  public String getStyle() {
    return assets.style();
  }

  /** The addresses of the fonts to be fetched at once. */
  public List<String> getFonts() {
    return assets.fonts();
  }

  /** The page's language, as HTML's {@code lang} wants it. */
  public String getLanguage() {
    return Words.language().getLanguage();
  }

  /** Who is logged in; null if nobody is. */
  public @Nullable Visitor getVisitor() {
    return StaffPrincipal.current().map(StaffPrincipal::person).map(Visitor::of).orElse(null);
  }

  /** The attribute {@code data-kern-theme}; null where the device decides. */
  public @Nullable String getTheme() {
    return Theme.chosenIn(request()).attribute();
  }

  /** Light, dark, or as the device wants it. */
  public List<ThemeChoice> getThemes() {
    var chosen = Theme.chosenIn(request());
    return Arrays.stream(Theme.values())
        .map(one -> new ThemeChoice(one.word(), here(Theme.NAME, one.word()), one == chosen))
        .toList();
  }

  /** When the visitor's session ends; null if nobody is logged in. */
  public @Nullable SessionEnd getSessionEnd() {
    return SessionEnd.of(request(), clock).orElse(null);
  }

  /** This page in that language, where it can be asked for again; else the start page. */
  public String inLanguage(String language) {
    return here("lang", language);
  }

  private static String here(String parameter, String value) {
    var request = request();
    if (!request.getMethod().equals("GET")
        || request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) != null) {
      return "/?" + parameter + "=" + value;
    }
    var here = ServletUriComponentsBuilder.fromRequest(request);
    var uri = here.replaceQueryParam(parameter, value).build();
    return uri.getPath() + "?" + uri.getQuery();
  }

  /**
   * The attribute {@code aria-current} of a link in the navigation; null where it isn't current.
   */
  public @Nullable String current(String area) {
    var path = request().getRequestURI();
    var here = area.equals("/") ? path.equals("/") : path.startsWith(area);
    return here ? "page" : null;
  }

  private static HttpServletRequest request() {
    return ((ServletRequestAttributes) RequestContextHolder.currentRequestAttributes())
        .getRequest();
  }

  /**
   * One of the ways to look.
   *
   * @param name as in {@code theme.dark}
   * @param address of this page that chooses it
   * @param chosen whether it is so now
   */
  public record ThemeChoice(String name, String address, boolean chosen) {}

  /**
   * The person in the frame.
   *
   * @param name for display
   * @param decides whether there is an inbox for them
   * @param grants whether who stands in for whom is their affair
   * @param escrow whether they may see what is escrowed
   * @param searches whether they may see certificates of others
   * @param answers whether they revoke by phone
   * @param audits whether they may read the trail
   * @param oversees whether they may see how the house stands
   * @param revises whether reviews are their affair
   * @param readsReads whether they may see who looked at whose data
   * @param limited whether they hold an office that their log-in doesn't open
   * @param emergency whether they came in by sealed codes
   * @param roles whether they may see who may do what
   * @param refused keys of the words for offices of theirs that exclude each other
   * @param helps whether they are at the help desk
   * @param campaigns whether they make campaigns
   * @param refusalTexts whether they write reasons for refusing, to be used again
   */
  public record Visitor(
      String name,
      boolean decides,
      boolean grants,
      boolean escrow,
      boolean searches,
      boolean answers,
      boolean audits,
      boolean oversees,
      boolean revises,
      boolean readsReads,
      boolean limited,
      boolean emergency,
      boolean roles,
      List<String> refused,
      boolean helps,
      boolean campaigns,
      boolean refusalTexts) {
    static Visitor of(Actor.Person person) {
      return new Visitor(
          person.displayName(),
          !AccessRules.scope(person, Action.DECIDE).isEmpty()
              || !AccessRules.scope(person, Action.APPOINT).isEmpty(),
          !AccessRules.scope(person, Action.VIEW_GRANTS).isEmpty()
              || !AccessRules.scope(person, Action.DECIDE).isEmpty(),
          !AccessRules.scope(person, Action.VIEW_ESCROW).isEmpty(),
          !AccessRules.scope(person, Action.VIEW_CERTIFICATES).isEmpty(),
          !AccessRules.scope(person, Action.REVOKE_BY_PHONE).isEmpty(),
          !AccessRules.scope(person, Action.READ_AUDIT).isEmpty(),
          !AccessRules.scope(person, Action.VIEW_HOUSE).isEmpty(),
          !AccessRules.scope(person, Action.REVISE).isEmpty(),
          !AccessRules.scope(person, Action.VIEW_READS).isEmpty(),
          person.lacksStrongProof(),
          person.proof() == Proof.EMERGENCY,
          !AccessRules.scope(person, Action.VIEW_ROLES).isEmpty(),
          person.duties().refused().stream().sorted().map(office -> "office." + office).toList(),
          !AccessRules.scope(person, Action.HELP).isEmpty(),
          !AccessRules.scope(person, Action.RUN_CAMPAIGNS).isEmpty(),
          !AccessRules.scope(person, Action.MANAGE_REFUSAL_TEXTS).isEmpty());
    }
  }
}
