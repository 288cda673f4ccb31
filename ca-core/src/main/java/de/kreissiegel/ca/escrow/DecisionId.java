package de.kreissiegel.ca.escrow;

import java.util.UUID;

/** The name of a tenant's decision on escrow. */
public record DecisionId(UUID value) {
  @Override
  public String toString() {
    return value.toString();
  }
}
