import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, assertRefused, client, endedTask, eventually, newId, poolOf, remove, steadyPool } from "./client.mjs";

const pool = newId("jobs");

before(async () => {
  await client.pool.add(await poolOf(pool, 1, { taskSlotsPerNode: 2 }));
  await steadyPool(pool);
});

after(() => remove(() => client.pool.deleteMethod(pool)));

const gone = (id) =>
  eventually(`job ${id} is gone`, () => client.job.get(id).catch((error) => error), (seen) => seen.code === "JobNotFound");

test("a job is added, read, changed, disabled, enabled, terminated and deleted", async () => {
  const id = newId("job");
  try {
    await client.job.add({ id, poolInfo: { poolId: pool }, priority: 5, metadata: [{ name: "a", value: "b" }] });
    const job = await client.job.get(id);
    assert.equal(job.state, "active");
    assert.equal(job.priority, 5);
    assert.equal(job.executionInfo.poolId, pool);
    assert.equal(job.onAllTasksComplete, "noaction");
    assert.ok(job.eTag);

    await client.job.patch(id, { priority: 7 });
    const changed = await client.job.get(id);
    assert.equal(changed.priority, 7);
    assert.notEqual(changed.eTag, job.eTag);

    await client.job.update(id, { poolInfo: { poolId: pool }, priority: 3 });
    const replaced = await client.job.get(id);
    assert.equal(replaced.priority, 3);

    await client.job.disable(id, "requeue");
    await eventually("disabled", () => client.job.get(id), (seen) => seen.state === "disabled");
    await client.job.enable(id);
    await eventually("enabled", () => client.job.get(id), (seen) => seen.state === "active");

    await client.job.terminate(id, { terminateReason: "seen enough" });
    const ended = await eventually("completed", () => client.job.get(id), (seen) => seen.state === "completed");
    assert.equal(ended.executionInfo.terminateReason, "seen enough");
    assert.ok(ended.executionInfo.endTime);
    await assertRefused(client.task.add(id, { id: "late", commandLine: "true" }), 409, "JobCompleted");
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
  await gone(id);
});

test("a job whose tasks are all done ends by itself when it was told to", async () => {
  const id = newId("job");
  try {
    await client.job.add({ id, poolInfo: { poolId: pool } });
    await client.task.add(id, { id: "only", commandLine: "/bin/true" });
    await client.job.patch(id, { onAllTasksComplete: "terminatejob" });
    const ended = await eventually("completed", () => client.job.get(id), (seen) => seen.state === "completed");
    assert.equal(ended.executionInfo.terminateReason, "AllTasksComplete");
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
});

test("a failing task ends its job when its exit conditions say so", async () => {
  const id = newId("job");
  try {
    await client.job.add({ id, poolInfo: { poolId: pool }, onTaskFailure: "performexitoptionsjobaction" });
    await client.task.add(id, {
      id: "fails",
      commandLine: "/bin/false",
      exitConditions: { exitCodes: [{ code: 1, exitOptions: { jobAction: "terminate" } }] },
    });
    const ended = await eventually("completed", () => client.job.get(id), (seen) => seen.state === "completed");
    assert.equal(ended.executionInfo.terminateReason, "TaskFailed");
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
});

test("the preparation task's result is told for each node, and the release task runs at the end", async () => {
  const id = newId("job");
  try {
    await client.job.add({
      id,
      poolInfo: { poolId: pool },
      jobPreparationTask: { commandLine: "/bin/sh -c 'echo prepared'" },
      jobReleaseTask: { commandLine: "/bin/sh -c 'echo released'" },
    });
    await client.task.add(id, { id: "one", commandLine: "/bin/sh -c 'ls $AZ_BATCH_JOB_PREP_DIR'" });
    assert.equal((await endedTask(id, "one")).executionInfo.result, "success");
    const prepared = await client.job.listPreparationAndReleaseTaskStatus(id);
    assert.equal(prepared.length, 1);
    assert.equal(prepared[0].poolId, pool);
    assert.equal(prepared[0].jobPreparationTaskExecutionInfo.state, "completed");
    assert.equal(prepared[0].jobPreparationTaskExecutionInfo.exitCode, 0);
    await client.job.terminate(id);
    await eventually(
      "the release task",
      () => client.job.listPreparationAndReleaseTaskStatus(id),
      (nodes) => nodes[0].jobReleaseTaskExecutionInfo?.state === "completed",
    );
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
});

test("jobs are listed with filters", async () => {
  const id = newId("job");
  try {
    await client.job.add({ id, poolInfo: { poolId: pool } });
    const found = await all(
      client.job.list({ jobListOptions: { filter: `startswith(id,'${id}') and state eq 'active'`, select: "id,state" } }),
      (link) => client.job.listNext(link),
    );
    assert.deepEqual(found.map((job) => job.id), [id]);
    await assertRefused(
      client.job.list({ jobListOptions: { filter: "nonsense eq 1" } }),
      400,
      "InvalidQueryParameterValue",
    );
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
});

test("an automatic pool lives as long as its job", async () => {
  const id = newId("job");
  const { id: unused, ...specification } = await poolOf("unused", 1);
  try {
    await client.job.add({
      id,
      poolInfo: { autoPoolSpecification: { autoPoolIdPrefix: "jsauto", poolLifetimeOption: "job", pool: specification } },
    });
    await client.task.add(id, { id: "one", commandLine: "/bin/true" });
    assert.equal((await endedTask(id, "one")).executionInfo.exitCode, 0);
    const autoPool = (await client.job.get(id)).executionInfo.poolId;
    assert.ok(autoPool.startsWith("jsauto"));
    await client.job.deleteMethod(id);
    await eventually(
      "the automatic pool is gone",
      () => client.pool.get(autoPool).catch((error) => error),
      (seen) => seen.code === "PoolNotFound",
    );
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
});

test("a job manager task adds the job's tasks' end", async () => {
  const id = newId("job");
  try {
    await client.job.add({
      id,
      poolInfo: { poolId: pool },
      jobManagerTask: { id: "manager", commandLine: "/bin/sh -c 'echo managing'", killJobOnCompletion: true },
    });
    const ended = await eventually("completed", () => client.job.get(id), (seen) => seen.state === "completed");
    assert.equal(ended.executionInfo.terminateReason, "JMComplete");
    assert.equal((await client.task.get(id, "manager")).executionInfo.exitCode, 0);
  } finally {
    await remove(() => client.job.deleteMethod(id));
  }
});
