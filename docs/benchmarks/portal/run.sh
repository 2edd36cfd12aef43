#!/bin/sh
# Measures how soon pages of the portal are painted in a browser (chromium), with a job of many tasks.
# Usage: run.sh [TASKS]
set -eu
cd "$(dirname "$0")/../../.."
tasks=${1:-100000}

mvn -q -B -ntp -DskipTests package dependency:build-classpath \
  -Dmdep.outputFile=target/benchmark.classpath -pl it-tests,app -am
app=app/target/test-classes:app/target/classes:$(cat app/target/benchmark.classpath)
browser=it-tests/target/test-classes:$(cat it-tests/target/benchmark.classpath)

folder=$(mktemp -d)
trap 'exec 3>&-; rm -rf "$folder"' EXIT
mkfifo "$folder/end"
# The options are those of app/app, with less memory.
java -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -Xshare:auto -cp "$app" io.twinbatch.app.portal.PortalBenchmark "$tasks" <"$folder/end" >"$folder/address" 2>/dev/null &
exec 3>"$folder/end"
while ! [ -s "$folder/address" ]; do sleep 0.2; done
cat /proc/loadavg 2>/dev/null || true
java -cp "$browser" io.twinbatch.it.app.PaintBenchmark "$(cat "$folder/address")" \
  /jobs/big / '/jobs/big?state=failed' '/jobs/big?q=4711' '/jobs/big?sort=duration&order=down' 2>/dev/null
cat /proc/loadavg 2>/dev/null || true
