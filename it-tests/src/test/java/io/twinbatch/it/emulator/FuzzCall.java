package io.twinbatch.it.emulator;

/**
 * A call of the service, before it has headers and a signature.
 *
 * @param method the method
 * @param target path and query as they are sent
 * @param body the body; empty for none
 */
record FuzzCall(String method, String target, String body) {}
