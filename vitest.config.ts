import { defineConfig } from 'vitest/config'
import { readAtBuild } from './src/teaching/readAtBuild.ts'

export default defineConfig({
  plugins: [readAtBuild()],
  test: { include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], testTimeout: 30_000, globals: false },
})
