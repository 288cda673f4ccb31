package de.kreissiegel.ra.rest.planted;

/** Planted: a door must not reach for the database. */
public final class StorageAtTheDoor {
  public final de.kreissiegel.ca.storage.Database wrong = null;
}
