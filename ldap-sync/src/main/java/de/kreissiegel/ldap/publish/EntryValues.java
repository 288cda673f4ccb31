package de.kreissiegel.ldap.publish;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import de.kreissiegel.ca.publication.ValueChange;
import de.kreissiegel.ca.publication.ValueChange.Form;
import de.kreissiegel.hsm.signing.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an entry holds, and what has to change so that it holds what it shall. Values are kept by
 * the attribute descriptions under which they stand: {@code userCertificate;binary} (RFC 4522) or,
 * where the server leaves the option out, {@code userCertificate}.
 */
final class EntryValues {
  private static final String CERTIFICATE = "userCertificate";
  private static final String MESSAGE = "userSMIMECertificate";
  private static final String BINARY = ";binary";

  /** All that is asked for. */
  static final List<String> ATTRIBUTES =
      List.of(CERTIFICATE, CERTIFICATE + BINARY, MESSAGE, MESSAGE + BINARY);

  /** Classes that have a place for messages: RFC 2798's, and Active Directory's. */
  private static final List<String> TAKE_MESSAGES = List.of("inetOrgPerson", "user", "group");

  private final Map<String, Set<Bytes>> there = new LinkedHashMap<>();
  private final Map<String, Set<Bytes>> wanted = new LinkedHashMap<>();

  /**
   * @param plain the forms whose attribute this server wants without the option
   */
  EntryValues(Entry entry, List<ValueChange> changes, Set<Form> plain) {
    for (Form form : Form.values()) {
      for (Attribute attribute : entry.getAttributesWithOptions(name(form), null)) {
        there.put(attribute.getName(), values(attribute));
        wanted.put(attribute.getName(), values(attribute));
      }
    }
    for (ValueChange change : changes) {
      apply(change, plain);
    }
    if (TAKE_MESSAGES.stream().noneMatch(entry::hasObjectClass)) {
      wanted.keySet().removeIf(name -> isOfMessages(name) && !there.containsKey(name));
    }
  }

  private static Set<Bytes> values(Attribute attribute) {
    var values = new LinkedHashSet<Bytes>();
    for (byte[] value : attribute.getValueByteArrays()) {
      values.add(Bytes.of(value));
    }
    return values;
  }

  private void apply(ValueChange change, Set<Form> plain) {
    String name = name(change.form());
    boolean stands = false;
    for (Map.Entry<String, Set<Bytes>> attribute : wanted.entrySet()) {
      if (Attribute.getBaseName(attribute.getKey()).equalsIgnoreCase(name)) {
        Set<Bytes> values = attribute.getValue();
        values.removeIf(
            value -> change.isAbout(value) && !(change.present() && value.equals(change.value())));
        stands |= values.contains(change.value());
      }
    }
    if (change.present() && !stands) {
      String description = plain.contains(change.form()) ? name : name + BINARY;
      wanted.computeIfAbsent(description, _ -> new LinkedHashSet<>()).add(change.value());
    }
  }

  private static String name(Form form) {
    return switch (form) {
      case CERTIFICATE -> CERTIFICATE;
      case SMIME_MESSAGE -> MESSAGE;
    };
  }

  private static boolean isOfMessages(String description) {
    return Attribute.getBaseName(description).equalsIgnoreCase(MESSAGE);
  }

  /** Whether there is nothing to do. */
  boolean areThere() {
    return oneByOne().isEmpty();
  }

  boolean changesMessages() {
    return oneByOne().stream().anyMatch(change -> isOfMessages(change.getAttributeName()));
  }

  /** Each value added or taken away by itself. */
  List<Modification> oneByOne() {
    List<Modification> all = new ArrayList<>();
    wanted.keySet().forEach(description -> all.addAll(changes(description)));
    return all;
  }

  /** The same, but messages replaced by those that were there, with ours changed. */
  List<Modification> messagesReplaced() {
    List<Modification> all = new ArrayList<>();
    for (Map.Entry<String, Set<Bytes>> attribute : wanted.entrySet()) {
      List<Modification> changes = changes(attribute.getKey());
      if (isOfMessages(attribute.getKey()) && !changes.isEmpty()) {
        all.add(modification(ModificationType.REPLACE, attribute.getKey(), attribute.getValue()));
      } else {
        all.addAll(changes);
      }
    }
    return all;
  }

  /** Adds the class that lets any entry hold certificates. */
  static Modification pkiUser() {
    return new Modification(ModificationType.ADD, "objectClass", "pkiUser");
  }

  private List<Modification> changes(String description) {
    Set<Bytes> had = there.getOrDefault(description, Set.of());
    Set<Bytes> has = wanted.getOrDefault(description, Set.of());
    List<Modification> changes = new ArrayList<>();
    Set<Bytes> less = without(had, has);
    if (!less.isEmpty()) {
      changes.add(modification(ModificationType.DELETE, description, less));
    }
    Set<Bytes> more = without(has, had);
    if (!more.isEmpty()) {
      changes.add(modification(ModificationType.ADD, description, more));
    }
    return changes;
  }

  private static Modification modification(
      ModificationType type, String description, Collection<Bytes> values) {
    return new Modification(
        type, description, values.stream().map(Bytes::toArray).toArray(byte[][]::new));
  }

  private static Set<Bytes> without(Set<Bytes> these, Set<Bytes> others) {
    var rest = new LinkedHashSet<Bytes>(these);
    rest.removeAll(others);
    return rest;
  }
}
