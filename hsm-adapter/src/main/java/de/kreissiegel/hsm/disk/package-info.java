/**
 * Files that are whole or not there. In come octets and a path, out goes a file that survives a
 * power cut under its final name, readable by its owner only.
 */
package de.kreissiegel.hsm.disk;
