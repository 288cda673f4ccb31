package de.kreissiegel.ra.pages;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * To whom people report a barrier (BITV 2.0 §7 (2) no. 3), by {@code kreissiegel.accessibility}.
 *
 * @param mail address; may be empty
 * @param phone number as people write it; may be empty
 * @param enforcement name and address of the body that settles disputes; may be empty
 */
@Component
public record AccessibilityContact(
    @Value("${kreissiegel.accessibility.mail:}") String mail,
    @Value("${kreissiegel.accessibility.phone:}") String phone,
    @Value("${kreissiegel.accessibility.enforcement:}") String enforcement) {
  /** Whether there is anybody to turn to. */
  public boolean isGiven() {
    return !mail.isEmpty() || !phone.isEmpty();
  }
}
