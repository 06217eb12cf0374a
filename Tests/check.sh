#!/usr/bin/env bash
# check.sh FLAGS…: builds and runs the unit tests of those modules that have a file changed since the branch left main.
# The flags are those of `swift build`.
set -euo pipefail
base=$(git merge-base HEAD main 2>/dev/null || git rev-parse HEAD)
modules=$({ git diff --name-only "$base"; git ls-files --others --exclude-standard; } \
  | sed -nE 's#^Sources/Shared/([^/]+)/.*#\1#p; s#^Tests/([A-Za-z]+)Tests/.*#\1#p' | sort -u)
if [ -z "$modules" ]; then
  echo 'No module is changed: no unit tests are run.'
  exit
fi
echo "Changed: $(paste -sd ' ' <<<"$modules")"
filters=()
for module in $modules; do filters+=(--filter "^${module}Tests\."); done
swift build "$@" --build-tests
swift test "$@" --skip-build --parallel "${filters[@]}"
