package de.kreissiegel.ra.walkthrough;

import de.kreissiegel.hsm.approval.OfficerKey;
import de.kreissiegel.ra.credentials.DemoRole;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;

/**
 * What every act has at hand.
 *
 * @param narrator tells what is seen
 * @param doors lead to the demo
 * @param anchors what the demo asks to be trusted for
 * @param officer the key with which the officer signs
 * @param clock now
 * @param random for keys and nonces
 */
record Stage(
    Narrator narrator,
    PublicDoors doors,
    Anchors anchors,
    OfficerKey officer,
    Clock clock,
    SecureRandom random) {
  /** The registration desk's door, entered as the person of this role. */
  Desk as(DemoRole role) throws Surprise {
    try {
      return new Desk(doors.as(role));
    } catch (IOException | GeneralSecurityException unreadable) {
      throw new Surprise(
          "a key file of " + role.key() + " that can be read", unreadable.toString());
    }
  }
}
