#!/usr/bin/env bash
# Measures node-task against the C program beside this script, in turn, and prints medians and their ratios.
#
#   run.sh [FILE]        FILE: the text; without one, 400 MB of English-like text are made
#   RUNS=7 run.sh        more runs of each (5 without it)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
runs=${RUNS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! ls "$root"/node-task/target/node-task-*.jar >/dev/null 2>&1; then
  (cd "$root" && mvn -q -B -ntp package -DskipTests -pl node-task)
fi
jar=$(ls "$root"/node-task/target/node-task-*.jar | head -n 1)
cc -O3 -march=native -o "$work/wordcount" "$here/wordcount.c"
text=${1:-}
if [ -z "$text" ]; then
  text=$work/text
  echo "making 400 MB of text ..." >&2
  python3 "$here/make-text.py" 400 "$text"
fi
ln -s "$(realpath "$text")" "$work/input"
size=$(stat -L -c %s "$work/input")
echo "hello world, hello" >"$work/tiny"

# measure LABEL COMMAND...: appends "CPU WALL" in seconds to the label's file.
measure() {
  local label=$1
  shift
  TIMEFORMAT='%U %S %R'
  { time "$@" >/dev/null 2>"$work/errors"; } 2>&1 | awk '{ print $1 + $2, $3 }' >>"$work/$label"
}
# median LABEL COLUMN
median() {
  cut -d ' ' -f "$2" "$work/$1" | sort -n | awk '{ v[NR] = $1 } END { print (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2 }'
}
java_task() { java "${flags[@]}" -jar "$jar" --filepath "$1" --numwords 100; }

flags=()
java_task "$work/input" >/dev/null
"$work/wordcount" 100 "$work/input" >"$work/rival"
if ! diff -q <(tail -n +3 "$work/input_OUTPUT.txt" | head -n -5) "$work/rival" >/dev/null; then
  echo "the two do not agree" >&2
  exit 1
fi

for _ in $(seq "$runs"); do
  measure c "$work/wordcount" 100 "$work/input"
  flags=()
  measure java java_task "$work/input"
  flags=(-XX:-TieredCompilation)
  measure java-c2 java_task "$work/input"
done
for _ in $(seq $((runs * 3))); do
  flags=()
  measure tiny java_task "$work/tiny"
  flags=(-XX:TieredStopAtLevel=1)
  measure tiny-c1 java_task "$work/tiny"
  measure jvm java -XX:TieredStopAtLevel=1 -version
  measure tiny-c "$work/wordcount" 100 "$work/tiny"
done

row() {
  awk -v label="$1" -v cpu="$(median "$2" 1)" -v wall="$(median "$2" 2)" -v base="$(median c 1)" -v wbase="$(median c 2)" \
    -v size="$size" 'BEGIN { printf "%-34s %8.2f %8.2f %10.0f %10.2f %10.2f\n", label, cpu, wall, size / cpu / 1e6, cpu / base, wall / wbase }'
}
echo "$size bytes, $runs runs of each in turn, medians"
printf '%-34s %8s %8s %10s %10s %10s\n' program 'cpu s' 'wall s' 'MB/s/core' 'cpu / C' 'wall / C'
row 'C, -O3 -march=native' c
row 'node-task' java
row 'node-task, -XX:-TieredCompilation' java-c2
echo
echo "a file of three words, medians"
for label in tiny-c jvm tiny tiny-c1; do
  awk -v label="$label" -v cpu="$(median "$label" 1)" -v wall="$(median "$label" 2)" \
    'BEGIN { printf "%-10s cpu %4.0f ms  wall %4.0f ms\n", label, cpu * 1e3, wall * 1e3 }'
done
