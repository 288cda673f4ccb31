/**
 * Who stands in for a tenant's registration officers (deputies, neighbours, the district), and
 * which revisor reads the affairs of a tenant that the directory doesn't give them. In come
 * proposals, consents and ends; out go the grants in force, which give a person that office, or
 * that look, for a time. A grant that crosses tenants needs a second person's consent.
 */
package de.kreissiegel.ca.grant;
