/** What can go wrong with the servers of a stage; each fault proves from outside that it hit. */
package io.riskstream.chaos.fault;
