/** What is to go wrong on purpose, so that what is dear to rehearse in the cloud is rehearsed here. */
package io.twinbatch.local.faults;
