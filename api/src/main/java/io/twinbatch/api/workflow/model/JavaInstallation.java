package io.twinbatch.api.workflow.model;

/**
 * The parts of shell scripts that find Java on a node, or install it from the servers of the node's distribution. They have
 * no single quotes and no comments, so that they fit on a command line. apt's messages are read in English, which the scripts
 * ask for.
 */
final class JavaInstallation {
    /** The oldest version that will do. */
    static final int OLDEST_VERSION = 17;

    /** {@code fits PROGRAM}: whether a program is a Java that starts and is new enough. */
    static final String FITS = "fits() { \"$1\" -version 2>&1 | grep -Eq \"version .(1[7-9]|[2-9][0-9])\"; };";

    /** How long apt's locks are waited for, all in all: a fresh machine updates its lists itself. */
    private static final int LOCK_SECONDS = 300;

    private static final int PAUSE_SECONDS = 10;

    /** apt itself tries each file again; this is for servers that are gone for longer. */
    private static final int FETCHES = 3;

    private static final String VERSIONS = "17 21 25";

    /** Fetches apt's lists. apt-get calls it a success when servers did not answer, so that its messages are read. */
    private static final String UPDATE = " update() { until u=$(apt-get -q -y -o Acquire::Retries=3 update 2>&1) &&"
            + " case $u in *\"Failed to fetch\"* | *\"Some index files failed\"*) false ;; esac; do"
            + " printf \"%s\\n\" \"$u\" >&2;"
            + " case $u in"
            + " *\"Could not get lock\"* | *\"Unable to lock\"*)"
            + " [ \"$waited\" -lt " + LOCK_SECONDS + " ] || return 1; waited=$((waited + " + PAUSE_SECONDS + ")) ;;"
            + " *) fetches=$((fetches + 1)); [ \"$fetches\" -lt " + FETCHES + " ] || return 1 ;;"
            + " esac; sleep " + PAUSE_SECONDS + "; done; };";

    /** The first version of which there is a package; simulating takes no lock. */
    private static final String APT = " apt() { export DEBIAN_FRONTEND=noninteractive; waited=0; fetches=0; update ||"
            + " echo \"twinbatch: the lists of packages could not be fetched as a whole\" >&2;"
            + " for v in " + VERSIONS + "; do p=openjdk-$v-jre-headless;"
            + " apt-get -q -y -s install --no-install-recommends $p >/dev/null 2>&1 || continue;"
            + " apt-get -q -y -o DPkg::Lock::Timeout=$((" + LOCK_SECONDS + " - waited)) -o Acquire::Retries=3"
            + " install --no-install-recommends $p; return; done;"
            + " echo \"twinbatch: apt-get knows no package of Java " + VERSIONS + "\" >&2; return 1; };";

    private static final String RPM = " rpms() { m=$(command -v tdnf || command -v dnf || command -v yum) || return 1;"
            + " for v in " + VERSIONS + "; do for p in java-$v-openjdk-headless msopenjdk-$v; do"
            + " $m -q list $p >/dev/null 2>&1 || continue; $m -q -y install $p; return; done; done; return 1; };";

    /** {@code install_java}: installs one version, whichever the node's distribution has; needs administrator rights. */
    static final String INSTALL = UPDATE + APT + RPM + " install_java() { export LC_ALL=C;"
            + " if command -v apt-get >/dev/null 2>&1; then apt; else rpms; fi; };";

    /** {@code none}: says that there is no Java, and what to do. */
    static final String NONE = " none() { echo \"twinbatch: this node has no Java " + OLDEST_VERSION
            + " or later, and none could be installed; choose an image that has it, or one with apt-get, dnf or tdnf"
            + " whose package servers the nodes can reach\" >&2; exit 1; };";

    private JavaInstallation() {}
}
