package de.kreissiegel.hsm.client.planted;

/** Planted: the client must not know the token. */
public final class KeyInTheClient {
  public final de.kreissiegel.hsm.token.SoftwareToken wrong = null;
}
