/**
 * That nobody holds two offices which exclude each other (BSI TR-03145-1, Role.Req.12). In come
 * people as the directory knows them; out go people whose offices count, and a record of those
 * whose don't.
 */
package de.kreissiegel.ca.roles;
