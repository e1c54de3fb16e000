import '../../host/composition.ts'

// Rules are there once the domains are, so this comes after them. A file is found by being in this folder.
import.meta.glob(['./*.ts', '!./all.ts', '!./load.ts', '!./misconception.ts', '!./*.test.ts'], { eager: true })

export { type Misconception, misconceptions } from './misconception.ts'
