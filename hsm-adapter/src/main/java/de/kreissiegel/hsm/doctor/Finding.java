package de.kreissiegel.hsm.doctor;

/**
 * Something that isn't as it should be.
 *
 * @param sentence what is the matter
 * @param remedy what to do about it
 */
public record Finding(Severity severity, String sentence, String remedy) {
  static Finding error(String sentence, String remedy) {
    return new Finding(Severity.ERROR, sentence, remedy);
  }

  static Finding warning(String sentence, String remedy) {
    return new Finding(Severity.WARNING, sentence, remedy);
  }

  /** How bad it is. */
  public enum Severity {
    /** It works, and could be better. */
    WARNING,
    /** Something doesn't work, or isn't safe. */
    ERROR
  }
}
