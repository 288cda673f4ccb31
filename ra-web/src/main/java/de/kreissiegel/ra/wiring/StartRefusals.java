package de.kreissiegel.ra.wiring;

import de.kreissiegel.ca.settings.ConfigurationFaults;
import de.kreissiegel.ca.settings.SettingsUnsigned;
import de.kreissiegel.ca.status.ListsMissing;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A start that is refused by a rule of ours is told in that rule's sentence, which the launcher
 * prints; where in the program it was found helps nobody. Everything else keeps its trace.
 */
public final class StartRefusals implements SpringBootExceptionReporter {
  /**
   * For a start.
   *
   * @param context of it; Spring Boot hands it to each reporter
   */
  public StartRefusals(ConfigurableApplicationContext context) {}

  @Override
  public boolean reportException(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConfigurationFaults
          || cause instanceof SettingsUnsigned
          || cause instanceof ListsMissing) {
        return true;
      }
    }
    return false;
  }
}
