package de.kreissiegel.ca.transaction;

/** A transaction under way. Only the storage knows what is behind it. */
public interface Transaction {}
