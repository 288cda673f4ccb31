package de.kreissiegel.ca.review;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The risks that are looked for, those that weigh most first. Each is a rule of its own: what it
 * needs stands in the {@link Situation}, and its values are what its sentence names.
 */
public enum Risk {
  /** The directory has the subject no more. */
  SUBJECT_GONE(RiskRules::gone),
  /** The directory has the subject disabled. */
  SUBJECT_DISABLED(RiskRules::disabled),
  /** The subject has left or was moved, and the change waits to take effect. */
  SUBJECT_LEAVING(RiskRules::leaving),
  /** The subject is absent for long: who applies? */
  SUBJECT_AWAY(RiskRules::away),
  /** A certificate of this kind was revoked because its key was in wrong hands. {0}: days ago. */
  AFTER_COMPROMISE(RiskRules::afterCompromise),
  /** The directory's names aren't any more what was asked for. */
  NAMES_CHANGED(RiskRules::namesChanged),
  /** The CSR wishes for names. {0}: which. */
  NAMES_WISHED(RiskRules::wishes),
  /** No certificate of this tenant has a mail address of this domain. {0}: the domain. */
  NEW_MAIL_DOMAIN(RiskRules::newMailDomain),
  /** {0}: how many of this kind in thirty days, this one included; from the third on. */
  MANY_OF_THIS_KIND(RiskRules::many),
  /** The subject was new some days ago. {0}: days. */
  JUST_JOINED(RiskRules::justJoined),
  /** Somebody asks for somebody or something else. {0}: who. */
  FOR_ANOTHER(RiskRules::forAnother),
  /** An application of this kind was refused lately. {0}: days ago, {1}: the reason. */
  REFUSED_LATELY(RiskRules::refusedLately),
  /** It was asked for at night or on a day when nobody works. */
  OUT_OF_HOURS(RiskRules::outOfHours);

  private final Function<Situation, Optional<List<String>>> rule;

  Risk(Function<Situation, Optional<List<String>>> rule) {
    this.rule = rule;
  }

  /** Whether it is there. */
  Optional<RiskHint> look(Situation situation) {
    return rule.apply(situation).map(values -> new RiskHint(this, values));
  }
}
