import type { Ask } from '../cli/ask.ts'
import { contextNow } from '../cli/contexts.ts'
import { Problem } from '../cli/problem.ts'
import { type Builder, builderNamed } from './builder.ts'

/** The builder that commands mean; undefined for the engine's own, which is called as the context. Models: buildx store/storeutil */
export function builderMeant(ask: Ask, given = ask.args[0] ?? ask.text('builder')): Builder | undefined {
  const name = given ?? currentName(ask)
  if (name === contextNow(ask.call)) return undefined
  const builder = builderNamed(ask.world, ask.engine, name)
  if (!builder && given === undefined) return undefined
  if (!builder) throw new Problem(`ERROR: no builder ${JSON.stringify(name)} found`)
  return builder
}

/** The name of the builder in use: of the environment, of the client's files, or the context's own. */
export function currentName(ask: Ask): string {
  const { env, files } = ask.call
  if (env.BUILDX_BUILDER !== undefined) return env.BUILDX_BUILDER
  const file = files.read(currentPath(ask))
  const [, name] = 'error' in file ? [] : (/"Name":"([^"]*)"/.exec(file.text) ?? [])
  const own = contextNow(ask.call)
  return name !== undefined && name !== '' && builderNamed(ask.world, ask.engine, name) ? name : own
}

/** Keeps which builder is in use; the empty name is the context's own. */
export function useBuilder(ask: Ask, name: string, endpoint: string): void {
  const path = currentPath(ask)
  for (let cut = path.indexOf('/', 1); cut > 0; cut = path.indexOf('/', cut + 1))
    ask.call.files.mkdir(path.slice(0, cut))
  ask.call.files.write(path, `{"Key":${JSON.stringify(endpoint)},"Name":${JSON.stringify(name)},"Global":false}`)
}

function currentPath(ask: Ask): string {
  return `${ask.call.env.HOME ?? '/root'}/.docker/buildx/current`
}
