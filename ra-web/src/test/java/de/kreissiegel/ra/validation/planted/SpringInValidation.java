package de.kreissiegel.ra.validation.planted;

/** Planted: a validation node starts without Spring. */
public final class SpringInValidation {
  public final org.springframework.context.ApplicationContext wrong = null;
}
