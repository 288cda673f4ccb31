package de.kreissiegel.ca.planted;

/** Planted: SQL has one room. */
public final class SqlInTheHall {
  public final java.sql.Connection wrong = null;
}
