/**
 * What a node does: its folders, the environment of its tasks, fetching their files, running their processes to the
 * end, and uploading their outputs. Nothing here knows of pools, jobs or scheduling.
 */
package io.twinbatch.local.node;
