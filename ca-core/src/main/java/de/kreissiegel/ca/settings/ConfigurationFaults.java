package de.kreissiegel.ca.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is not sound: all of its faults at once, in the order of the files. */
public final class ConfigurationFaults extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigurationFault> faults;

  public ConfigurationFaults(List<ConfigurationFault> faults) {
    super(faults.stream().map(ConfigurationFault::toString).collect(Collectors.joining("\n")));
    this.faults = List.copyOf(faults);
  }

  public List<ConfigurationFault> faults() {
    return faults;
  }
}
