import { byteOrder } from '../object/byteOrder.ts'
import { writeTree } from '../object/flatTree.ts'
import type { Command } from './command.ts'

/** Models: git builtin/write-tree.c */
export const writeTreeCommand: Command = {
  name: 'write-tree',
  summary: 'Create a tree object from the current index',
  usage: ['git write-tree'],
  flags: [],
  run(ask) {
    ask.out(`${writeTree(ask.repo.store, new Map([...ask.repo.stage().files].sort(([a], [b]) => byteOrder(a, b))))}\n`)
    return 0
  },
}
