// Each format's own way to write a value so that it stays a value. Names come from a directory and from settings:
// whatever stands in them must not become markup, a command or another line.

/** Control characters have no place in a value of any format. */
export function plain(value: string): string {
  return value.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, ' ').replace(/\p{Surrogate}/gu, '\ufffd');
}

/** Text of an XML 1.0 element. */
export function xml(value: string): string {
  return plain(value)
    .replace(/[\ufffe\uffff]/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** A value of a GLib keyfile: `\` is its escape, a blank in front or behind would be cut off. */
export function keyfile(value: string): string {
  return plain(value).replaceAll('\\', '\\\\').replace(/^ /, '\\s').replace(/ $/, '\\s');
}

/** One element of a keyfile's list; NetworkManager's VPN plugin parts it at semicolons itself. */
export function keyfileItem(value: string): string {
  return keyfile(value).replaceAll(';', ' ');
}

/** A string of PowerShell in single quotes, in which only quotes count; typographic ones do, too. */
export function powershell(value: string): string {
  return `'${plain(value).replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`;
}

/** A string of strongSwan's settings in double quotes. */
export function swan(value: string): string {
  return `"${plain(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A parameter of OpenVPN in double quotes. */
export function openvpn(value: string): string {
  return `"${plain(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** A comment of one line, where nothing is escaped. */
export function comment(value: string): string {
  return plain(value);
}
