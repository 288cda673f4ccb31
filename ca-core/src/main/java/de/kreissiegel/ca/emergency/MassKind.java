package de.kreissiegel.ca.emergency;

import java.util.List;

/** Why all certificates of an authority come to their end. */
public enum MassKind {
  /** A next key is there; what it has replaced is revoked afterwards. */
  PLANNED(List.of(MassStep.ASK, MassStep.TELL, MassStep.REVOKE)),
  /** The key is, or may be, in others' hands: stop, revoke, then the rest. */
  EMERGENCY(List.of(MassStep.REVOKE, MassStep.ASK, MassStep.TELL));

  private final List<MassStep> steps;

  MassKind(List<MassStep> steps) {
    this.steps = steps;
  }

  /** What is done, in order. */
  public List<MassStep> steps() {
    return steps;
  }
}
