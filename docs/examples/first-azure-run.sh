#!/bin/sh
# Runs Twinbatch on the Azure accounts that the environment names, checks what comes back, and removes everything again.
# Writes a report without secrets. docs/first-azure-run.md describes it.
#
# usage: docs/examples/first-azure-run.sh [REPORT]      REPORT is first-azure-run.txt when it is not given
set -u

app=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)/app/app
report=$(pwd)/first-azure-run.txt
[ $# -gt 0 ] && report=$(CDPATH='' cd -- "$(dirname -- "$1")" && pwd)/$(basename -- "$1")
work=$(mktemp -d "${TMPDIR:-/tmp}/first-azure-run.XXXXXX") || exit 2
failed=0
runs=

# Replaces the values of the variables that name accounts and hold keys, in what is written to the report.
masked() {
  awk '
    BEGIN {
      count = split("AZURE_STORAGE_CONNECTION_STRING AZURE_BATCH_ACCESS_KEY AZURE_STORAGE_KEY AZURE_CLIENT_SECRET" \
        " AZURE_BATCH_ENDPOINT AZURE_BATCH_ACCOUNT AZURE_STORAGE_ACCOUNT AZURE_CLIENT_ID AZURE_TENANT_ID" \
        " AZURE_SUBSCRIPTION_ID AZURE_RESOURCE_GROUP", names, " ")
    }
    {
      for (i = 1; i <= count; i++) {
        value = ENVIRON[names[i]]
        if (length(value) < 3) continue
        rest = $0; line = ""
        while ((at = index(rest, value)) > 0) {
          line = line substr(rest, 1, at - 1) "<" names[i] ">"
          rest = substr(rest, at + length(value))
        }
        $0 = line rest
      }
      print
    }'
}

say() {
  echo "$*"
  echo "$*" | masked >>"$report"
}

# step EXPECTED-EXIT-CODE TITLE COMMAND...: runs a command and reports its exit code, duration and last lines.
step() {
  expected=$1 title=$2
  shift 2
  say "== $title"
  begun=$(date +%s)
  "$@" >"$work/out" 2>&1
  code=$?
  verdict=passed
  if [ "$code" -ne "$expected" ]; then
    verdict=FAILED
    failed=$((failed + 1))
  fi
  say "   $verdict: exit code $code, $(($(date +%s) - begun)) s"
  tail -n 40 "$work/out" | masked | sed 's/^/   | /' >>"$report"
  runs="$runs $(sed -n 's/^Run \([^ ]*\) on the azure backend.*/\1/p' "$work/out" | tr '\n' ' ')"
  [ "$verdict" = passed ]
}

# The words that this machine has counted are what the nodes must find too. The last lines of a result name its node.
same_words() {
  for result in "$work"/local/*_OUTPUT.txt; do
    name=$(basename -- "$result")
    sed '/^Node: /,$d' "$result" >"$work/here"
    sed '/^Node: /,$d' "$work/azure/$name" >"$work/there" || return
    [ -s "$work/here" ] && cmp -- "$work/here" "$work/there" || return
  done
}

# A client that is killed while its tasks run, as by a power cut.
killed_run() {
  "$app" run --backend=azure -y --command='sleep 10; wc -c <{}' --output-dir="$work/resumed" "$work/inputs" \
    >"$work/killed" 2>&1 &
  client=$!
  while kill -0 "$client" 2>/dev/null && ! grep -q '^Added ' "$work/killed"; do
    sleep 1
  done
  # The start script is replaced by the program, which therefore has its process id.
  kill -9 "$client"
  wait "$client" 2>/dev/null
  cat "$work/killed"
  grep -q '^Added ' "$work/killed"
}

resumed_run() {
  run=$(sed -n 's/^Run \([^ ]*\) on the azure backend.*/\1/p' "$work/killed")
  "$app" resume --backend=azure -y --output-dir="$work/resumed" "$run" || return
  [ "$(cat "$work/resumed/a.txt.out")" -eq 6 ] && [ "$(cat "$work/resumed/b.txt.out")" -eq 12 ]
}

# The service needs some minutes to remove a pool. What is still there of a run is deleted again until nothing is.
remove_everything() {
  deadline=$(($(date +%s) + 900))
  while :; do
    "$app" cleanup --backend=azure --all --dry-run >"$work/left" 2>&1 || { cat "$work/left"; return 1; }
    left=
    for run in $runs; do
      grep -q -e "$run" "$work/left" && left="$left $run"
    done
    [ -n "$left" ] || return 0
    [ "$(date +%s)" -lt "$deadline" ] || { cat "$work/left"; return 1; }
    for run in $left; do
      "$app" cleanup --backend=azure --run="$run" -y
    done
    sleep 5
  done
}

interrupted() {
  trap '' INT TERM
  say "Interrupted; removing what was created."
  runs="$runs $(sed -n 's/^Run \([^ ]*\) on the azure backend.*/\1/p' "$work/out" "$work/killed" 2>/dev/null | tr '\n' ' ')"
  remove_everything
  rm -rf "$work"
  exit 130
}
trap interrupted INT TERM

mkdir "$work/inputs" && echo first >"$work/inputs/a.txt" && echo 'second line' >"$work/inputs/b.txt"
: >"$report" || exit 2
say "Twinbatch on Azure, $(date -u +%Y-%m-%dT%H:%M:%SZ)"
say "$("$app" --version 2>&1), $(uname -sm)"

if step 0 'The accounts, the image, the size of a node and the quotas' "$app" doctor --backend=azure; then
  step 0 'The three samples on this machine' "$app" run --backend=local -y --total --output-dir="$work/local"
  step 0 'The three samples on Azure' "$app" run --backend=azure -y --total --output-dir="$work/azure"
  step 0 'Both have counted the same words' same_words
  step 1 'A command that fails is reported with its exit code and standard error' \
    "$app" run --backend=azure -y --command='echo "no such word" >&2; exit 3' --output-dir="$work/failing" \
    "$work/inputs/a.txt"
  step 0 'A client is killed while its tasks run' killed_run
  step 0 'The run is resumed, and loses nothing' resumed_run
  step 0 'Everything that these runs have created is removed' remove_everything
fi

if [ "$failed" -eq 0 ]; then
  say "All steps passed. The report is in $report."
else
  say "$failed of the steps failed. The report is in $report."
fi
rm -rf "$work"
[ "$failed" -eq 0 ]
