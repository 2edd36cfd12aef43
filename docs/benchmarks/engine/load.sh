#!/bin/sh
# Measures how many transitions of tasks the engine's store keeps in a second, and whether a task of a large job costs
# more than one of a small job. Usage: load.sh [TASKS] [SLOTS]
set -eu
cd "$(dirname "$0")/../../.."
tasks=${1:-100000}
slots=${2:-2}

mvn -q -B -ntp -DskipTests package dependency:build-classpath \
  -Dmdep.outputFile=target/benchmark.classpath -pl backend-local -am
classpath=backend-local/target/test-classes:$(cat backend-local/target/benchmark.classpath)
options="-Xmx512m -XX:+UseSerialGC -Djdk.lang.Process.launchMechanism=VFORK"

java $options -cp "$classpath" io.twinbatch.local.store.TransitionBenchmark 20000 10 100 1000 2>/dev/null
java $options -cp "$classpath" io.twinbatch.local.engine.LoadBenchmark "$tasks" "$slots" 2>/dev/null
