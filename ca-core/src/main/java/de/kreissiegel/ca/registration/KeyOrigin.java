package de.kreissiegel.ca.registration;

/**
 * Where an application's key was made. Of all but {@link #SERVER} it is the applicant's word: a
 * request proves that its sender holds the key, not in what it lies.
 */
public enum KeyOrigin {
  /** In the applicant's browser. */
  BROWSER,
  /** By a program of theirs; they brought its request. */
  FILE,
  /** On a smart card or token, by the file that our page gave them. */
  TOKEN,
  /** By ours, under escrow. */
  SERVER
}
