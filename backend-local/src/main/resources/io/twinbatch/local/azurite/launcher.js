'use strict';

// Runs the Azurite whose entry point is the first argument, with the arguments that follow, for as long as standard
// input stays open. The process that started it holds the other end, so Azurite ends with it however it ends.

// Objects are their user's alone.
process.umask(0o077);

const GRACE_MILLIS = 5000;

const [entryPoint, ...options] = process.argv.slice(2);
process.argv = [process.argv[0], entryPoint, ...options];

// Nobody may be left to read what is printed while it stops, and that must not keep it from saving its data.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', () => {});
}

// Ctrl-C in a terminal reaches every program there. Azurite has to outlive it for as long as its owner cleans up.
const once = process.once.bind(process);
process.once = (event, listener) => (event === 'SIGINT' ? process : once(event, listener));
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

let stopping = false;
function stop() {
  if (stopping) {
    return;
  }
  stopping = true;
  if (process.listenerCount('SIGTERM') === 0) {
    process.exit(0);
  }
  setTimeout(() => process.exit(1), GRACE_MILLIS).unref();
  process.emit('SIGTERM');
}
process.stdin.on('end', stop).on('close', stop).on('error', stop).resume();

require('./saving.js')(entryPoint);
require(entryPoint);
