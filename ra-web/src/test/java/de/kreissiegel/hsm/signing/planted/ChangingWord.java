package de.kreissiegel.hsm.signing.planted;

/** Planted: words do not change. */
public final class ChangingWord {
  public @org.jspecify.annotations.Nullable String wrong = null;
}
