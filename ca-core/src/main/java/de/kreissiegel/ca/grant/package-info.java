/**
 * Who stands in for a tenant's registration officers: deputies, neighbours, the district. In come
 * proposals, consents and ends; out go the grants in force, which give a person that office for a
 * time. A grant that crosses tenants needs a second person's consent.
 */
package de.kreissiegel.ca.grant;
