package de.kreissiegel.ra.rest.planted;

/** Planted: a resource, for the page's fixture to know. */
public final class SomeResource {
  public final de.kreissiegel.ra.pages.planted.SomePage wrong = null;
}
