package de.kreissiegel.ca.refusal;

/** Carries a {@link Refusal} to the door that asked. Nothing was changed. */
public final class Refused extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  public Refused(RefusalReason reason, String detail) {
    this(new Refusal(reason, detail));
  }

  public Refused(Refusal refusal) {
    super(refusal.reason() + ": " + refusal.detail(), null, false, false);
    this.refusal = refusal;
  }

  public Refusal refusal() {
    return refusal;
  }

  public RefusalReason reason() {
    return refusal.reason();
  }
}
