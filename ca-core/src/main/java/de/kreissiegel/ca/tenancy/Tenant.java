package de.kreissiegel.ca.tenancy;

/**
 * An administration of the district.
 *
 * @param id its name for machines
 * @param name its name for people, as {@code Stadt Haßfurt}; becomes the organizationName of its
 *     certificates
 */
public record Tenant(TenantId id, String name) {}
