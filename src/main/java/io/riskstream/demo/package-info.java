/** Everything that one computer needs to see the pipeline run: servers, load and job. */
package io.riskstream.demo;
