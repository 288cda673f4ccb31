package de.kreissiegel.ldap.mapping;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import de.kreissiegel.ca.subject.SubjectId;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The attribute that names an entry for ever: {@code entryUUID} (RFC 4530), {@code objectGUID}
 * (MS-ADTS), or another that holds letters, digits and hyphens, as {@code nsUniqueId}.
 *
 * @param attribute its name
 */
public record IdAttribute(String attribute) {
  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
  private static final Pattern OTHER_FORM = Pattern.compile("[0-9a-z][0-9a-z-]{7,63}");

  /** Whether it is the one by which content synchronisation names entries (RFC 4533 §2.2). */
  public boolean isEntryUuid() {
    return attribute.equalsIgnoreCase("entryUUID");
  }

  /** Whether its value is that of an Active Directory, in octets. */
  boolean isGuid() {
    return attribute.equalsIgnoreCase("objectGUID");
  }

  /**
   * An entry's id.
   *
   * @throws LDAPException if it is missing, given twice or malformed: such an entry could be
   *     anybody
   */
  public SubjectId of(Entry entry) throws LDAPException {
    byte[][] values = entry.getAttributeValueByteArrays(attribute);
    if (values == null || values.length != 1) {
      throw wrong(entry, values == null ? "no " + attribute : "more than one " + attribute);
    }
    if (isGuid()) {
      return Guid.text(values[0])
          .map(SubjectId::new)
          .orElseThrow(() -> wrong(entry, "a malformed " + attribute));
    }
    String value = String.valueOf(entry.getAttributeValue(attribute)).toLowerCase(Locale.ROOT);
    Pattern form = isEntryUuid() ? UUID_FORM : OTHER_FORM;
    if (!form.matcher(value).matches()) {
      throw wrong(entry, "a malformed " + attribute);
    }
    return new SubjectId(value);
  }

  /** Finds the entry with an id; an id of another form finds none. */
  public Filter filter(SubjectId id) {
    if (!isGuid()) {
      return Filter.createEqualityFilter(attribute, id.value());
    }
    return Guid.octets(id.value())
        .map(octets -> Filter.createEqualityFilter(attribute, octets))
        .orElseGet(Filter::createORFilter);
  }

  /** The id in the octets that content synchronisation gives (RFC 4533 §2.2). */
  public static SubjectId of(UUID uuid) {
    return new SubjectId(uuid.toString());
  }

  private static LDAPException wrong(Entry entry, String what) {
    return new LDAPException(ResultCode.OTHER, what + " in " + entry.getDN());
  }
}
