import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/conformance/**/*.conformance.test.ts'],
    testTimeout: 300_000,
    hookTimeout: 600_000,
    // The beds are whole servers: one after the other.
    fileParallelism: false,
  },
});
