package de.kreissiegel.ca.path;

/** A file holds no certificates or CRLs that can be read. Nothing was taken from it. */
public final class UnreadableMaterial extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong with it; the message is the English sentence. */
  private final String german;

  UnreadableMaterial(String german, String english) {
    super(english, null, false, false);
    this.german = german;
  }

  /** The sentence in German. */
  public String german() {
    return german;
  }
}
