package io.twinbatch.it.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Calls as clients make them: documents that the operation takes, and ids of a few things that are made, used and deleted
 * again and again. Some documents are changed a little. Programs that are run do nothing and end at once, most of them well.
 */
final class LikelyCalls {
    private static final String VERSION = "api-version=2024-07-01.20.0";
    private static final int POOLS = 3;
    private static final int JOBS = 5;
    private static final int TASKS = 25;
    private static final int SCHEDULES = 2;
    private static final int NODES = 2;
    private static final int MAX_COLLECTION_SIZE = 5;
    private static final int CHANGED_PERCENT = 15;

    private final Random random;
    private final FuzzBodies bodies;
    private final List<Kind> kinds = new ArrayList<>();

    LikelyCalls(Random random) {
        this.random = random;
        this.bodies = new FuzzBodies(random);
        addPools();
        addNodes();
        addJobs();
        addTasks();
        addFiles();
        addSchedules();
    }

    FuzzCall next() {
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        String path = filled(kind.path);
        String query = path.contains("?") ? "&" + VERSION : "?" + VERSION;
        String body = filled(kind.body);
        boolean changed = !body.isEmpty() && random.nextInt(100) < CHANGED_PERCENT;
        return new FuzzCall(kind.method, path + query, changed ? bodies.changed(body) : body);
    }

    private void addPools() {
        add(
                6,
                "POST /pools",
                "{'id':'POOL','vmSize':'standard_d2s_v5','virtualMachineConfiguration':{'imageReference':{'publisher':"
                        + "'canonical','offer':'ubuntu-24_04-lts','sku':'server','version':'latest'},'nodeAgentSKUId':"
                        + "'batch.node.ubuntu 24.04'},'targetDedicatedNodes':SMALL,'targetLowPriorityNodes':0,"
                        + "'taskSlotsPerNode':2,'metadata':[{'name':'a','value':'b'}]}");
        add(2, "DELETE /pools/POOL", "");
        add(3, "GET /pools/POOL", "");
        add(2, "GET /pools?maxresults=2&$filter=startswith(id,'p')", "");
        add(1, "HEAD /pools/POOL", "");
        add(2, "PATCH /pools/POOL", "{'metadata':[{'name':'a','value':'c'}]}");
        add(
                1,
                "POST /pools/POOL/updateproperties",
                "{'startTask':{'commandLine':'/bin/true','waitForSuccess':true},'certificateReferences':[],"
                        + "'applicationPackageReferences':[],'metadata':[]}");
        add(3, "POST /pools/POOL/resize", "{'targetDedicatedNodes':SMALL,'resizeTimeout':'PT5M'}");
        add(1, "POST /pools/POOL/stopresize", "");
        add(1, "POST /pools/POOL/removenodes", "{'nodeList':['NODE'],'nodeDeallocationOption':'requeue'}");
        add(
                1,
                "POST /pools/POOL/enableautoscale",
                "{'autoScaleFormula':'$TargetDedicatedNodes=SMALL;','autoScaleEvaluationInterval':'PT5M'}");
        add(2, "POST /pools/POOL/disableautoscale", "");
        add(1, "POST /pools/POOL/evaluateautoscale", "{'autoScaleFormula':'$TargetDedicatedNodes=SMALL;'}");
        add(1, "GET /nodecounts", "");
    }

    private void addNodes() {
        add(3, "GET /pools/POOL/nodes", "");
        add(2, "GET /pools/POOL/nodes/NODE", "");
        add(1, "POST /pools/POOL/nodes/NODE/reboot", "{'nodeRebootOption':'requeue'}");
        add(1, "POST /pools/POOL/nodes/NODE/reimage", "{'nodeReimageOption':'terminate'}");
        add(1, "POST /pools/POOL/nodes/NODE/disablescheduling", "{'nodeDisableSchedulingOption':'requeue'}");
        add(3, "POST /pools/POOL/nodes/NODE/enablescheduling", "");
    }

    private void addJobs() {
        add(
                10,
                "POST /jobs",
                "{'id':'JOB','poolInfo':{'poolId':'POOL'},'priority':SMALL,'constraints':{'maxWallClockTime':'PT1H',"
                        + "'maxTaskRetryCount':1},'onAllTasksComplete':'noaction','usesTaskDependencies':true}");
        add(
                3,
                "POST /jobs",
                "{'id':'JOB','poolInfo':{'poolId':'POOL'},'usesTaskDependencies':true,'jobPreparationTask':{'id':'prep',"
                        + "'commandLine':'/bin/true'},'jobReleaseTask':{'id':'rel','commandLine':'/bin/true'}}");
        add(3, "DELETE /jobs/JOB", "");
        add(3, "GET /jobs/JOB?$expand=stats", "");
        add(1, "GET /jobs?$select=id,state", "");
        add(2, "PATCH /jobs/JOB", "{'priority':SMALL,'metadata':[{'name':'n','value':'v'}]}");
        add(1, "PUT /jobs/JOB", "{'poolInfo':{'poolId':'POOL'},'priority':SMALL}");
        add(1, "POST /jobs/JOB/disable", "{'disableTasks':'requeue'}");
        add(3, "POST /jobs/JOB/enable", "");
        add(1, "POST /jobs/JOB/terminate", "{'terminateReason':'enough'}");
        add(3, "GET /jobs/JOB/taskcounts", "");
        add(1, "GET /jobs/JOB/jobpreparationandreleasetaskstatus", "");
    }

    private void addTasks() {
        add(20, "POST /jobs/JOB/tasks", "{'id':'TASK','commandLine':'/bin/true'}");
        add(
                8,
                "POST /jobs/JOB/tasks",
                "{'id':'TASK','commandLine':'/bin/false','requiredSlots':2,'constraints':{'maxTaskRetryCount':SMALL,"
                        + "'retentionTime':'P1D'},'environmentSettings':[{'name':'A','value':'b'}],'exitConditions':"
                        + "{'exitCodes':[{'code':1,'exitOptions':{'dependencyAction':'satisfy'}}]}}");
        add(8, "POST /jobs/JOB/tasks", "{'id':'TASK','commandLine':'/bin/true','dependsOn':{'taskIds':['TASK']}}");
        add(8, "POST /jobs/JOB/addtaskcollection", "COLLECTION");
        add(3, "GET /jobs/JOB/tasks?$filter=state%20eq%20'completed'&maxresults=3", "");
        add(4, "GET /jobs/JOB/tasks/TASK", "");
        add(3, "PUT /jobs/JOB/tasks/TASK", "{'constraints':{'maxTaskRetryCount':2}}");
        add(6, "DELETE /jobs/JOB/tasks/TASK", "");
        add(3, "POST /jobs/JOB/tasks/TASK/terminate", "");
        add(5, "POST /jobs/JOB/tasks/TASK/reactivate", "");
        add(1, "GET /jobs/JOB/tasks/TASK/subtasksinfo", "");
    }

    private void addFiles() {
        add(2, "GET /jobs/JOB/tasks/TASK/files?recursive=true", "");
        add(2, "GET /jobs/JOB/tasks/TASK/files/stdout.txt", "");
        add(1, "HEAD /jobs/JOB/tasks/TASK/files/wd", "");
        add(1, "DELETE /jobs/JOB/tasks/TASK/files/stderr.txt", "");
        add(1, "GET /pools/POOL/nodes/NODE/files?recursive=true", "");
    }

    private void addSchedules() {
        add(
                3,
                "POST /jobschedules",
                "{'id':'SCHEDULE','schedule':{'recurrenceInterval':'P1D'},"
                        + "'jobSpecification':{'poolInfo':{'poolId':'POOL'}}}");
        add(1, "PATCH /jobschedules/SCHEDULE", "{'schedule':{'doNotRunUntil':'2099-01-01T00:00:00Z'}}");
        add(1, "GET /jobschedules/SCHEDULE/jobs", "");
        add(1, "POST /jobschedules/SCHEDULE/disable", "");
        add(2, "POST /jobschedules/SCHEDULE/enable", "");
        add(1, "POST /jobschedules/SCHEDULE/terminate", "");
        add(1, "DELETE /jobschedules/SCHEDULE", "");
    }

    private void add(int weight, String call, String body) {
        String[] parts = call.split(" ", 2);
        for (int i = 0; i < weight; i++) {
            kinds.add(new Kind(parts[0], parts[1], body.replace('\'', '"')));
        }
    }

    private String filled(String template) {
        String text = template.equals("COLLECTION") ? collection() : template;
        text = oneByOne(text, "TASK", TASKS, "t");
        text = oneByOne(text, "JOB", JOBS, "j");
        text = oneByOne(text, "POOL", POOLS, "p");
        text = oneByOne(text, "SCHEDULE", SCHEDULES, "s");
        text = oneByOne(text, "NODE", NODES, "tvm-").replaceAll("(tvm-\\d+)", "$1-d");
        return oneByOne(text, "SMALL", NODES + 1, "");
    }

    /** Each place gets an id of its own. */
    private String oneByOne(String text, String place, int count, String prefix) {
        String filled = text;
        while (filled.contains(place)) {
            int number = random.nextInt(count) + (prefix.isEmpty() ? 0 : 1);
            filled = filled.replaceFirst(place, prefix + number);
        }
        return filled;
    }

    private String collection() {
        return IntStream.rangeClosed(0, random.nextInt(MAX_COLLECTION_SIZE))
                .mapToObj(i -> "{\"id\":\"TASK\",\"commandLine\":\"/bin/true\"}")
                .collect(Collectors.joining(",", "{\"value\":[", "]}"));
    }

    private record Kind(String method, String path, String body) {}
}
