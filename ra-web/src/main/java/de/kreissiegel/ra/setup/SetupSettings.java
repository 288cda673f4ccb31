package de.kreissiegel.ra.setup;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * Where the wizard works.
 *
 * @param data the data directory
 * @param home where the program lies
 * @param listen the address to listen on
 * @param port of HTTPS; 0 for any free one
 */
public record SetupSettings(Path data, Path home, InetAddress listen, int port) {}
