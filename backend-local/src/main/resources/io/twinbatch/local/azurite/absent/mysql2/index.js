'use strict';

// A driver for a database that Azurite is not given.
