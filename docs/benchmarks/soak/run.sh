#!/bin/sh
# Runs jobs on an engine that is killed every few seconds, and checks that every task is done once.
# Usage: run.sh [MINUTES] [SEED]
set -eu
cd "$(dirname "$0")/../../.."
minutes=${1:-30}

mvn -q -B -ntp -DskipTests package dependency:build-classpath \
  -Dmdep.outputFile=target/benchmark.classpath -pl it-tests -am
classpath=it-tests/target/test-classes:$(cat it-tests/target/benchmark.classpath)

java -Xmx256m -Dbasedir=it-tests -cp "$classpath" io.twinbatch.it.chaos.SoakProgram "$minutes" ${2:+"$2"} 2>/dev/null
