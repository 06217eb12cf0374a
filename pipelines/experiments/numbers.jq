# How numbers stand in the tables of docs/findings/: jq -L pipelines/experiments 'include "numbers"; …'.
def sign: if . < 0 then "−" else "+" end;
def digits: . * 1000 | round | fabs | tostring | ("000" + .)[-([length, 4] | max):] | sub("(?<a>\\d+)(?<b>\\d{3})$"; "\(.a).\(.b)");
def share: if . == null then "–" else digits end;
def signed: if . == null then "–" else sign + digits end;
def estimate: if .value == null then "–" else (.value | signed) + (if .low == null then "" else " [\(.low | signed), \(.high | signed)]" end) end;
def probability: if . == null then "–" elif . < 0.001 then "<0.001" else (. * 1000 | round / 1000 | tostring) end;
def bits: (. * 100 | round) as $h | "\($h / 100 | floor).\("0\($h % 100)"[-2:])";
def percent: . * 100 | round | tostring + " %";
def cell: gsub("\\|"; "\\|");
def row: "| " + join(" | ") + " |";
