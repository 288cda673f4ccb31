/**
 * Certificate profiles: what a kind of certificate looks like, who may have it and how it is
 * approved. Read from YAML, believed only after validation; a fault names file, line and remedy.
 */
package de.kreissiegel.ca.profile;
