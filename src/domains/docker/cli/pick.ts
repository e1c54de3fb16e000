import { type Container, findContainer } from '../container/container.ts'
import { type DockerImage, findLocalImage } from '../image/index.ts'
import type { Ask } from './ask.ts'
import { refused } from './problem.ts'

/** The container that an argument means; refuses what is none. */
export function containerOf(ask: Ask, text: string): Container {
  const found = findContainer(ask.world, ask.engine, text)
  if (found === 'many') throw refused(`multiple IDs found with provided prefix: ${text}`)
  if (!found) throw refused(`No such container: ${text}`)
  return found
}

/** The image that an argument means; refuses what is none. */
export function imageNamed(ask: Ask, text: string): DockerImage {
  const found = findLocalImage(ask.world, ask.engine, text)
  if (!found)
    throw refused(`No such image: ${/[:@]/.test(text) || /^[0-9a-f]{12,64}$/.test(text) ? text : `${text}:latest`}`)
  return found
}

/** Does something to each argument; failures are told and make the exit code 1. */
export function eachArgument(ask: Ask, act: (text: string) => void): { readonly exit: number } {
  let exit = 0
  for (const text of ask.args) {
    try {
      act(text)
    } catch (problem) {
      if (!(problem instanceof Error)) throw problem
      if (problem.constructor.name !== 'Problem') throw problem
      ask.err(`${problem.message}\n`)
      exit = 1
    }
  }
  return { exit }
}
