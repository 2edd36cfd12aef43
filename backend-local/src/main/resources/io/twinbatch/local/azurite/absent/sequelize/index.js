'use strict';

// Azurite derives classes from this one as it loads, and uses them only with an SQL database.
exports.Model = class Model {};
