/** Option values from the environment and the configuration file, and the user's folders. */
package io.twinbatch.app.config;
