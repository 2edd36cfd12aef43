package io.twinbatch.it.emulator;

import java.util.List;
import java.util.Random;

/** Calls of any operation with any id, parameter and body, seldom such that they belong together. */
final class WildCalls {
    private static final List<String> VERSIONS = List.of(
            "2019-08-01.10.0", "2021-06-01.14.0", "2024-07-01.20.0", "2025-06-01", "2026-10-01", "2031-01-01.1.0");
    private static final List<String> METHODS = List.of("GET", "GET", "POST", "POST", "PUT", "PATCH", "DELETE", "HEAD");
    private static final List<String> IDS = List.of(
            "p1",
            "j1",
            "j2",
            "t1",
            "t2",
            "s1",
            "none",
            "",
            "a%2Fb",
            "%2e%2e",
            "..",
            "%00",
            "%ff",
            "%zz",
            "x".repeat(65),
            "s1:job-1",
            "a b",
            "\u00fc",
            "*",
            "tvm-1",
            ";a=b",
            "%25");
    private static final List<String> PATHS = List.of(
            "/pools",
            "/pools/{}",
            "/pools/{}/resize",
            "/pools/{}/stopresize",
            "/pools/{}/removenodes",
            "/pools/{}/enableautoscale",
            "/pools/{}/disableautoscale",
            "/pools/{}/evaluateautoscale",
            "/pools/{}/updateproperties",
            "/pools/{}/nodes",
            "/pools/{}/nodes/{}",
            "/pools/{}/nodes/{}/reboot",
            "/pools/{}/nodes/{}/reimage",
            "/pools/{}/nodes/{}/disablescheduling",
            "/pools/{}/nodes/{}/enablescheduling",
            "/pools/{}/nodes/{}/files",
            "/pools/{}/nodes/{}/files/{}",
            "/pools/{}/nodes/{}/users",
            "/pools/{}/nodes/{}/remoteloginsettings",
            "/pools/{}/nodes/{}/uploadbatchservicelogs",
            "/pools/{}/nodes/{}/extensions",
            "/poolusagemetrics",
            "/nodecounts",
            "/supportedimages",
            "/jobs",
            "/jobs/{}",
            "/jobs/{}/disable",
            "/jobs/{}/enable",
            "/jobs/{}/terminate",
            "/jobs/{}/jobpreparationandreleasetaskstatus",
            "/jobs/{}/taskcounts",
            "/jobs/{}/tasks",
            "/jobs/{}/tasks/{}",
            "/jobs/{}/addtaskcollection",
            "/jobs/{}/tasks/{}/terminate",
            "/jobs/{}/tasks/{}/reactivate",
            "/jobs/{}/tasks/{}/subtasksinfo",
            "/jobs/{}/tasks/{}/files",
            "/jobs/{}/tasks/{}/files/{}",
            "/jobschedules",
            "/jobschedules/{}",
            "/jobschedules/{}/disable",
            "/jobschedules/{}/enable",
            "/jobschedules/{}/terminate",
            "/jobschedules/{}/jobs",
            "/applications",
            "/certificates",
            "/",
            "",
            "/{}/{}/{}",
            "/health",
            "//",
            "/pools/{}/{}");
    private static final List<String> PARAMETERS = List.of(
            "$filter=state%20eq%20'active'",
            "$filter=startswith(id,'p')",
            "$filter=id%20gt%20'a'%20and%20not%20id",
            "$filter=" + "(".repeat(300),
            "$filter=creationTime%20gt%20DateTime'2026-01-01'",
            "$filter=%00",
            "$filter=",
            "%24filter=executionInfo/exitCode%20ge%200",
            "$filter=%27",
            "$select=id,state",
            "$select=id,%20url,stats",
            "$select=*",
            "$select=",
            "$expand=stats",
            "$expand=all",
            "maxresults=1",
            "maxresults=0",
            "maxresults=-5",
            "maxresults=99999999999",
            "maxresults=a",
            "timeout=30",
            "timeout=-1",
            "timeout=x",
            "recursive=true",
            "recursive=maybe",
            "force=true",
            "$skiptoken=TB1.YQ",
            "$skiptoken=x",
            "starttime=2026-01-01T00:00:00Z",
            "starttime=x",
            "unknown=1",
            "a",
            "=",
            "%zz=1",
            "&&&",
            "maxresults=1&maxresults=2");
    private final Random random;
    private final FuzzBodies bodies;

    WildCalls(Random random) {
        this.random = random;
        this.bodies = new FuzzBodies(random);
    }

    FuzzCall next() {
        String method = random.nextInt(60) == 0 ? "BREW" : pick(METHODS);
        String target = target();
        boolean hasBody = method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
        return new FuzzCall(method, target, hasBody ? bodies.next() : "");
    }

    private String target() {
        StringBuilder path = new StringBuilder();
        String[] parts = pick(PATHS).split("\\{\\}", -1);
        for (int i = 0; i < parts.length; i++) {
            path.append(i == 0 ? "" : pick(IDS)).append(parts[i]);
        }
        StringBuilder query = new StringBuilder();
        if (random.nextInt(20) != 0) {
            query.append("api-version=").append(VERSIONS.get(random.nextInt(VERSIONS.size())));
        }
        for (int count = random.nextInt(4); count > 0; count--) {
            query.append('&').append(pick(PARAMETERS));
        }
        // What stands there is sent byte by byte; blanks would end the target.
        String text = path + (query.length() == 0 ? "" : "?" + query);
        return text.replace(" ", "%20").replaceFirst("^$", "/");
    }

    private String pick(List<String> words) {
        return words.get(random.nextInt(words.size()));
    }
}
