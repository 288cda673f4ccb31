package de.kreissiegel.hsm.policy;

import java.util.Optional;

/**
 * What a key may do beside certificates and what goes with them.
 *
 * @param requests certification requests to an external superior
 * @param timeStamps time-stamps
 * @param cms signed attributes of CMS messages
 * @param release what it decrypts; such a key signs nothing
 */
public record LesserRules(
    Optional<RequestRules> requests,
    Optional<TimeStampRules> timeStamps,
    Optional<CmsRules> cms,
    Optional<ReleaseRules> release) {
  /** Nothing of all this. */
  public static final LesserRules NONE =
      new LesserRules(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}
