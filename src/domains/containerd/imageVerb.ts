import type { World } from '../../kernel/index.ts'
import { type Done, fail, type Options, ok, type Program, readOptions } from '../../shell/index.ts'
import { type OwnImage, type OwnServer, pushImage } from './ownImage.ts'
import { parseReference } from './reference.ts'

/** `lab image add`: images of the learner's own, so that any `shop/web:1.5.0` can be pulled and serves as it was told to. */
export const imageVerb: Program = {
  name: 'image',
  summary: 'push an image of your own, list them, or take one away',
  usage: 'add NAME [--port N] [--start SPAN] [--cpu-per-request SPAN] ... | list | remove NAME',
  operands: 'none',
  subcommands: [
    { name: 'add', summary: 'push an image with a web server in it, or another one under the same tag' },
    { name: 'list', summary: 'images that were pushed' },
    { name: 'remove', summary: 'delete an image from the registry; nodes that have it keep it' },
  ],
  flags: [
    { name: 'port', value: 'N', says: 'port that it listens on; 8080 when absent' },
    { name: 'start', value: 'SPAN', says: 'time until it listens; 300ms when absent' },
    { name: 'cpu-per-request', value: 'SPAN', says: 'CPU time of one request; 2ms when absent' },
    { name: 'latency', value: 'SPAN', says: 'time of an answer on an idle machine; 5ms when absent' },
    { name: 'memory', value: 'SIZE', says: 'memory that it holds; 32Mi when absent' },
    { name: 'size', value: 'SIZE', says: 'what a pull fetches; 46Mi when absent' },
    { name: 'says', value: 'TEXT', says: 'what it answers; its name and the request when absent' },
    { name: 'exit', value: 'CODE', says: 'it ends by itself with this exit code' },
    { name: 'exit-after', value: 'SPAN', says: 'when it does; at once when absent' },
    { name: 'no-shell', says: 'a distroless image: nothing in it but the server' },
  ],
  examples: ['lab image add shop/web:1.5.0 --port 8080 --start 2s --cpu-per-request 4ms', 'lab image list'],
  run(call) {
    const options = readOptions(imageVerb, call.argv)
    if ('exit' in options) return options
    const [what, name] = options.operands
    if (what === 'list') return list(call.world)
    if (what === 'add' && name !== undefined) return add(name, options.given)
    if (what === 'remove' && name !== undefined) return remove(call.world, name)
    return fail("lab image: say 'lab image add NAME', 'lab image list' or 'lab image remove NAME'")
  },
  complete({ world, words, word }) {
    if (words.at(-1) !== 'remove') return []
    return own(world)
      .map(({ reference }) => ({ text: reference }))
      .filter(({ text }) => text.startsWith(word))
  },
}

function add(name: string, given: Options['given']): Done {
  if (!parseReference(name)) return fail(`lab image: ${name}: invalid reference format`)
  const read: { [flag: string]: number | undefined } = {}
  for (const [flag, parse] of Object.entries(READERS)) {
    const text = given[flag]
    if (typeof text !== 'string') continue
    const value = parse(text)
    if (value === undefined) return fail(`lab image: --${flag}: '${text}' is not understood`)
    read[flag] = value
  }
  const server: Partial<OwnServer> = {
    ...(read.port === undefined ? {} : { port: read.port }),
    ...(read.start === undefined ? {} : { startMs: read.start }),
    ...(read['cpu-per-request'] === undefined ? {} : { cpuMsPerRequest: read['cpu-per-request'] }),
    ...(read.latency === undefined ? {} : { latencyMs: read.latency }),
    ...(read.memory === undefined ? {} : { idleBytes: read.memory }),
    ...(typeof given.says === 'string' ? { says: given.says } : {}),
    ...(read.exit === undefined ? {} : { exits: { code: read.exit, afterMs: Math.round(read['exit-after'] ?? 0) } }),
  }
  const emission = pushImage(name, {
    server,
    base: given['no-shell'] ? 'none' : 'alpine',
    ...(read.size === undefined ? {} : { bytes: read.size }),
  })
  if (!emission) return fail(`lab image: ${name}: invalid reference format`)
  return { exit: 0, stdout: `${parseReference(name)?.full} pushed\n`, emit: [emission] }
}

function list(world: World): Done {
  const images = own(world)
  if (images.length === 0) return ok('No images were pushed.\n')
  return ok(images.map(({ reference, server }) => `${reference}${server ? `  port ${server.port}` : ''}\n`).join(''))
}

function remove(world: World, name: string): Done {
  const full = parseReference(name)?.full
  const image = own(world).find(({ reference }) => reference === full)
  if (!image) return fail(`lab image: there is no image ${name} of your own`)
  return { exit: 0, stdout: `${image.reference} deleted\n`, emit: [{ to: image.id, type: 'Deleted' }] }
}

function own(world: World): readonly OwnImage[] {
  return [...world.all('containerd.Image')] as OwnImage[]
}

/** ms of `2s`, `4ms`, `1m`; fractions are kept, since a request may cost less than 1 ms. */
function span(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(us|ms|s|m)?$/.exec(text)
  if (!match) return undefined
  return Number(match[1]) * ({ us: 0.001, ms: 1, s: 1000, m: 60_000 }[match[2] ?? 's'] ?? 1)
}

/** Bytes of `64Mi`, `50M`, `1Gi`. */
function size(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(Ki|Mi|Gi|k|M|G)?$/.exec(text)
  if (!match) return undefined
  const units: { readonly [unit: string]: number } = { Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, k: 1e3, M: 1e6, G: 1e9 }
  return Math.round(Number(match[1]) * (match[2] === undefined ? 1 : (units[match[2]] ?? 1)))
}

function whole(most: number): (text: string) => number | undefined {
  return (text) => (/^\d+$/.test(text) && Number(text) <= most ? Number(text) : undefined)
}

const READERS: { readonly [flag: string]: (text: string) => number | undefined } = {
  port: whole(65_535),
  start: (text) => {
    const ms = span(text)
    return ms === undefined ? undefined : Math.round(ms)
  },
  'cpu-per-request': span,
  latency: span,
  memory: size,
  size,
  exit: whole(255),
  'exit-after': span,
}
