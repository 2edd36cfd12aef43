import assert from "node:assert/strict";
import { test } from "node:test";
import batch from "@azure/batch";
import { assertRefused, clientWith, credentials } from "./client.mjs";

test("a wrong key is refused", async () => {
  const wrongKey = Buffer.from("not the account's key at all, not").toString("base64");
  const stranger = clientWith(new batch.BatchSharedKeyCredentials(credentials().accountName, wrongKey));
  const error = await assertRefused(stranger.pool.list(), 403, "AuthenticationFailed");
  assert.ok(!JSON.stringify(error.body ?? error.message).includes(wrongKey));
});

test("another account is refused", async () => {
  const stranger = clientWith(new batch.BatchSharedKeyCredentials("stranger", credentials().accountKey));
  await assertRefused(stranger.pool.list(), 403, "AuthenticationFailed");
});
