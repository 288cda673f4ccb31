/**
 * Files on their way from a desk to a phone. The browser at the desk leaves a file here that it has
 * encrypted; the key goes by the QR code's fragment, which no browser sends to a server, and a
 * short code by the person's eyes and fingers. The phone shows that code and gets the octets, once,
 * within ten minutes. Whoever has all of this room, disk and backups included, has no file.
 */
package de.kreissiegel.ca.handover;
