/** One contract suite for each interface of the API; a backend joins by adding a class that builds its fixture. */
package io.twinbatch.it.contract;
