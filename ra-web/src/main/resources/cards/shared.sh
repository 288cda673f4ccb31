stop() {
  printf '%s\n' "$1" >&2
  exit 1
}

# A label as it is, from its form in a PKCS#11 URI (RFC 7512): octets that are escaped by %.
decoded() {
  LC_ALL=C awk '{
    digits = "0123456789abcdef"
    text = ""
    while (match($0, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
      octet = tolower(substr($0, RSTART + 1, 2))
      text = text substr($0, 1, RSTART - 1) \
        sprintf("%c", 16 * (index(digits, substr(octet, 1, 1)) - 1) + index(digits, substr(octet, 2, 1)) - 1)
      $0 = substr($0, RSTART + 3)
    }
    print text $0
  }'
}

for tool in pkcs11-tool p11tool certtool; do
  command -v "$tool" >/dev/null 2>&1 || stop @{words.tools}" ($tool)"
done

module=${PKCS11_MODULE:-}
if [ -z "$module" ]; then
  for place in /usr/lib/*/opensc-pkcs11.so /usr/lib64/opensc-pkcs11.so /usr/lib/opensc-pkcs11.so \
    /Library/OpenSC/lib/opensc-pkcs11.so /opt/homebrew/lib/opensc-pkcs11.so /usr/local/lib/opensc-pkcs11.so; do
    if [ -f "$place" ]; then
      module=$place
      break
    fi
  done
  printf '%s\n[%s] ' @{words.module} "$module"
  read -r typed
  [ -z "$typed" ] || module=$typed
fi
[ -f "$module" ] || stop @{words.no-module}
