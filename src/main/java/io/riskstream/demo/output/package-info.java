/** What the job tells its readers on its topics, as the demo shows and proves it. */
package io.riskstream.demo.output;
