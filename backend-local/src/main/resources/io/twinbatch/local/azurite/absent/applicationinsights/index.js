'use strict';

// Telemetry is switched off, so nothing of this package is called.
