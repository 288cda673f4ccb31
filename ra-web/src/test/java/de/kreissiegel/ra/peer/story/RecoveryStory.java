package de.kreissiegel.ra.peer.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import de.kreissiegel.ra.peer.PeerSession;
import java.nio.file.Path;

/** A key is left in escrow, and its holder gets it back by two officers. */
final class RecoveryStory {
  private static final String REASON = "Neuer Rechner, die Datei ist weg";

  private final Visitors visitors;
  private final PeerSession chromium;
  private final Page holder;
  private final Page officer;
  private final Page second;
  private String recovery = "";

  /**
   * @param officer has a key file in the browser
   * @param second approves by a passkey
   */
  RecoveryStory(Visitors visitors, PeerSession chromium, Page holder, Page officer, Page second) {
    this.visitors = visitors;
    this.chromium = chromium;
    this.holder = holder;
    this.officer = officer;
    this.second = second;
  }

  /** One proposes that keys of mail are kept, and the other one consents. */
  void isDecided() {
    visitors.visit(holder, "/");
    holder.getByTestId("apply-smime").first().click();
    chromium.sees(
        "that nothing is kept before", () -> assertThat(copyIsKept(holder).count()).isZero());

    visitors.visit(officer, "/escrow/new");
    officer.check("#kind-smime");
    officer.fill("#reason", "Beschluss des Stadtrats");
    officer.getByTestId("propose").click();
    officer.getByTestId("notice").waitFor();
    chromium.sees(
        "that nobody consents to their own",
        () -> assertThat(officer.getByTestId("consent").count()).isZero());
    visitors.visit(second, "/escrow");
    visitors.look(second, "escrow-proposed");
    second.getByTestId("consent").click();
    second.getByTestId("notice").waitFor();
  }

  /** The holder's browser makes key and copy. */
  void isAppliedFor() {
    visitors.visit(holder, "/");
    holder.getByTestId("apply-smime").first().click();
    chromium.sees("that a copy is kept", () -> assertThat(copyIsKept(holder).count()).isOne());
    holder.getByTestId("accept-terms").all().forEach(Locator::check);
    visitors.look(holder, "apply-escrow");
    holder.getByTestId("submit").click();
    holder.waitForURL("**/requests/*");
  }

  /** The certificate is what others know of it, as {@code smime.pem}. */
  void isApproved(Path keyFile, String keyPassword, Path folder) {
    visitors.visit(officer, "/inbox/" + holder.url().substring(holder.url().lastIndexOf('/') + 1));
    Story.takesKeyIn(officer, keyFile, keyPassword);
    officer.getByTestId("key-here").waitFor();
    officer.getByTestId("approve").click();
    officer.getByTestId("notice").waitFor();
    Locator certificate = Story.untilThere(holder, "download-pem");
    holder.waitForDownload(certificate::click).saveAs(folder.resolve("smime.pem"));
  }

  /** The holder wants it back and says why. */
  void isAskedFor() {
    visitors.visit(holder, "/keys");
    holder.getByTestId("own-copies").locator("summary").click();
    holder.fill("#reason-0", REASON);
    holder.getByTestId("request").click();
    holder.getByTestId("own-recoveries").waitFor();
    visitors.look(holder, "keys-asked-for");
    visitors.visit(officer, "/escrow");
    officer.getByTestId("open-recoveries").locator("a").click();
    officer.getByTestId("statement").waitFor();
    recovery = officer.url().substring(officer.url().indexOf("/escrow/"));
  }

  /** One signs by the key in the browser, the other one by a passkey; before, there is no file. */
  void isSignedByTwo() {
    officer.getByTestId("statement").locator("summary").click();
    chromium.sees(
        "what is signed, in words",
        () -> assertThat(officer.getByTestId("statement").textContent()).contains(REASON));
    officer.getByTestId("key-here").waitFor();
    visitors.look(officer, "recovery-to-sign");
    officer.getByTestId("approve").click();
    officer.getByTestId("notice").waitFor();
    chromium.sees(
        "that one is not enough, and doesn't sign twice",
        () -> {
          assertThat(officer.getByTestId("release").count()).isZero();
          assertThat(officer.getByTestId("approve").count()).isZero();
        });
    visitors.visit(second, recovery);
    second.getByTestId("security-key-here").waitFor();
    visitors.look(second, "recovery-by-passkey");
    second.getByTestId("approve").click();
    second.getByTestId("notice").waitFor();
  }

  /**
   * An officer has the file made.
   *
   * @return its password, which that page alone shows
   */
  String isMade() {
    visitors.visit(officer, recovery);
    officer.getByTestId("release").click();
    String password = officer.getByTestId("password").textContent().strip();
    visitors.look(officer, "recovery-made");
    visitors.visit(officer, recovery);
    chromium.sees("it once", () -> assertThat(officer.getByTestId("password").count()).isZero());
    return password;
  }

  /** The holder fetches the file as {@code keys.p12}, and finds it gone the second time. */
  void isFetched(Path folder) {
    visitors.visit(holder, "/keys");
    holder.getByTestId("fetch").click();
    String file = holder.url().substring(holder.url().indexOf("/keys/"));
    visitors.look(holder, "keys-file");
    holder.waitForDownload(holder.getByTestId("collect")::click).saveAs(folder.resolve("keys.p12"));
    visitors.findsNothing(holder, file);
  }

  private static Locator copyIsKept(Page page) {
    return page.getByTestId("escrow");
  }
}
