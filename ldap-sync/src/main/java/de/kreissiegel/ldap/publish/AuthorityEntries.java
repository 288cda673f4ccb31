package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldap.sdk.ModifyRequest;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.publication.EntryRefused;
import de.kreissiegel.ca.publication.Posting;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Entries of authorities and of their partitions, below one that somebody else made. What they hold
 * of ours is replaced by a single modification; to what is shared with others it is only added.
 */
final class AuthorityEntries {
  private static final int ATTEMPTS = 3;
  private static final byte[] PLACEHOLDER = {0};

  private final Entries entries;
  private final ServerKind server;
  private final String base;

  AuthorityEntries(Entries entries, ServerKind server, String base) {
    this.entries = entries;
    this.server = server;
    this.base = base;
  }

  void write(Posting posting) throws LDAPException, EntryRefused {
    Place place =
        server.isActiveDirectory() ? Place.windows(posting, base) : Place.standard(posting, base);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<Entry> entry = entries.at(place.dn().toString(), read(place));
      try {
        if (entry.isEmpty() && !posting.values().isEmpty()) {
          entries.add(made(place, posting));
        } else if (entry.isPresent()) {
          change(entry.get(), place, posting);
        }
        return;
      } catch (LDAPException answer) {
        ResultCode code = answer.getResultCode();
        boolean changed =
            code.equals(ResultCode.ENTRY_ALREADY_EXISTS)
                || code.equals(ResultCode.ATTRIBUTE_OR_VALUE_EXISTS)
                || code.equals(ResultCode.NO_SUCH_OBJECT) && entry.isPresent();
        if (!changed) {
          throw explained(place, entry.isPresent(), answer);
        }
      }
    }
    throw new EntryRefused("the entry " + place.dn() + " changes all the time");
  }

  private static String[] read(Place place) {
    List<String> all = new ArrayList<>(place.attributes());
    all.add("objectClass");
    return all.toArray(String[]::new);
  }

  private static Entry made(Place place, Posting posting) {
    var entry = new Entry(place.dn());
    entry.addAttribute("objectClass", place.classes());
    entry.addAttribute("cn", place.dn().getRDN().getAttributeValues()[0]);
    place.placeholders().forEach(name -> entry.addAttribute(name, PLACEHOLDER));
    for (String name : place.attributes()) {
      entry.addAttribute(name, octets(posting.values()));
    }
    return entry;
  }

  private void change(Entry entry, Place place, Posting posting) throws LDAPException {
    Set<Bytes> wanted = new LinkedHashSet<>(posting.values());
    List<Modification> changes = new ArrayList<>();
    for (String name : place.attributes()) {
      Set<Bytes> there = values(entry, Attribute.getBaseName(name));
      if (place.shared()) {
        List<Bytes> missing = wanted.stream().filter(value -> !there.contains(value)).toList();
        if (!missing.isEmpty()) {
          changes.add(new Modification(ModificationType.ADD, name, octets(missing)));
        }
      } else if (!there.equals(wanted)) {
        changes.add(new Modification(ModificationType.REPLACE, name, octets(posting.values())));
      }
    }
    if (changes.isEmpty()) {
      return;
    }
    if (!holds(entry, place)) {
      changes.addFirst(new Modification(ModificationType.ADD, "objectClass", place.holdingClass()));
    }
    entries.modify(new ModifyRequest(entry.getDN(), changes));
  }

  /** Whether its classes have room for it. */
  private static boolean holds(Entry entry, Place place) {
    return entry.hasObjectClass(place.holdingClass())
        || place.holdingClass().equals("deltaCRL") && entry.hasObjectClass("cRLDistributionPoint")
        || place.classes().stream().noneMatch("pkiCA"::equals);
  }

  private static Set<Bytes> values(Entry entry, String name) {
    var values = new LinkedHashSet<Bytes>();
    for (Attribute attribute : entry.getAttributesWithOptions(name, null)) {
      for (byte[] value : attribute.getValueByteArrays()) {
        values.add(Bytes.of(value));
      }
    }
    return values;
  }

  private static byte[][] octets(List<Bytes> values) {
    return values.stream().map(Bytes::toArray).toArray(byte[][]::new);
  }

  private LDAPException explained(Place place, boolean wasThere, LDAPException answer) {
    ResultCode code = answer.getResultCode();
    String hint = "";
    if (code.equals(ResultCode.NO_SUCH_OBJECT)) {
      hint = "; make the entry " + place.dn().getParentString() + " first";
    } else if (code.equals(ResultCode.INSUFFICIENT_ACCESS_RIGHTS)) {
      hint =
          wasThere
              ? "; let the account write what it tells there"
              : "; make it, or let the account add entries below " + base;
    }
    return new LDAPException(code, place.dn() + ": " + answer.getMessage() + hint, answer);
  }
}
