#!/bin/sh
# check-m0.sh MANIFEST: ends with a message and status 1 where cf-label found that M0 leaves nothing to explain,
# unless ACCEPT_M0=1. Labels of another tool have no such manifest and pass.
set -eu
[ -e "$1" ] && [ "${ACCEPT_M0:-0}" != 1 ] || exit 0
reasons=$(jq -r '.behavior // {} | to_entries[] | select(.value.nothing_to_explain != [])
  | "\(.key): \(.value.nothing_to_explain | join(", "))"' "$1")
[ -z "$reasons" ] && exit 0
printf 'M0 leaves nothing to explain; ACCEPT_M0=1 goes on all the same.\n%s\n' "$reasons" >&2
exit 1
