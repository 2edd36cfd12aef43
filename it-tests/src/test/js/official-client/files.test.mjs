import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertRefused, client, endedTask, newId, poolOf, refusal, remove, steadyPool, text } from "./client.mjs";

const pool = newId("files");
const job = newId("files");
let node;

before(async () => {
  await client.pool.add(await poolOf(pool, 1));
  await steadyPool(pool);
  await client.job.add({ id: job, poolInfo: { poolId: pool } });
  await client.task.add(job, {
    id: "writes",
    commandLine: "/bin/sh -c 'mkdir out; printf 0123456789 > out/digits.txt; echo said'",
  });
  node = (await endedTask(job, "writes")).nodeInfo.nodeId;
});

after(() => remove(() => client.job.deleteMethod(job), () => client.pool.deleteMethod(pool)));

test("a task's files are listed, on one level and on all", async () => {
  const top = await client.file.listFromTask(job, "writes");
  assert.ok(top.some((file) => file.name === "stdout.txt" && !file.isDirectory));
  assert.ok(top.some((file) => file.name === "wd" && file.isDirectory));
  assert.ok(!top.some((file) => file.name.includes("digits")));
  const deep = await client.file.listFromTask(job, "writes", { recursive: true });
  const digits = deep.find((file) => file.name === "wd/out/digits.txt");
  assert.equal(Number(digits.properties.contentLength), 10);
});

test("a file is read in whole and in part", async () => {
  assert.equal(await text(client.file.getFromTask(job, "writes", "wd/out/digits.txt")), "0123456789");
  const part = client.file.getFromTask(job, "writes", "wd/out/digits.txt", {
    fileGetFromTaskOptions: { ocpRange: "bytes=3-5" },
  });
  assert.equal(await text(part), "345");
});

test("a file's properties are told without its content", async () => {
  const properties = await client.file.getPropertiesFromTask(job, "writes", "wd/out/digits.txt");
  assert.equal(Number(properties.contentLength), 10);
  assert.equal(String(properties.ocpBatchFileIsdirectory).toLowerCase(), "false");
  assert.ok(properties.lastModified);
});

test("the same file is found on the node", async () => {
  const path = `workitems/${job}/job-1/writes/stdout.txt`;
  assert.equal(await text(client.file.getFromComputeNode(pool, node, path)), "said\n");
  const root = await client.file.listFromComputeNode(pool, node);
  assert.ok(root.some((file) => file.name === "workitems" && file.isDirectory));
});

test("a file is deleted, and one that is not there is not found", async () => {
  await client.file.deleteFromTask(job, "writes", "wd/out/digits.txt");
  // The client reads no error body where it expects the bytes of a file.
  assert.equal((await refusal(client.file.getPropertiesFromTask(job, "writes", "wd/out/digits.txt"))).statusCode, 404);
  assert.equal((await refusal(client.file.getFromTask(job, "writes", "wd/out/digits.txt"))).statusCode, 404);
  await assertRefused(client.file.listFromTask(job, "absent"), 404, "TaskNotFound");
});
