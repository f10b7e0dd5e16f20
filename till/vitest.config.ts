import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [svelte()],
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    // A test that passes because nothing ran is a fault; so is a promise that nobody awaited.
    passWithNoTests: false,
    dangerouslyIgnoreUnhandledErrors: false,
    restoreMocks: true,
    // Threads start in a fraction of the time of processes, and two cores are all there is.
    pool: 'threads',
    maxWorkers: 2,
    testTimeout: 20_000,
  },
})
