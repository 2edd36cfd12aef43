#!/usr/bin/env bash
# Measures a trivial command over many small files, in turn: the app with grouped files, the app with a task for each file,
# xargs, and GNU parallel. Checks that all results agree, and prints medians.
#
#   run.sh [FILES]       how many files (1,000 without it)
#   RUNS=7 run.sh        more runs of each (5 without it)
#   JOBS=4 run.sh        how many commands at a time (the number of processors without it)
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
files=${1:-1000}
runs=${RUNS:-5}
jobs=${JOBS:-$(nproc)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

command -v parallel >/dev/null || { echo "GNU parallel is missing: apt-get install parallel" >&2; exit 1; }
[ -e "$root/app/target/twinbatch/twinbatch-app.jar" ] || (cd "$root" && mvn -q -B -ntp package -DskipTests)

mkdir "$work/texts"
for i in $(seq "$files"); do
  printf 'text %s\nwith two lines\n' "$i" >"$work/texts/file-$i.txt"
done

app() {
  local folder=$1
  shift
  "$root/app/app" --yes --json --no-report --state-dir "$work/state" --nodes=1 --slots="$jobs" --output-dir="$work/$folder" \
    --command='wc -c <{}' "$@" "$work/texts" >"$work/report" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  rm -f "$work/$folder/.twinbatch-results"
}
grouped() { app grouped; }
alone() { app alone --files-per-task=1; }
# The shell of the loop expands these, not this one.
# shellcheck disable=SC2016
with_xargs() {
  mkdir "$work/xargs"
  find "$work/texts" -type f -print0 \
    | xargs -0 -n 1 -P "$jobs" sh -c 'wc -c <"$1" >"$0/${1##*/}.out"' "$work/xargs"
}
with_parallel() {
  mkdir "$work/parallel"
  find "$work/texts" -type f -print0 \
    | parallel --will-cite -0 -j "$jobs" "wc -c <{} >$work/parallel/{/}.out"
}

# measure LABEL: runs it, and appends "CPU WALL" in seconds to the label's times. The processor time has what the label's
# own children use; nodes of the app are among them.
measure() {
  rm -rf "${work:?}/${1#with_}"
  TIMEFORMAT='%U %S %R'
  { time "$1" 2>"$work/errors"; } 2>&1 | awk '{ print $1 + $2, $3 }' >>"$work/$1.times"
  diff -rq "$work/${1#with_}" "$work/expected" || { echo "$1 has other results" >&2; exit 1; }
}
# median LABEL COLUMN
median() {
  cut -d ' ' -f "$2" "$work/$1.times" | sort -n \
    | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}

mkdir "$work/expected"
for file in "$work"/texts/*; do
  wc -c <"$file" >"$work/expected/${file##*/}.out"
done
# The first run installs the object store.
grouped
for _ in $(seq "$runs"); do
  for label in grouped alone with_xargs with_parallel; do
    measure "$label"
  done
done

echo "$files files, $jobs at a time, medians of $runs runs, $(nproc) processors, load $(cut -d ' ' -f 1 /proc/loadavg)"
echo
echo "| | elapsed, s | processor time, s | elapsed per command, ms |"
echo "|---|---|---|---|"
for label in grouped alone with_xargs with_parallel; do
  name=$(case $label in
    grouped) echo "app, files grouped" ;;
    alone) echo "app, one task for each file" ;;
    with_xargs) echo "xargs -P $jobs" ;;
    with_parallel) echo "GNU parallel -j $jobs" ;;
  esac)
  elapsed=$(median "$label" 2)
  echo "| $name | $elapsed | $(median "$label" 1) | $(awk "BEGIN { printf \"%.1f\", 1000 * $elapsed / $files }") |"
done
