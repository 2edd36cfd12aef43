import assert from "node:assert/strict";
import { test } from "node:test";
import { all, assertRefused, client, eventually, newId, poolOf, refusal, remove, steadyPool } from "./client.mjs";

test("a pool is added, found, listed, resized, changed and deleted", async () => {
  const id = newId("pool");
  try {
    const added = await client.pool.add(
      await poolOf(id, 1, { displayName: "A pool", metadata: [{ name: "purpose", value: "test" }] }),
    );
    assert.equal(added._response.status, 201);
    assert.ok(added.eTag);
    assert.ok(added.dataServiceId.endsWith(`/pools/${id}`));
    assert.equal((await client.pool.exists(id)).body, true);

    const pool = await steadyPool(id);
    assert.equal(pool.state, "active");
    assert.equal(pool.currentDedicatedNodes, 1);
    assert.equal(pool.displayName, "A pool");
    assert.equal(pool.taskSlotsPerNode, 1);
    assert.deepEqual(pool.metadata, [{ name: "purpose", value: "test" }]);
    assert.equal(pool.virtualMachineConfiguration.imageReference.offer, "ubuntu-24_04-lts");

    const listed = await all(client.pool.list(), (link) => client.pool.listNext(link));
    assert.ok(listed.some((candidate) => candidate.id === id));

    await client.pool.resize(id, { targetDedicatedNodes: 2 });
    assert.equal((await steadyPool(id)).currentDedicatedNodes, 2);

    await client.pool.patch(id, { metadata: [{ name: "purpose", value: "changed" }] });
    assert.deepEqual((await client.pool.get(id)).metadata, [{ name: "purpose", value: "changed" }]);

    const counts = await all(client.account.listPoolNodeCounts(), (link) =>
      client.account.listPoolNodeCountsNext(link),
    );
    assert.equal(counts.find((count) => count.poolId === id).dedicated.total, 2);
  } finally {
    await remove(() => client.pool.deleteMethod(id));
  }
  await eventually(`pool ${id} is gone`, () => refusalOrPool(id), (seen) => seen.code === "PoolNotFound");
});

async function refusalOrPool(id) {
  return client.pool.get(id).catch((error) => error);
}

test("only the selected properties are answered", async () => {
  const id = newId("pool");
  try {
    await client.pool.add(await poolOf(id, 0));
    const pool = await client.pool.get(id, { poolGetOptions: { select: "id, state" } });
    assert.deepEqual(Object.keys(JSON.parse(pool._response.bodyAsText)).filter((key) => !key.startsWith("odata")).sort(), ["id", "state"]);
  } finally {
    await remove(() => client.pool.deleteMethod(id));
  }
});

test("nodes are listed, read, taken out of scheduling and back, rebooted and removed", async () => {
  const id = newId("pool");
  try {
    await client.pool.add(
      await poolOf(id, 2, { startTask: { commandLine: "/bin/sh -c 'echo ready'", waitForSuccess: true } }),
    );
    await steadyPool(id);
    const idle = (nodes) => nodes.length === 2 && nodes.every((node) => node.state === "idle");
    const nodes = await eventually("two idle nodes", () => client.computeNode.list(id), idle);
    const node = await client.computeNode.get(id, nodes[0].id);
    assert.equal(node.startTaskInfo.state, "completed");
    assert.equal(node.startTaskInfo.exitCode, 0);
    assert.ok(node.isDedicated);
    assert.ok(node.affinityId);

    await client.computeNode.disableScheduling(id, node.id);
    await eventually("an offline node", () => client.computeNode.get(id, node.id), (seen) => seen.state === "offline");
    const twice = await refusal(client.computeNode.disableScheduling(id, node.id));
    assert.equal(twice.code, "NodeAlreadyInTargetSchedulingState");
    await client.computeNode.enableScheduling(id, node.id);
    await eventually("an idle node", () => client.computeNode.get(id, node.id), (seen) => seen.state === "idle");

    await client.computeNode.reboot(id, node.id);
    await eventually("idle after the reboot", () => client.computeNode.list(id), idle);

    await client.pool.removeNodes(id, { nodeList: [node.id] });
    await steadyPool(id);
    const left = await client.computeNode.list(id);
    assert.deepEqual(left.map((other) => other.id), [nodes[1].id]);
    await assertRefused(client.computeNode.get(id, node.id), 404, "NodeNotFound");
  } finally {
    await remove(() => client.pool.deleteMethod(id));
  }
});

test("a formula sets the number of nodes", async () => {
  const id = newId("pool");
  try {
    const description = await poolOf(id, 0, {
      enableAutoScale: true,
      autoScaleFormula: "$TargetDedicatedNodes = 1;",
      autoScaleEvaluationInterval: "PT5M",
    });
    delete description.targetDedicatedNodes;
    await client.pool.add(description);
    await eventually("one node", () => client.pool.get(id), (pool) => pool.currentDedicatedNodes === 1);
    const run = await client.pool.evaluateAutoScale(id, "$TargetDedicatedNodes = min(3, 1 + 1);");
    assert.match(run.results, /\$TargetDedicatedNodes=2/);
    const wrong = await client.pool.evaluateAutoScale(id, "$TargetDedicatedNodes = ;").catch((error) => error);
    assert.ok(wrong.error ?? wrong.code, "a wrong formula is reported");
    await client.pool.disableAutoScale(id);
    assert.equal((await client.pool.get(id)).enableAutoScale, false);
  } finally {
    await remove(() => client.pool.deleteMethod(id));
  }
});

test("what is wrong with a pool is refused with the service's code", async () => {
  const id = newId("pool");
  try {
    await client.pool.add(await poolOf(id, 0));
    await assertRefused(client.pool.add(await poolOf(id, 0)), 409, "PoolExists");
    await assertRefused(client.pool.get(newId("absent")), 404, "PoolNotFound");
    assert.equal((await client.pool.exists(newId("absent"))).body, false);
    await assertRefused(client.pool.add(await poolOf("not legal!", 0)), 400, "InvalidPropertyValue");
    await assertRefused(client.pool.add(await poolOf(newId("pool"), -1)), 400, "InvalidPropertyValue");
  } finally {
    await remove(() => client.pool.deleteMethod(id));
  }
});
