package de.kreissiegel.ca.takeover;

import de.kreissiegel.ca.tenancy.TenantId;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a foreign certificate is.
 *
 * @param bySerial of certificates that somebody has assigned
 * @param byDomain by the domain of a mail address or host, or one above it; the longest counts
 * @param others whose the rest is: the district's
 */
public record TenantRules(
    Map<BigInteger, TenantId> bySerial, Map<String, TenantId> byDomain, TenantId others) {
  /** Domains are compared in lower case. */
  public TenantRules {
    bySerial = Map.copyOf(bySerial);
    var lower = new HashMap<String, TenantId>();
    byDomain.forEach((domain, tenant) -> lower.put(domain.toLowerCase(Locale.ROOT), tenant));
    byDomain = Map.copyOf(lower);
  }

  /**
   * Reads lines of {@code serial,tenant}: the serial number in hexadecimal, with or without colons.
   *
   * @throws IllegalArgumentException naming the line that is none
   */
  public static Map<BigInteger, TenantId> bySerial(List<String> lines) {
    var read = new HashMap<BigInteger, TenantId>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean heading = i == 0 && line.toLowerCase(Locale.ROOT).startsWith("serial");
      if (line.isEmpty() || heading) {
        continue;
      }
      String[] fields = line.split("[,;\t]", -1);
      try {
        read.put(
            new BigInteger(fields[0].strip().replace(":", ""), 16),
            new TenantId(fields[1].strip()));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException notOne) {
        throw new IllegalArgumentException(
            "line %d is none of serial,tenant".formatted(i + 1), notOne);
      }
    }
    return read;
  }

  /** Whose a certificate is; empty if no rule says so. */
  Optional<TenantId> of(BigInteger serial, List<String> names) {
    TenantId assigned = bySerial.get(serial);
    return assigned != null
        ? Optional.of(assigned)
        : names.stream().map(this::ofName).flatMap(Optional::stream).findFirst();
  }

  private Optional<TenantId> ofName(String name) {
    String value = name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
    String domain = value.substring(value.lastIndexOf('@') + 1);
    while (!domain.isEmpty()) {
      TenantId found = byDomain.get(domain);
      if (found != null) {
        return Optional.of(found);
      }
      int dot = domain.indexOf('.');
      domain = dot < 0 ? "" : domain.substring(dot + 1);
    }
    return Optional.empty();
  }
}
