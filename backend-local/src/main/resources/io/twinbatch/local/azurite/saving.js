'use strict';

// Azurite keeps its indexes in memory, and writes each as a whole every five seconds: what came since is gone when it is
// killed. Here an index is written as soon as it has changed, as far as writing takes no more than a twentieth of the time.

const { dirname } = require('path');
const { performance } = require('perf_hooks');

const LOOK_MILLIS = 100;
const REST_PER_WORK = 19;

/**
 * Has the indexes of an Azurite that is not running yet saved early.
 *
 * @param entryPoint the file that runs it
 */
module.exports = function saveEarly(entryPoint) {
  const Loki = require(require.resolve('lokijs', { paths: [dirname(entryPoint)] }));
  const indexes = [];

  function look(index, pause) {
    index.autosaveHandle = setTimeout(() => {
      if (!index.autosaveDirty()) {
        look(index, LOOK_MILLIS);
        return;
      }
      const began = performance.now();
      index.saveDatabase((error) => {
        if (error) {
          // The disk may have room again at the next look.
          index.collections.forEach((collection) => {
            collection.dirty = true;
          });
        }
        // It is null once the index is closed.
        if (index.autosaveHandle !== null) {
          look(index, Math.max(LOOK_MILLIS, REST_PER_WORK * (performance.now() - began)));
        }
      });
    }, pause);
  }

  Loki.prototype.autosaveEnable = function () {
    this.autosave = true;
    indexes.push(this);
    look(this, LOOK_MILLIS);
  };

  // The index of blobs names entries of the index of extents, so these have to be on disk before it.
  const write = Loki.LokiFsAdapter.prototype.saveDatabase;
  Loki.LokiFsAdapter.prototype.saveDatabase = function (file, content, done) {
    const extents = indexes.find((index) => index.filename.includes('_extent_') && index.filename !== file);
    const isOnDisk = extents === undefined || !(extents.autosaveDirty() || extents.throttledSavePending);
    if (isOnDisk) {
      write.call(this, file, content, done);
      return;
    }
    extents.saveDatabase((error) => (error ? done(error) : write.call(this, file, content, done)));
  };
};
