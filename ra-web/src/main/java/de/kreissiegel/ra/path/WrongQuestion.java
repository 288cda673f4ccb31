package de.kreissiegel.ra.path;

/** What was typed is no question that could be answered; the sentences say what to mend. */
final class WrongQuestion extends Exception {
  private static final long serialVersionUID = 1L;

  private final String german;
  private final String english;

  WrongQuestion(String german, String english) {
    super(english, null, false, false);
    this.german = german;
    this.english = english;
  }

  static WrongQuestion choice(String option, String choices) {
    return new WrongQuestion(
        option + " ist eines von: " + choices + ".", option + " is one of: " + choices + ".");
  }

  /** English if that was asked for, else German. */
  String in(String language) {
    return language.equals("en") ? english : german;
  }
}
