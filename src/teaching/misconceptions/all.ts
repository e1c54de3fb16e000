// A file is found by being in this folder.
import.meta.glob(['./*.ts', '!./all.ts', '!./load.ts', '!./misconception.ts', '!./ofCore.ts', '!./*.test.ts'], {
  eager: true,
})

export { type Misconception, misconceptions } from './misconception.ts'
