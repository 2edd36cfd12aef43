import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all, assertRefused, client, endedTask, eventually, newId, poolOf, remove, steadyPool, text } from "./client.mjs";

const pool = newId("tasks");
const job = newId("tasks");

before(async () => {
  await client.pool.add(await poolOf(pool, 1, { taskSlotsPerNode: 4 }));
  await steadyPool(pool);
  await client.job.add({ id: job, poolInfo: { poolId: pool }, usesTaskDependencies: true });
});

after(() => remove(() => client.job.deleteMethod(job), () => client.pool.deleteMethod(pool)));

test("a task runs, and its output, exit code and node are told", async () => {
  const id = newId("task");
  await client.task.add(job, {
    id,
    commandLine: "/bin/sh -c 'echo to stdout; echo to stderr >&2; pwd; exit 0'",
    environmentSettings: [{ name: "GREETING", value: "hello" }],
  });
  const task = await endedTask(job, id);
  assert.equal(task.executionInfo.exitCode, 0);
  assert.equal(task.executionInfo.result, "success");
  assert.equal(task.previousState, "running");
  assert.equal(task.nodeInfo.poolId, pool);
  assert.ok(task.nodeInfo.taskRootDirectory.endsWith(id));
  assert.match(await text(client.file.getFromTask(job, id, "stdout.txt")), /^to stdout\n.*\/wd\n$/s);
  assert.equal(await text(client.file.getFromTask(job, id, "stderr.txt")), "to stderr\n");
  await client.task.deleteMethod(job, id);
  await assertRefused(client.task.get(job, id), 404, "TaskNotFound");
});

test("a failing task is tried again as often as allowed and then says why it failed", async () => {
  const id = newId("task");
  await client.task.add(job, { id, commandLine: "/bin/sh -c 'exit 3'", constraints: { maxTaskRetryCount: 2 } });
  const task = await endedTask(job, id);
  assert.equal(task.executionInfo.exitCode, 3);
  assert.equal(task.executionInfo.retryCount, 2);
  assert.equal(task.executionInfo.result, "failure");
  assert.equal(task.executionInfo.failureInfo.code, "FailureExitCode");
  await client.task.reactivate(job, id);
  const again = await eventually(
    "the task ends again",
    () => client.task.get(job, id),
    (seen) => seen.state === "completed" && seen.executionInfo.retryCount === 2,
  );
  assert.equal(again.executionInfo.exitCode, 3);
});

test("tasks wait for those they depend on, by id and by range", async () => {
  await client.task.add(job, { id: "101", commandLine: "/bin/true" });
  await client.task.add(job, { id: "102", commandLine: "/bin/true" });
  const id = newId("task");
  await client.task.add(job, {
    id,
    commandLine: "/bin/true",
    dependsOn: { taskIds: ["101"], taskIdRanges: [{ start: 101, end: 102 }] },
  });
  const last = await endedTask(job, id);
  const first = await client.task.get(job, "102");
  assert.ok(last.executionInfo.startTime >= first.executionInfo.endTime);
});

test("a running task is terminated", async () => {
  const id = newId("task");
  await client.task.add(job, { id, commandLine: "/bin/sleep 600" });
  await eventually("running", () => client.task.get(job, id), (seen) => seen.state === "running");
  await client.task.terminate(job, id);
  const ended = await endedTask(job, id);
  assert.equal(ended.executionInfo.failureInfo.code, "TaskEnded");
  await assertRefused(client.task.terminate(job, id), 409, "TaskCompleted");
});

test("a time limit ends a task", async () => {
  const id = newId("task");
  await client.task.add(job, { id, commandLine: "/bin/sleep 600", constraints: { maxWallClockTime: "PT1S" } });
  assert.equal((await endedTask(job, id)).executionInfo.failureInfo.code, "TaskEnded");
});

test("a collection is added at once, and the results are told one by one", async () => {
  const collectionJob = newId("collection");
  try {
    await client.job.add({ id: collectionJob, poolInfo: { poolId: pool } });
    const tasks = Array.from({ length: 100 }, (_, i) => ({ id: `t${i}`, commandLine: "/bin/true" }));
    const results = await client.task.addCollection(collectionJob, tasks);
    assert.equal(results.value.length, 100);
    assert.ok(results.value.every((result) => result.status.toLowerCase() === "success"));

    const mixed = await client.task.addCollection(collectionJob, [
      { id: "t0", commandLine: "/bin/true" },
      { id: "new", commandLine: "/bin/true" },
    ]);
    const existing = mixed.value.find((result) => result.taskId === "t0");
    assert.equal(existing.status.toLowerCase(), "clienterror");
    assert.equal(existing.error.code, "TaskExists");
    assert.equal(mixed.value.find((result) => result.taskId === "new").status.toLowerCase(), "success");

    const paged = await all(client.task.list(collectionJob, { taskListOptions: { maxResults: 7 } }), (link) =>
      client.task.listNext(link),
    );
    assert.deepEqual(paged.map((task) => task.id).sort(), [...tasks.map((task) => task.id), "new"].sort());

    const counts = await eventually(
      "all done",
      () => client.job.getTaskCounts(collectionJob),
      (seen) => seen.taskCounts.completed === 101,
    );
    assert.equal(counts.taskCounts.succeeded, 101);
    assert.equal(counts.taskSlotCounts.succeeded, 101);

    const done = await all(
      client.task.list(collectionJob, { taskListOptions: { filter: "state eq 'completed'", select: "id,state" } }),
      (link) => client.task.listNext(link),
    );
    assert.equal(done.length, 101);
  } finally {
    await remove(() => client.job.deleteMethod(collectionJob));
  }
});

test("what is wrong with a task is refused with the service's code", async () => {
  const id = newId("task");
  await client.task.add(job, { id, commandLine: "/bin/true" });
  await assertRefused(client.task.add(job, { id, commandLine: "/bin/true" }), 409, "TaskExists");
  await assertRefused(client.task.add(newId("absent"), { id: "x", commandLine: "/bin/true" }), 404, "JobNotFound");
  await assertRefused(client.task.add(job, { id: "no spaces", commandLine: "/bin/true" }), 400, "InvalidPropertyValue");
  await assertRefused(client.task.add(job, { id: "a".repeat(65), commandLine: "/bin/true" }), 400, "InvalidPropertyValue");
});
