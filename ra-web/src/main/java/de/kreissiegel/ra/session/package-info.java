/**
 * Sessions of the pages, kept in the database, so that each node answers each request, and a node
 * that starts again has forgotten nobody. Spring Session finds whose session a request's is, by its
 * cookie; what is kept, and in which form, is ours: no object that decides by itself what is made
 * of it (no Java serialisation), nothing that could be read in the database. In comes {@link
 * de.kreissiegel.ca.login.SessionBook}, out goes a filter.
 */
@NullMarked
package de.kreissiegel.ra.session;

import org.jspecify.annotations.NullMarked;
