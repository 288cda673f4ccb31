/**
 * {@code kreissiegel verify-path}: an administrator's question whether a certificate is to be
 * believed. In come files and options, out goes the verdict of {@link
 * de.kreissiegel.ca.path.PathValidation} (RFC 5280 §6), in sentences or as JSON.
 */
@NullMarked
package de.kreissiegel.ra.path;

import org.jspecify.annotations.NullMarked;
