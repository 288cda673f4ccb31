#!/bin/sh
# Kreissiegel: a key on a smart card or token, and a request (CSR) for its certificate.
# Uses OpenSC (pkcs11-tool) and GnuTLS (p11tool, certtool), which ask for the PIN themselves.
# Nothing is sent anywhere.
set -eu
umask 077

title=@{title}
kinds=@{kinds}
request=$PWD/@{file}

@{shared}
if [ -e "$request" ]; then
  stop @{words.exists}" $request"
fi

tokens=$(LC_ALL=C p11tool --provider "$module" --list-token-urls </dev/null 2>/dev/null | grep '^pkcs11:.*token=[^;]' || true)
[ -n "$tokens" ] || stop @{words.no-token}
labels=$(printf '%s\n' "$tokens" | sed 's/.*token=//; s/;.*//' | decoded)
number=1
if [ "$(printf '%s\n' "$tokens" | wc -l)" -gt 1 ]; then
  printf '%s\n' "$labels" | LC_ALL=C tr -d '\000-\011\013-\037\177' | awk '{ print NR ": " $0 }'
  printf '%s ' @{words.which-token}
  read -r number
fi
case $number in
'' | *[!0-9]* | 0*) stop @{words.no-token} ;;
esac
token=$(printf '%s\n' "$tokens" | sed -n "${number}p")
label=$(printf '%s\n' "$labels" | sed -n "${number}p")
[ -n "$token" ] && [ -n "$label" ] || stop @{words.no-token}
# pkcs11-tool chooses by the label alone.
if [ "$(printf '%s\n' "$labels" | grep -cxF -e "$label")" -ne 1 ]; then
  stop @{words.same-labels}
fi
printf '%s %s\n' @{words.token} "$(printf '%s' "$label" | LC_ALL=C tr -d '\000-\037\177')"

kind=${kinds%% *}
if [ "$kind" != "$kinds" ]; then
  printf '%s\n%s [%s] ' @{words.which-kind} "$kinds" "$kind"
  read -r typed
  [ -z "$typed" ] || kind=$typed
fi
case " $kinds " in
*" $kind "*) ;;
*) stop @{words.no-kind} ;;
esac
case $kind in
ec-p256) type=EC:prime256v1 ;;
ec-p384) type=EC:secp384r1 ;;
rsa-3072) type=rsa:3072 ;;
*) stop @{words.no-kind} ;;
esac

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
id=$(od -An -N8 -tx1 /dev/urandom | tr -d ' \n')

printf '%s\n' @{words.making}
pkcs11-tool --module "$module" --token-label "$label" --login --keypairgen --key-type "$type" \
  --usage-sign --sensitive --id "$id" --label "$title" || stop @{words.not-made}

# certtool asks for a PIN only where it asks for all else, too; to that the answer is nothing. So the
# request has no names, which come from the directory. It proves that whoever brings it has the key.
printf '%s\n' @{words.requesting}
yes '' 2>/dev/null | certtool --provider "$module" --generate-request --no-text \
  --load-privkey "$token;id=$(printf '%s' "$id" | sed 's/../%&/g');type=private" \
  --outfile "$work/request" >"$work/said" 2>&1 || true
if [ ! -s "$work/request" ]; then
  cat "$work/said" >&2
  stop @{words.not-requested}
fi
(set -C && cat "$work/request" >"$request")
printf '%s\n%s\n' @{words.made} "$request"
