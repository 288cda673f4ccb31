package de.kreissiegel.hsm.token.pkcs11;

/** Turns what a native call returns, or throws, into what we can handle. */
final class Calls {
  private Calls() {}

  static void check(String function, long code) throws CkFailure {
    if (code != CkFailure.OK) {
      throw new CkFailure(function, code);
    }
  }

  /** A downcall declares Throwable, but throws only what is a bug. */
  static IllegalStateException bug(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(thrown);
  }
}
