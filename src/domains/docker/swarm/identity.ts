import type { Entity } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'

/** The 25 letters and digits that a swarm knows a thing by: a function of what it is and when it was born. Models: swarmkit identity.NewID */
export function swarmId(entity: Pick<Entity, 'id' | 'born'>): string {
  return base36(`swarm ${entity.id} ${entity.born}`, 25)
}

/** So many letters and digits that follow from a text. */
export function base36(text: string, length: number): string {
  let number = BigInt(`0x${digestOf(text).slice(7)}`)
  let word = ''
  for (; word.length < length; number /= 36n) word += (number % 36n).toString(36)
  return word
}
