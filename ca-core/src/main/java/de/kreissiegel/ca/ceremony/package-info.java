/**
 * Making a hierarchy: a root that signs itself, issuing authorities under it, the root's CRL. In
 * comes a {@link de.kreissiegel.ca.ceremony.HierarchyPlan} and a vault whose root key is active;
 * out go files that {@link de.kreissiegel.ca.authority.AuthorityFiles} reads. After that the root's
 * key is locked until the next ceremony.
 */
package de.kreissiegel.ca.ceremony;
