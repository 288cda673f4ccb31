package de.kreissiegel.ca.registration;

import java.security.SecureRandom;
import java.util.UUID;

/** Links the requests of one order: several certificates that are asked for and decided as one. */
public record OrderId(UUID value) {
  static OrderId random(SecureRandom random) {
    return new OrderId(RequestId.random(random).value());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
