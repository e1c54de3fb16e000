import { findContainer } from '../container/container.ts'
import { findLocalImage } from '../image/index.ts'
import { findNetwork } from '../network/network.ts'
import { swarmLookups } from '../swarm/cli/lookups.ts'
import { type Volume, volumeId } from '../volume/volume.ts'
import type { Ask } from './ask.ts'
import type { Command, CommandFlag, Reply } from './command.ts'
import { jsonText, render, unescaped } from './format.ts'
import { containerObject, imageObject, networkObject, volumeObject } from './inspecting.ts'
import { refused } from './problem.ts'

type Lookup = (ask: Ask, text: string) => Readonly<Record<string, unknown>> | undefined

const asContainer: Lookup = (ask, text) => {
  const found = findContainer(ask.world, ask.engine, text)
  return found && found !== 'many' ? containerObject(ask.world, found) : undefined
}
const asImage: Lookup = (ask, text) => {
  const found = findLocalImage(ask.world, ask.engine, text)
  return found && imageObject(found)
}
const asNetwork: Lookup = (ask, text) => {
  const found = findNetwork(ask.world, ask.engine, text)
  return found && networkObject(ask.world, found, ask.engine)
}
const asVolume: Lookup = (ask, text) => {
  const found = ask.world.get(volumeId(ask.engine, text)) as Volume | undefined
  return found && volumeObject(found)
}

const FORMAT: CommandFlag = {
  name: 'format',
  short: 'f',
  type: 'string',
  says: "Format output using a custom template:\n'json':             Print in JSON format\n'TEMPLATE':         Print output using the given Go template.",
}
const SIZE: CommandFlag = { name: 'size', short: 's', says: 'Display total file sizes if the type is container' }

/** Prints what is found as JSON or through a template; what is not is told at the end. Models: docker/cli cli/command/inspect */
function inspecting(ask: Ask, lookups: readonly Lookup[], missing: (text: string) => string): Reply {
  const found: Readonly<Record<string, unknown>>[] = []
  const problems: string[] = []
  for (const text of ask.args) {
    let object: Readonly<Record<string, unknown>> | undefined
    for (const lookup of lookups) object ??= lookup(ask, text)
    if (object) found.push(object)
    else problems.push(missing(text))
  }
  const format = ask.text('format')
  if (format === undefined) ask.out(`${found.length === 0 ? '[]' : JSON.stringify(found, undefined, 4)}\n`)
  else if (format === 'json') ask.out(`${jsonText(found)}\n`)
  else for (const object of found) ask.out(`${render(unescaped(format), object)}\n`)
  for (const problem of problems) ask.err(`${problem}\n`)
  return { exit: problems.length > 0 ? 1 : 0 }
}

function inspector(
  group: string,
  lookup: Lookup,
  missing: (text: string) => string,
  completes: Command['completes'],
  extra: readonly CommandFlag[] = [],
): Command {
  return {
    path: `${group} inspect`,
    summary: `Display detailed information on one or more ${group}s`,
    usage: `[OPTIONS] ${group.toUpperCase()} [${group.toUpperCase()}...]`,
    args: [1, Number.POSITIVE_INFINITY],
    flags: [FORMAT, ...extra],
    ...(completes ? { completes } : {}),
    run: (ask) => inspecting(ask, [lookup], missing),
  }
}

const says = (text: string): string => refused(text).message

/** `docker inspect`, and those of each kind. */
export const inspectCommands: readonly Command[] = [
  {
    path: 'inspect',
    summary: 'Return low-level information on Docker objects',
    usage: '[OPTIONS] NAME|ID [NAME|ID...]',
    args: [1, Number.POSITIVE_INFINITY],
    completes: 'containers',
    flags: [FORMAT, SIZE, { name: 'type', type: 'string', says: 'Only inspect objects of the given type' }],
    run(ask) {
      const type = ask.text('type')
      const all: { readonly [type: string]: Lookup } = {
        container: asContainer,
        image: asImage,
        network: asNetwork,
        volume: asVolume,
        ...swarmLookups,
      }
      const lookups = type === undefined ? Object.values(all) : [all[type] ?? (() => undefined)]
      return inspecting(ask, lookups, (text) => `error: no such ${type ?? 'object'}: ${text}`)
    },
  },
  inspector('container', asContainer, (text) => says(`No such container: ${text}`), 'containers', [SIZE]),
  inspector(
    'image',
    asImage,
    (text) => says(`No such image: ${/[:@]/.test(text) ? text : `${text}:latest`}`),
    'images',
    [{ name: 'platform', type: 'string', says: 'Inspect a specific platform of the multi-platform image' }],
  ),
  inspector('network', asNetwork, (text) => says(`network ${text} not found`), 'networks', [
    { name: 'verbose', short: 'v', says: 'Verbose output for diagnostics' },
  ]),
  inspector('volume', asVolume, (text) => says(`get ${text}: no such volume`), 'volumes'),
]
