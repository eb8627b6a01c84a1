#!/usr/bin/env node
/**
 * count-tests.cjs FILE EXIT_CODE: prints "passed failed skipped" of a result that Jest wrote with --json. A spec file
 * that could not run counts as one failure, and so does an exit code that nothing in the result explains.
 */
const { readFileSync } = require('node:fs');

const [file, exitCode] = process.argv.slice(2);
const result = JSON.parse(readFileSync(file, 'utf8'));
let failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
if (exitCode !== '0' && failed === 0) failed = 1;
process.stdout.write(`${result.numPassedTests} ${failed} ${result.numPendingTests + result.numTodoTests}\n`);
