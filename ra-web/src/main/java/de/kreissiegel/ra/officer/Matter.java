package de.kreissiegel.ra.officer;

/** What an officer is asked to sign for, and how the server's REST interface has it. */
enum Matter {
  /** An application for certificates: one statement for each part of an order. */
  REQUEST("requests", "approval-statements", "request", 5),
  /** Escrowed keys that somebody wants: one statement for each key. */
  RECOVERY("recoveries", "release-statements", "release", 60);

  private final String resource;
  private final String statements;
  private final String part;
  private final int mostParts;

  Matter(String resource, String statements, String part, int mostParts) {
    this.resource = resource;
    this.statements = statements;
    this.part = part;
    this.mostParts = mostParts;
  }

  /** The resource's name in the address. */
  String resource() {
    return resource;
  }

  /** Where its statements are. */
  String statements() {
    return statements;
  }

  /** The member that names what a statement is for. */
  String part() {
    return part;
  }

  /** So many statements, and no more. */
  int mostParts() {
    return mostParts;
  }
}
