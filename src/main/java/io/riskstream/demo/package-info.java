/** Everything that one computer needs to see the pipeline run: embedded servers, load and job. */
package io.riskstream.demo;
