#!/bin/sh
# Measures how long the Azure backend takes to submit tasks to the emulator, against the service's own Java client.
# Usage: run.sh [TASKS]
set -eu
cd "$(dirname "$0")/../../.."
tasks=${1:-10000}

mvn -q -B -ntp -DskipTests package dependency:build-classpath \
  -Dmdep.outputFile=target/benchmark.classpath -pl it-tests -am
classpath=it-tests/target/test-classes:$(cat it-tests/target/benchmark.classpath)

java --add-opens java.base/java.util=ALL-UNNAMED --add-opens java.base/java.lang=ALL-UNNAMED \
  -Dbasedir=it-tests -cp "$classpath" io.twinbatch.it.emulator.SubmissionBenchmark "$tasks" 2>/dev/null
