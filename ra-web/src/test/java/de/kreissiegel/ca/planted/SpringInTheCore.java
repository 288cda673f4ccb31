package de.kreissiegel.ca.planted;

/** Planted: the core must not know Spring. */
public final class SpringInTheCore {
  public final org.springframework.core.env.Environment wrong = null;
}
