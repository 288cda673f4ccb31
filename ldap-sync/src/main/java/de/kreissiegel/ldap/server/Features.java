package de.kreissiegel.ldap.server;

import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself in its root DSE (RFC 4512 §5.1; for Active Directory MS-ADTS
 * §3.1.1.3.2).
 */
public final class Features {
  /** What {@link Connections} asks for. */
  static final String[] ATTRIBUTES = {
    "supportedControl",
    "supportedCapabilities",
    "namingContexts",
    "defaultNamingContext",
    "vendorName",
    "vendorVersion",
    "structuralObjectClass",
    "dsServiceName",
    "highestCommittedUSN"
  };

  private static final String ACTIVE_DIRECTORY = "1.2.840.113556.1.4.800";
  private final Entry root;

  public Features(Entry root) {
    this.root = root;
  }

  /** Whether it knows a control. */
  public boolean controls(String oid) {
    return values("supportedControl").contains(oid);
  }

  /** Whether it is a domain controller of an Active Directory, or one like it. */
  public boolean isActiveDirectory() {
    return values("supportedCapabilities").contains(ACTIVE_DIRECTORY);
  }

  /** Its maker's name, if it tells. */
  public Optional<String> vendor() {
    if ("OpenLDAProotDSE".equalsIgnoreCase(root.getAttributeValue("structuralObjectClass"))) {
      return Optional.of("OpenLDAP");
    }
    return Optional.ofNullable(root.getAttributeValue("vendorName"));
  }

  /** An attribute of an Active Directory's root DSE that has to be there. */
  public String required(String attribute) throws LDAPException {
    String value = root.getAttributeValue(attribute);
    if (value == null || value.isBlank()) {
      throw new LDAPException(ResultCode.OTHER, "the root DSE shows no " + attribute);
    }
    return value;
  }

  private List<String> values(String attribute) {
    String[] values = root.getAttributeValues(attribute);
    return values == null ? List.of() : Arrays.asList(values);
  }
}
