package de.kreissiegel.ra.pages;

import de.kreissiegel.ra.pages.Mark.Tone;

/**
 * What a page says first, mostly after a redirect: that something was done, or why not.
 *
 * @param tone colour and shape
 * @param title what happened
 * @param text what that means, and the next step
 * @param detail the exact cause, for those who can do something with it; may be empty
 */
public record Notice(Tone tone, String title, String text, String detail) {
  /** The name of the model or flash attribute that the frame shows. */
  public static final String ATTRIBUTE = "notice";
}
