package de.kreissiegel.ra.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every page there is, each with somebody who may see it: an application is made, approved and
 * fetched first, so that none is empty.
 */
final class PageTour implements AutoCloseable {
  private static final String NOBODY = "";

  private final Browser browser;
  private final String base;
  private final Map<String, BrowserContext> visitors = new LinkedHashMap<>();
  private final List<Stop> stops = new ArrayList<>();

  /**
   * One page.
   *
   * @param name of its pictures
   * @param mapping the path it is mapped to, as {@code /requests/{id}}; empty for one that nothing
   *     is mapped to
   * @param address on this host
   * @param visitor who looks
   */
  record Stop(String name, String mapping, String address, BrowserContext visitor) {
    /** Its address in a language. */
    String in(String language) {
      return address + (address.contains("?") ? "&" : "?") + "lang=" + language;
    }
  }

  PageTour(Browser browser, String base) {
    this.browser = browser;
    this.base = base;
    open();
    staff();
    officers();
  }

  String base() {
    return base;
  }

  List<Stop> stops() {
    return stops;
  }

  private void open() {
    stop("login", "/login", "/login", NOBODY);
    stop("login-error", "/login", "/login?error=credentials", NOBODY);
    stop("login-emergency", "/login/emergency", "/login/emergency", NOBODY);
    stop("info", "/info", "/info", NOBODY);
    stop("accessibility", "/info/accessibility", "/info/accessibility", NOBODY);
    stop("devices", "/info/devices", "/info/devices", NOBODY);
    stop("device-windows", "/info/devices/{device}", "/info/devices/windows", NOBODY);
    stop("device-card", "/info/devices/{device}", "/info/devices/card-unix", NOBODY);
    stop(
        "handover",
        "/info/handover/{handover}",
        "/info/handover/1d5fcf0c-31c5-4bd6-8a3b-7e0f8d1f2a63",
        NOBODY);
    stop("terms", "/info/terms", "/info/terms", NOBODY);
    stop("terms-version", "/info/terms/{terms}/{version}", "/info/terms/signature/1", NOBODY);
    stop("not-found", "", "/info/nothing", NOBODY);
  }

  private void staff() {
    var page = visitor("agross").newPage();
    page.navigate(base + "/");
    page.getByTestId("apply-vpn-client").first().click();
    page.getByTestId("submit").waitFor();
    stop("apply", "/apply", path(page), "agross");
    var waiting = submitted(page);
    page.navigate(base + "/");
    page.getByTestId("apply-signature").first().click();
    page.getByTestId("accept-terms").waitFor();
    stop("apply-terms", "/apply", path(page), "agross");
    page.navigate(base + "/");
    page.getByTestId("apply-vpn-client").first().click();
    var fetched = submitted(page);
    var officer = visitor("jmueller").newPage();
    officer.navigate(base + "/inbox/" + fetched);
    officer.getByTestId("approve").click();
    officer.getByTestId("notice").waitFor();
    page.reload();
    page.getByTestId("make-p12").waitFor();
    page.getByTestId("certificate-link").click();
    page.waitForURL("**/certificates/**");
    var certificate = path(page);
    page.close();

    stop("home", "/", "/", "agross");
    stop("request-waiting", "/requests/{id}", "/requests/" + waiting, "agross");
    stop("request-issued", "/requests/{id}", "/requests/" + fetched, "agross");
    stop("certificate", "/certificates/{authority}/{serial}", certificate, "agross");
    stop("terms-accepted", "/terms", "/terms", "agross");
    stop("passkeys", "/passkeys", "/passkeys", "agross");
    stop("sessions", "/sessions", "/sessions", "agross");
    stop("prove", "/prove/{page}", "/prove/sessions", "agross");
    stop("login-again", "/login", "/login?again=yes", "agross");
    stop("keys", "/keys", "/keys", "agross");
    stop(
        "key-made",
        "/keys/made/{authority}/{serial}",
        "/keys/made/people/" + SampleEscrow.SERIAL,
        "agross");
    stop("key-file", "/keys/files/{file}", "/keys/files/" + SampleEscrow.FILE, "agross");
    stop("phone-code", "/phone-code", "/phone-code", "agross");
    stop("inbox-request", "/inbox/{id}", "/inbox/" + waiting, "jmueller");
    stop("inbox-bulk", "/inbox/bulk", "/inbox/bulk?id=" + waiting, "jmueller");
    stop("certificate-officer", "/certificates/{authority}/{serial}", certificate, "jmueller");
    stop("renewal", "/certificates/{authority}/{serial}/renew", certificate + "/renew", "agross");
  }

  private void officers() {
    stop("home-officer", "/", "/", "jmueller");
    stop("inbox", "/inbox", "/inbox", "jmueller");
    stop("persons", "/persons", "/persons", "jmueller");
    stop("certificates", "/certificates", "/certificates", "jmueller");
    var page = visitor("jmueller").newPage();
    page.navigate(base + "/revoke-by-phone");
    stop("phone", "/revoke-by-phone", "/revoke-by-phone", "jmueller");
    page.close();
    callOf("agross");
    stop("phone-caller", "/revoke-by-phone/caller", "/revoke-by-phone/caller", "jmueller");
    stop("inbox-held", "/inbox", "/inbox", "voechsner");
    stop("plan", "/plans/{plan}", "/plans/" + SamplePlans.PLAN, "voechsner");
    stop("grants", "/grants", "/grants", "lleitner");
    stop("grant-new", "/grants/new", "/grants/new?who=M", "lleitner");
    stop(
        "grant-read",
        "/grants/new",
        "/grants/new?tenant=landkreis-hassberge.example&who=Sch%C3%A4fer&right=read",
        "lleitner");
    stop("escrow", "/escrow", "/escrow", "jmueller");
    stop("escrow-new", "/escrow/new", "/escrow/new", "jmueller");
    stop(
        "recovery-new",
        "/escrow/recoveries/new",
        "/escrow/recoveries/new?who=Gro%C3%9F",
        "jmueller");
    stop(
        "recovery",
        "/escrow/recoveries/{recovery}",
        "/escrow/recoveries/" + SampleEscrow.WAITING,
        "jmueller");
    stop(
        "recovery-ended",
        "/escrow/recoveries/{recovery}",
        "/escrow/recoveries/" + SampleEscrow.ENDED,
        "jmueller");
    stop("roles", "/roles", "/roles", "sschaefer");
    stop("audit", "/audit", "/audit", "sschaefer");
    stop("house", "/house", "/house", "sschaefer");
    stop("revision", "/revision", "/revision", "sschaefer");
    stop(
        "revision-review",
        "/revision/{revision}",
        "/revision/" + SampleRevision.REVISION,
        "sschaefer");
    stop(
        "revision-item",
        "/revision/{revision}/items/{number}",
        "/revision/" + SampleRevision.REVISION + "/items/3",
        "sschaefer");
    stop("evidence", "/evidence", "/evidence", "sschaefer");
    stop("reads", "/reads", "/reads", "ddaschner");
    stop("bulk", "/bulk", "/bulk", "jmueller");
    stop("bulk-job", "/bulk/{job}", "/bulk/" + SampleLists.JOB, "jmueller");
    stop("refusal-texts", "/refusal-texts", "/refusal-texts", "jmueller");
    stop(
        "refusal-text",
        "/refusal-texts/{text}",
        "/refusal-texts/" + SampleRefusalTexts.ONE,
        "jmueller");
    stop("campaigns", "/campaigns", "/campaigns", "jmueller");
    stop("campaign-new", "/campaigns/new", "/campaigns/new", "jmueller");
    stop(
        "campaign-preview",
        "/campaigns/{campaign}",
        "/campaigns/" + SampleCampaigns.DRAFT,
        "jmueller");
    stop("campaign", "/campaigns/{campaign}", "/campaigns/" + SampleCampaigns.RUNNING, "jmueller");
    stop(
        "campaign-change",
        "/campaigns/{campaign}/change",
        "/campaigns/" + SampleCampaigns.DRAFT + "/change",
        "jmueller");
    stop("equipment", "/equipment", "/equipment?show=all", "jmueller");
    stop("equipment-new", "/equipment/new", "/equipment/new?who=Gr&holder=p-staff", "jmueller");
    stop("expiry", "/expiry", "/expiry", "jmueller");
    stop("expiry-weeks", "/expiry", "/expiry?by=week", "sschaefer");
    stop("help-desk", "/help-desk", "/help-desk?text=Gr", "hhilfreich");
    stop(
        "help-desk-person",
        "/help-desk/people/{person}",
        "/help-desk/people/p-staff",
        "hhilfreich");
  }

  /** Somebody is on the line who has read out their code. */
  private void callOf(String caller) {
    var page = visitor(caller).newPage();
    page.navigate(base + "/phone-code");
    page.getByTestId("make-phone-code").click();
    var code = page.getByTestId("phone-code").textContent();
    page.close();
    var officer = visitor("jmueller").newPage();
    officer.navigate(base + "/revoke-by-phone");
    officer.fill("#who", caller);
    officer.fill("#code", code);
    officer.getByTestId("answer").click();
    officer.waitForURL("**/caller");
    officer.close();
  }

  private static String submitted(Page page) {
    page.locator("html.js").waitFor(); // which makes the key
    page.getByTestId("submit").click();
    page.waitForURL("**/requests/*");
    return page.url().substring(page.url().lastIndexOf('/') + 1);
  }

  private String path(Page page) {
    return page.url().substring(base.length());
  }

  private void stop(String name, String mapping, String address, String login) {
    stops.add(new Stop(name, mapping, base + address, visitor(login)));
  }

  BrowserContext visitor(String login) {
    return visitors.computeIfAbsent(login, this::arrive);
  }

  private BrowserContext arrive(String login) {
    var context = PagesPeerTest.context(browser);
    if (!login.equals(NOBODY)) {
      var page = context.newPage();
      logIn(page, login);
      if (!login.equals("agross")) {
        PagesPeerTest.enterOffice(page, base, login);
      }
      page.close();
    }
    return context;
  }

  void logIn(Page page, String login) {
    page.navigate(base + "/login");
    page.fill("#username", login);
    page.fill("#password", SampleWiring.PASSWORD);
    page.getByTestId("login").click();
    page.getByTestId("visitor").waitFor();
  }

  @Override
  public void close() {
    visitors.values().forEach(BrowserContext::close);
  }
}
