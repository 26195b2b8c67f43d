import type { Reporter, TestModule } from 'vitest/node';

/** How a run of the tests ended, each test counted once. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * A reporter that closes the run with `N passed, N failed` (`, N skipped` where there are any), alone on
 * the last line and without colour, for whoever reads the run by machine. It writes as the process ends,
 * since every other reporter and the runner's own warnings come before that.
 */
export function closingLine(): Reporter {
  let counts: Counts | undefined;
  process.once('exit', () => {
    if (counts !== undefined) process.stdout.write(`\n${sayCounts(counts)}\n`);
  });
  return {
    onTestRunEnd(modules, unhandledErrors) {
      counts = countRun(modules, unhandledErrors.length);
    },
  };
}

/** The counts in words. */
export function sayCounts({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

/**
 * Counts tests, and as one failure each what fails outside a test: a file that does not load, a suite
 * whose hook throws, an error that nobody caught. A test that never came to run has failed as well.
 */
function countRun(modules: readonly TestModule[], unhandledErrors: number): Counts {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const states = tests.map((test) => test.result().state);
  const count = (state: (typeof states)[number]) => states.filter((one) => one === state).length;
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const brokenGroups = groups.filter((group) => group.errors().length > 0).length;
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + brokenGroups + unhandledErrors,
    skipped: count('skipped'),
  };
}
