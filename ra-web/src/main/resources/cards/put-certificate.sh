#!/bin/sh
# Kreissiegel: puts a certificate and those above it onto the smart card or token that has its key.
# Uses OpenSC (pkcs11-tool) and GnuTLS (p11tool, certtool), which ask for the PIN themselves.
# Nothing is sent anywhere.
set -eu
umask 077

name=@{name}

@{shared}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cat >"$work/certificate.pem" <<'END'
@{certificate}
END
certtool --certificate-info --infile "$work/certificate.pem" --outder --outfile "$work/certificate.der"
certtool --pubkey-info --infile "$work/certificate.pem" | sed -n '/^-----BEGIN/,/^-----END/p' >"$work/key.pem"

tokens=$(LC_ALL=C p11tool --provider "$module" --list-token-urls </dev/null 2>/dev/null | grep '^pkcs11:.*token=[^;]' || true)
[ -n "$tokens" ] || stop @{words.no-token}
printf '%s\n' "$tokens" | sed 's/.*token=//; s/;.*//' | decoded >"$work/labels"

# Looks for the key on each token: the one whose public half is the certificate's.
label=
id=
number=0
while IFS= read -r one; do
  number=$((number + 1))
  # pkcs11-tool chooses by the label alone.
  [ "$(grep -cxF -e "$one" "$work/labels")" -eq 1 ] || stop @{words.same-labels}
  one_token=$(printf '%s\n' "$tokens" | sed -n "${number}p")
  for url in $(LC_ALL=C p11tool --provider "$module" --list-all --only-urls "$one_token" </dev/null 2>/dev/null |
    grep '^pkcs11:.*;type=public$' || true); do
    LC_ALL=C p11tool --provider "$module" --export "$url" </dev/null 2>/dev/null |
      sed -n '/^-----BEGIN/,/^-----END/p' >"$work/other.pem" || true
    if cmp -s "$work/key.pem" "$work/other.pem"; then
      label=$one
      token=$one_token
      id=$(printf '%s\n' "$url" | sed -n 's/.*;id=\([0-9A-Fa-f%]*\).*/\1/p' | tr -d '%' | tr 'A-F' 'a-f')
    fi
  done
done <"$work/labels"
[ -n "$id" ] || stop @{words.no-key}

stored() {
  LC_ALL=C pkcs11-tool --module "$module" --token-label "$label" --list-objects --type cert </dev/null 2>/dev/null |
    grep -qi "^ *ID: *$1\$"
}

printf '%s %s\n' @{words.token} "$(printf '%s' "$label" | LC_ALL=C tr -d '\000-\037\177')"
if stored "$id"; then
  printf '%s\n' @{words.there-already}
else
  printf '%s\n' @{words.writing}
  pkcs11-tool --module "$module" --token-label "$label" --login --write-object "$work/certificate.der" \
    --type cert --id "$id" --label "$name" || stop @{words.not-written}
fi

# An authority that finds no place is no misfortune: it can be had elsewhere.
authority() {
  certtool --certificate-info --infile "$work/authority.pem" --outder --outfile "$work/authority.der"
  if ! stored "$1"; then
    printf '%s %s\n' @{words.writing-authority} "$2"
    pkcs11-tool --module "$module" --token-label "$label" --login --write-object "$work/authority.der" \
      --type cert --id "$1" --label "$2" || printf '%s\n' @{words.authority-not-written} >&2
  fi
}
@{authorities}
printf '%s\n' @{words.trying}
p11tool --provider "$module" --login --test-sign \
  "$token;id=$(printf '%s' "$id" | sed 's/../%&/g');type=private" || stop @{words.does-not-sign}
printf '%s\n' @{words.done}
