package de.kreissiegel.ra.peer;

import com.microsoft.playwright.Page;
import java.nio.file.Path;

/** Pictures of pages for people to look at; in CI nobody does, and each takes a second. */
public final class Pictures {
  private static final boolean ARE_TAKEN = System.getenv("CI") == null;

  private Pictures() {}

  /** Takes one of the whole page. */
  public static void take(Page page, Path file) {
    if (ARE_TAKEN) {
      page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(file));
    }
  }

  /** By how many pixels the page can be scrolled sideways; none if it fits. */
  public static int overflow(Page page) {
    return (int)
        page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
  }
}
