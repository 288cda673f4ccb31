package de.kreissiegel.ra.pages.planted;

/** Planted: a page, for the API's fixture to know. */
public final class SomePage {
  public final de.kreissiegel.ra.rest.planted.SomeResource wrong = null;
}
