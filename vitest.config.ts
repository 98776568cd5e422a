import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/{unit,contract,e2e}/**/*.test.ts'],
    // It imports JSON without the attribute that Node wants.
    server: { deps: { inline: ['@actions/workflow-parser'] } },
    // By default one core is left idle, which is half of a machine with two.
    maxWorkers: '100%',
    // The files of a worker share its modules, which takes a seventh of the time off: what a test changes of the process
    // (environment, timers, globals), it changes back.
    isolate: false,
    // Against what hangs, not against what is slow: the machine may be busy with something else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
