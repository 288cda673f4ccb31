package de.kreissiegel.ra.pages;

/**
 * A state as a page shows it: in words, with a colour and a shape of its own, so that nobody needs
 * the colour.
 *
 * @param tone colour and shape
 * @param key the words, in {@code messages.properties}
 */
public record Mark(Tone tone, String key) {
  /** KERN's four kinds of feedback; their names are its class names. */
  public enum Tone {
    INFO("info"),
    SUCCESS("success"),
    WARNING("warning"),
    DANGER("danger");

    private final String css;

    Tone(String css) {
      this.css = css;
    }

    /** The name in KERN's classes, as in {@code kern-badge--info}. */
    public String css() {
      return css;
    }
  }
}
