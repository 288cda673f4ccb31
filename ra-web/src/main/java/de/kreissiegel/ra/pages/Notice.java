package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.pages.Mark.Tone;

/**
 * What a page says first, mostly after a redirect: that something was done, or why not.
 *
 * @param tone colour and shape
 * @param title what happened
 * @param text what that means, and the next step
 * @param detail the exact cause, for those who can do something with it; may be empty
 * @param code which refusal; empty where nothing was refused
 * @param correlation the number of the request that was refused, which the log has, too; may be
 *     empty
 */
public record Notice(
    Tone tone, String title, String text, String detail, String code, String correlation) {
  /** The name of the model or flash attribute that the frame shows. */
  public static final String ATTRIBUTE = "notice";

  /** Of something that was done. */
  public Notice(Tone tone, String title, String text, String detail) {
    this(tone, title, text, detail, "", "");
  }

  /** The same refusal in the words of a page that knows more of it. */
  public Notice inWords(String title, String text) {
    return new Notice(tone, title, text, "", code, correlation);
  }
}
