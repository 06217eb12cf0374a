#!/usr/bin/env bash
# Fuzzes parsers, each from its seeds:   Tests/Fuzz/run.sh [OPTION OF LIBFUZZER]… [PARSER]…
# Without a PARSER all of them. Inputs that crash, hang or take a gigabyte are left in .build-fuzz/found/PARSER.
set -euo pipefail
cd "$(dirname "$0")/../.."

fuzz=.build-fuzz/release/fuzz
# The program itself allows a second of processor time; what never ends is caught by the clock.
options=(-timeout=60 -rss_limit_mb=1024 -malloc_limit_mb=1024 -print_final_stats=1)
parsers=()
for argument in "$@"; do
  case $argument in
    -*) options+=("$argument") ;;
    *) parsers+=("$argument") ;;
  esac
done
[ ${#parsers[@]} -gt 0 ] || mapfile -t parsers < <("$fuzz")

# The words that a parser knows are those of its source, in quotes where it reads JSON.
dictionary() {
  local quote='' folders
  case $1 in
    gguf) folders='Checkpoints Tokenizers' ;;
    template) folders=Jinja ;;
    checkpoint | adapter | safetensors) folders=Checkpoints quote='\\"' ;;
    tokenizer) folders=Tokenizers quote='\\"' ;;
    records) folders='Cases Tasks/BuiltIn' quote='\\"' ;;
    rows) folders='Importers Cases' ;;
    task) folders='Tasks/Files Tasks/Definitions Tasks/BuiltIn Cases' quote='\\"' ;;
    reply) folders=Servers quote='\\"' ;;
    *) folders='' ;;
  esac
  for folder in $folders; do
    grep -rhoE '"[A-Za-z_][A-Za-z0-9_.-]{1,30}"' "Sources/Shared/$folder" || true
  done | LC_ALL=C sort -u | sed -E "s/^\"(.*)\"$/\"$quote\1$quote\"/"
}

# Files that parsers open lie in memory.
TMPDIR=$(mktemp -d -p "$([ -w /dev/shm ] && echo /dev/shm || echo /tmp)")
trap 'rm -rf "$TMPDIR"' EXIT
export TMPDIR SWIFT_BACKTRACE=enable=no

status=0
printf '%-12s %9s %6s %6s %7s  %s\n' parser runs 'per s' edges inputs found
for parser in "${parsers[@]}"; do
  found=.build-fuzz/found/$parser
  mkdir -p "$found/corpus"
  dictionary "$parser" >"$TMPDIR/words"
  "$fuzz" "$parser" "${options[@]}" -artifact_prefix="$found/" -dict="$TMPDIR/words" \
    "$found/corpus" "Tests/Fuzz/Corpus/$parser" >"$found/log" 2>&1 || status=1
  awk -v parser="$parser" -v log_="$found/log" '
    / cov: / { for (i = 1; i < NF; i++) { if ($i == "cov:") edges = $(i + 1); if ($i == "corp:") inputs = $(i + 1) } }
    /^stat::number_of_executed_units:/ { runs = $2 }
    /^stat::average_exec_per_sec:/ { speed = $2 }
    /Test unit written to/ { found = $NF }
    END { sub("/.*", "", inputs); printf "%-12s %9d %6d %6d %7d  %s\n", parser, runs, speed, edges, inputs, found ? found : "nothing" }
  ' "$found/log"
done
exit $status
