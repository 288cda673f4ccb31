/**
 * The REST API under {@code /api/v1}. In comes JSON (camelCase) from a person proved by Basic, out
 * go the desks' answers as JSON, or RFC 9457 problems. It decides nothing: each call is one call of
 * a desk. The records here are the wire forms that OpenAPI describes.
 */
@NullMarked
package de.kreissiegel.ra.rest;

import org.jspecify.annotations.NullMarked;
