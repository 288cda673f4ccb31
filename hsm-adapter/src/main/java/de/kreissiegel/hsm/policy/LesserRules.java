package de.kreissiegel.hsm.policy;

import de.kreissiegel.hsm.signing.SignedStructure;
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

  /** How many signatures of that kind are allowed. */
  public SignatureRate rate(SignedStructure structure) {
    return switch (structure) {
      case TIME_STAMP -> timeStamps.map(TimeStampRules::rate).orElse(SignatureRate.ANY);
      case CMS_ATTRIBUTES -> cms.map(CmsRules::rate).orElse(SignatureRate.ANY);
      default -> SignatureRate.ANY;
    };
  }
}
