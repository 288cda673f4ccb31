package de.kreissiegel.ra.ceremony;

/** Somebody who is there ended the ceremony. Nothing of it remains. */
public final class CeremonyAborted extends Exception {
  private static final long serialVersionUID = 1L;

  CeremonyAborted(String sentence) {
    super(sentence);
  }
}
