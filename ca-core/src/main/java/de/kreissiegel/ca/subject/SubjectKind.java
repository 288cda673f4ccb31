package de.kreissiegel.ca.subject;

/** The kinds of holder that the Verwaltungs-PKI knows (its naming rules v1.3), and the phone. */
public enum SubjectKind {
  PERSON,
  /** A mailbox or group; its common name starts with {@code GRP:}. */
  FUNCTION,
  /** A laptop or a phone. */
  DEVICE,
  /** A VPN gateway, a mail server, a web server. */
  SERVICE
}
