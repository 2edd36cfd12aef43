import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertRefused, client, eventually, newId, poolOf, remove, steadyPool } from "./client.mjs";

const pool = newId("schedules");

before(async () => {
  await client.pool.add(await poolOf(pool, 1));
  await steadyPool(pool);
});

after(() => remove(() => client.pool.deleteMethod(pool)));

test("a schedule makes a job, is disabled, enabled, terminated and deleted", async () => {
  const id = newId("schedule");
  try {
    await client.jobSchedule.add({
      id,
      schedule: { recurrenceInterval: "PT1H" },
      jobSpecification: { poolInfo: { poolId: pool }, jobManagerTask: { id: "manager", commandLine: "/bin/true" } },
    });
    assert.equal((await client.jobSchedule.exists(id)).body, true);
    const schedule = await eventually(
      "the first job",
      () => client.jobSchedule.get(id),
      (seen) => seen.executionInfo?.recentJob,
    );
    assert.equal(schedule.state, "active");
    assert.equal(schedule.executionInfo.recentJob.id, `${id}:job-1`);
    const jobs = await client.job.listFromJobSchedule(id);
    assert.deepEqual(jobs.map((job) => job.id), [`${id}:job-1`]);
    await eventually("its end", () => client.job.get(`${id}:job-1`), (job) => job.state === "completed");

    await client.jobSchedule.disable(id);
    assert.equal((await client.jobSchedule.get(id)).state, "disabled");
    await client.jobSchedule.enable(id);
    assert.equal((await client.jobSchedule.get(id)).state, "active");
    await client.jobSchedule.patch(id, { schedule: { recurrenceInterval: "PT2H" } });
    assert.equal((await client.jobSchedule.get(id)).schedule.recurrenceInterval, "PT2H");
    assert.ok((await client.jobSchedule.list()).some((seen) => seen.id === id));

    await client.jobSchedule.terminate(id);
    await eventually("completed", () => client.jobSchedule.get(id), (seen) => seen.state === "completed");
  } finally {
    await remove(() => client.jobSchedule.deleteMethod(id));
  }
  await eventually(
    "gone",
    () => client.jobSchedule.get(id).catch((error) => error),
    (seen) => seen.code === "JobScheduleNotFound",
  );
});

test("what is wrong with a schedule is refused with the service's code", async () => {
  await assertRefused(client.jobSchedule.get(newId("absent")), 404, "JobScheduleNotFound");
});
