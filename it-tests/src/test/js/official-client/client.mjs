// The official client, made from the variables that the Azure CLI reads, and what the tests share.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import batch from "@azure/batch";

const PATIENCE_MS = 60_000;
const LOOK_EVERY_MS = 50;

function variable(name) {
  const value = process.env[name];
  if (!value) {
    throw new Error(`the environment variable ${name} is missing`);
  }
  return value;
}

export const credentials = () =>
  new batch.BatchSharedKeyCredentials(variable("AZURE_BATCH_ACCOUNT"), variable("AZURE_BATCH_ACCESS_KEY"));

export function clientWith(someCredentials) {
  return new batch.BatchServiceClient(someCredentials, variable("AZURE_BATCH_ENDPOINT"), { noRetryPolicy: true });
}

export const client = clientWith(credentials());

export const IMAGE = { publisher: "canonical", offer: "ubuntu-24_04-lts", sku: "server", version: "latest" };

export const newId = (what) => `js-${what}-${randomUUID().slice(0, 8)}`;

/** The description of a pool of Linux nodes. */
export async function poolOf(id, nodes, more = {}) {
  const images = await all(client.account.listSupportedImages(), (link) => client.account.listSupportedImagesNext(link));
  const image = images.find(
    (candidate) => candidate.imageReference.offer === IMAGE.offer && candidate.imageReference.sku === IMAGE.sku,
  );
  assert.ok(image, `${IMAGE.offer} is among the supported images`);
  return {
    id,
    vmSize: "standard_d2s_v5",
    virtualMachineConfiguration: { imageReference: IMAGE, nodeAgentSKUId: image.nodeAgentSKUId },
    targetDedicatedNodes: nodes,
    ...more,
  };
}

/** Looks again and again until a condition holds. */
export async function eventually(what, look, holds) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look();
    if (holds(seen)) {
      return seen;
    }
    if (Date.now() > end) {
      throw new Error(`${what} did not happen; seen last: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

/** All pages of a list. */
export async function all(first, next) {
  const items = [];
  let page = await first;
  items.push(...page);
  while (page.odatanextLink) {
    page = await next(page.odatanextLink);
    items.push(...page);
  }
  return items;
}

export const steadyPool = (id) =>
  eventually(`pool ${id} comes to rest`, () => client.pool.get(id), (pool) => pool.allocationState === "steady");

export const endedTask = (job, task) =>
  eventually(`task ${task} ends`, () => client.task.get(job, task), (seen) => seen.state === "completed");

/** The error with which a call is refused. */
export async function refusal(call) {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: "the call was not refused" });
}

export async function assertRefused(call, status, code) {
  const error = await refusal(call);
  assert.equal(error.statusCode, status, `status of ${error.code}: ${error.message}`);
  assert.equal(error.code ?? error.body?.code, code);
  return error;
}

/** The text of a file that is answered as a stream. */
export async function text(answer) {
  const chunks = [];
  for await (const chunk of (await answer).readableStreamBody) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Deletes what a test made, whatever became of it. */
export async function remove(...deletions) {
  for (const deletion of deletions) {
    try {
      await deletion();
    } catch (error) {
      if (error.statusCode !== 404 && error.statusCode !== 409) {
        throw error;
      }
    }
  }
}
