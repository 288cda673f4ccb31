/**
 * How a "no" or a fault looks outside. In comes what a controller, a filter or the container threw;
 * out goes RFC 9457 problem+json for the API and the view {@code error} for people, both with a
 * stable code, cause, next step and the request's number, which stands in the log beside the cause.
 * No stack trace leaves the house.
 */
@NullMarked
package de.kreissiegel.ra.errors;

import org.jspecify.annotations.NullMarked;
