package de.kreissiegel.ra.ceremony;

import de.kreissiegel.ca.policyset.PolicyExceptions;
import de.kreissiegel.ca.settings.ConfigurationFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/**
 * The plan's exceptions from the algorithm calendar; with the plan they are part of the record.
 *
 * @param text as it will lie beside the hierarchy; empty if there are none
 */
record ExceptionsPlan(String text, PolicyExceptions exceptions) {
  static ExceptionsPlan read(YamlNode plan) throws CeremonyFailed {
    Object list = plan.members().get("exceptions");
    if (list == null) {
      return new ExceptionsPlan("", PolicyExceptions.NONE);
    }
    String text =
        new Dump(DumpSettings.builder().setDefaultFlowStyle(FlowStyle.BLOCK).build())
            .dumpToString(Map.of("exceptions", list));
    List<ConfigurationFault> faults = new ArrayList<>();
    PolicyExceptions read = PolicyExceptions.read(plan.place(), text, faults);
    if (!faults.isEmpty()) {
      // Its lines are not the plan's.
      throw new CeremonyFailed(
          faults.stream()
              .map(
                  fault ->
                      "%s: %s: %s. %s"
                          .formatted(fault.file(), fault.key(), fault.message(), fault.remedy()))
              .collect(Collectors.joining("\n")));
    }
    return new ExceptionsPlan(text, read);
  }
}
