import type { Emission, Entity, World } from '../../../kernel/index.ts'
import { type ApiAnswer, type ApiCall, type ApiError, defineOperation, type Operation, refuse } from '../core/index.ts'

/** A refusal on its way out of an operation. */
export class Refused extends Error {
  readonly error: ApiError

  constructor(code: string, message: string) {
    super(message)
    this.error = { code, message }
  }
}

export function refused(code: string, message: string): never {
  throw new Refused(code, message)
}

/** What was looked for, or `NoSuchEntity`. */
export function must<T>(found: T | undefined, message: string): T {
  return found ?? refused('NoSuchEntity', message)
}

/** Declares an operation whose code may refuse by throwing; what it answers is its output, with what it lets happen as `emit`. */
export function op<In>(
  name: string,
  run: (input: In, world: World, call: ApiCall<In>) => { output?: object; emit?: readonly Emission[] },
  resource?: (input: In, world: World) => string | undefined,
): Operation {
  return defineOperation<In>(
    name,
    (call): ApiAnswer => {
      try {
        const { output = {}, emit } = run(call.input, call.world, call)
        return { output, emit }
      } catch (error) {
        if (error instanceof Refused) return refuse(error.error.code, error.error.message)
        throw error
      }
    },
    (call) => ({ resource: resource?.(call.input, call.world) }),
  )
}

export function created(to: string, kind: string, data: object): Emission {
  return { to, kind, type: 'Created', data }
}

export function deleted(entity: Entity): Emission {
  return { to: entity.id, type: 'Deleted' }
}
