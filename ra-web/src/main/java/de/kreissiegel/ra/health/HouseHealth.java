package de.kreissiegel.ra.health;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.boot.health.contributor.Status;

/** What {@code /actuator/health} answers, for pages. */
public final class HouseHealth implements HouseState {
  private final HealthEndpoint endpoint;

  public HouseHealth(HealthEndpoint endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public List<Part> parts() {
    Map<String, HealthDescriptor> components =
        endpoint.health() instanceof CompositeHealthDescriptor all && all.getComponents() != null
            ? all.getComponents()
            : Map.of();
    return new TreeMap<>(components)
        .entrySet().stream().map(one -> part(one.getKey(), one.getValue())).toList();
  }

  private static Part part(String name, HealthDescriptor component) {
    var details = new TreeMap<String, String>();
    if (component instanceof IndicatedHealthDescriptor indicated
        && indicated.getDetails() != null) {
      indicated.getDetails().forEach((key, value) -> details.put(key, String.valueOf(value)));
    }
    return new Part(name, well(component.getStatus()), details);
  }

  private static Well well(Status status) {
    if (status.equals(Status.UP)) {
      return Well.GOOD;
    }
    return status.equals(Status.DOWN) ? Well.BAD : Well.ATTENTION;
  }
}
