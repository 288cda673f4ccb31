package de.kreissiegel.ca.settings;

/**
 * Something wrong in a file of the configuration.
 *
 * @param file the file's name
 * @param line counted from 1; 0 if it is about the file as a whole
 * @param key which setting, as {@code title.de}; may be empty
 * @param message what is wrong
 * @param remedy what to do
 */
public record ConfigurationFault(String file, int line, String key, String message, String remedy) {
  @Override
  public String toString() {
    return file
        + (line > 0 ? ":" + line : "")
        + (key.isEmpty() ? "" : ": " + key)
        + ": "
        + message
        + ". "
        + remedy;
  }
}
