import type { Reporter, TestModule } from 'vitest/node';

/** How a run of the tests ended, each test counted once. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/**
 * A reporter that closes the run with what was skipped and why, and then with `N passed, N failed` (`, N skipped` where there are any), alone on
 * the last line and without color, for whoever reads the run by machine. It writes as the process ends,
 * since every other reporter and the runner's own warnings come before that.
 */
export function closingLine(): Reporter {
  let counts: Counts | undefined;
  let notes: readonly string[] = [];
  process.once('exit', () => {
    if (counts === undefined) return;
    process.stdout.write(`\n${[...notes, sayCounts(counts)].join('\n')}\n`);
  });
  return {
    onTestRunEnd(modules, unhandledErrors) {
      notes = skipNotes(modules);
      counts = countRun(modules, unhandledErrors.length);
    },
  };
}

/** The counts in words. */
export function sayCounts({ passed, failed, skipped }: Counts): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

/** The tests that were skipped with a note, as a line for each note. */
function skipNotes(modules: readonly TestModule[]): readonly string[] {
  const tests = new Map<string, number>();
  for (const module of modules) {
    for (const test of module.children.allTests('skipped')) {
      const result = test.result();
      if (result.state !== 'skipped' || result.note === undefined) continue;
      const key = `in ${module.relativeModuleId} skipped: ${result.note}`;
      tests.set(key, (tests.get(key) ?? 0) + 1);
    }
  }
  return [...tests].map(([key, count]) => `${count} ${key}`);
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
