package de.kreissiegel.ra.pages.escrow;

import de.kreissiegel.ca.refusal.RefusalReason;
import de.kreissiegel.ca.refusal.Refused;
import de.kreissiegel.ra.pages.Notice;
import de.kreissiegel.ra.pages.Words;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What a form asks for is done, and the next page says so, or why not. */
final class Steps {
  private Steps() {}

  /** What the person wants. */
  @FunctionalInterface
  interface Step {
    Notice take() throws Refused;
  }

  /**
   * Takes it.
   *
   * @throws Refused NOT_FOUND: then there is no next page
   */
  static String taken(RedirectAttributes next, Words words, String page, Step step) throws Refused {
    try {
      next.addFlashAttribute(Notice.ATTRIBUTE, step.take());
    } catch (Refused refused) {
      if (refused.reason() == RefusalReason.NOT_FOUND) {
        throw refused;
      }
      next.addFlashAttribute(Notice.ATTRIBUTE, words.refused(refused.refusal()));
    }
    return page;
  }
}
