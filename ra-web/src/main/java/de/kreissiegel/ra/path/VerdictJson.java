package de.kreissiegel.ra.path;

import de.kreissiegel.ca.path.PathCertificate;
import de.kreissiegel.ca.path.PathFault;
import de.kreissiegel.ca.path.PathQuestion;
import de.kreissiegel.ca.path.PathVerdict;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A verdict for programs: one JSON object. */
final class VerdictJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private VerdictJson() {}

  static String of(PathQuestion question, PathVerdict verdict) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("valid", verdict instanceof PathVerdict.Valid);
    json.put("time", question.time().toString());
    json.put("policySet", question.options().policySet().configName());
    ArrayNode path = json.putArray("path");
    for (PathCertificate one : verdict.path()) {
      path.addObject().put("subject", one.subject()).put("serial", one.serial());
    }
    switch (verdict) {
      case PathVerdict.Valid good -> {
        ArrayNode policies = json.putArray("policies");
        good.policies().forEach(policies::add);
        json.put("statusChecked", good.statusChecked());
        faults(json.putArray("advice"), good.advice());
      }
      case PathVerdict.Invalid bad -> faults(json.putArray("faults"), bad.faults());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  private static void faults(ArrayNode array, List<PathFault> faults) {
    for (PathFault fault : faults) {
      ObjectNode one = array.addObject().put("id", fault.id()).put("clause", fault.clause());
      fault.position().ifPresent(position -> one.put("position", position));
      one.put("german", fault.german()).put("english", fault.english());
    }
  }
}
