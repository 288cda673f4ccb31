package de.kreissiegel.ca.lint;

/** The kinds of holder that the Verwaltungs-PKI knows (naming rules v1.3). */
public enum HolderKind {
  PERSON,
  /** A function or group; its common name begins with {@code GRP:}. */
  GROUP,
  /** A person under another name; the common name begins with {@code PN:}. */
  PSEUDONYM,
  /** An automated process: a device, a server, a service. */
  PROCESS
}
