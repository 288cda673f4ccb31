package de.kreissiegel.ca.subject;

/**
 * The account of a person or a device in an Active Directory.
 *
 * @param principalName as {@code anna.amsel@hassfurt.example} (userPrincipalName)
 * @param securityIdentifier as {@code S-1-5-21-…} (objectSid), by which a domain controller knows
 *     whose certificate it is (KB5014754)
 */
public record WindowsAccount(String principalName, String securityIdentifier) {}
