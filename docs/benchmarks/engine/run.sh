#!/bin/sh
# Measures what a task costs in the local engine against xargs -P starting the same program: first a program that does
# nothing, then node-task on a tiny text. Usage: run.sh [TASKS [AT_A_TIME]]
set -eu
cd "$(dirname "$0")/../../.."
tasks=${1:-500}
at_a_time=${2:-2}

mvn -q -B -ntp -DskipTests package -pl node-task,backend-local -am
mvn -q -B -ntp -DskipTests test-compile dependency:build-classpath -Dmdep.outputFile=target/benchmark.classpath \
  -pl backend-local -am
classpath=backend-local/target/test-classes:backend-local/target/classes:$(cat backend-local/target/benchmark.classpath)

text=$(mktemp)
trap 'rm -f "$text" "$text"_OUTPUT.txt' EXIT
echo 'a tiny text' >"$text"
jar=$(echo "$PWD"/node-task/target/node-task-*.jar)

measure() {
  java -Djdk.lang.Process.launchMechanism=VFORK -cp "$classpath" io.twinbatch.local.engine.NoOpBenchmark "$@" 2>/dev/null
}
measure "$tasks" "$at_a_time" /bin/true
measure $((tasks / 10)) "$at_a_time" "$(command -v java)" -XX:TieredStopAtLevel=1 -jar "$jar" --filepath "$text" --numwords 3
