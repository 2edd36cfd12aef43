/**
 * The local backend: {@link io.twinbatch.local.LocalModule} binds the three interfaces of the API to Azurite and to an engine
 * that runs tasks as processes of this machine.
 */
package io.twinbatch.local;
