package de.kreissiegel.ca.letter;

/** Takes letters to their people. */
public interface Courier {
  /**
   * Hands a letter over. It may be the second time: whoever gets it twice knows by its Message-ID.
   *
   * @throws Away if nothing can be sent now, this letter or another
   * @throws NotTaken if this one wasn't taken
   */
  void send(Letter letter) throws Away, NotTaken;

  /** Nothing can be sent now: the server doesn't answer, or there is no key to sign with. */
  final class Away extends Exception {
    private static final long serialVersionUID = 1;

    public Away(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** The server didn't take this letter. */
  final class NotTaken extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean permanent;

    /**
     * @param permanent whether another try is in vain (RFC 5321 §4.2.1: 5yz)
     */
    public NotTaken(String message, boolean permanent) {
      super(message);
      this.permanent = permanent;
    }

    public boolean isPermanent() {
      return permanent;
    }
  }
}
