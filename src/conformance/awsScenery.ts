import { wordOf } from '../domains/aws/core/cli/request.ts'
import { kebab } from '../domains/aws/core/cli/words.ts'
import type { AwsService } from '../domains/aws/core/service.ts'
import type { ServiceApi } from '../domains/aws/core/serviceApi.ts'
import type { Json, JsonObject } from '../kernel/index.ts'
import type { AwsCall } from './awsCall.ts'
import { defaultsFor, LINES, MAKERS, OPPOSITES, SAMPLES, TRUST } from './awsDefaults.ts'
import { errorCode, looseJson } from './awsOutputs.ts'
import { CODECOMMIT_WAYS } from './codecommitWays.ts'
import type { Stage } from './stage.ts'

/**
 * Brings about what a documented AWS command takes for granted, by one procedure: what the service says is missing, or what the page shows
 * and is not there, is created by the operation that the model has for it, from what the command and the documented output name.
 */
export class AwsScenery {
  private readonly stage: Stage
  /** Documented ids and ARNs by the real ones. */
  private readonly known = new Map<string, string>()
  private readonly made = new Set<string>()
  /** What creating calls answered, by the call. */
  private readonly answers = new Map<string, Json | undefined>()

  constructor(stage: Stage) {
    this.stage = stage
  }

  /** A line with the ids that things really have here. */
  withIds(line: string): string {
    let text = line
    for (const [documented, real] of [...this.known].sort((a, b) => b[0].length - a[0].length))
      text = text.replace(
        new RegExp(`(?<![\\w/:-])${documented.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w/-])`, 'g'),
        real,
      )
    return text
  }

  /** Makes one thing that an output shows to be absent; says whether there was one to make. */
  mend(call: AwsCall, documented: string, output: string): boolean {
    const code = errorCode(output)
    const shown = looseJson(documented)
    if (code !== undefined) {
      if (errorCode(documented) === code) return false
      const named = /not found: \[([^\]]+)\]/i.exec(output)?.[1]?.split(', ')
      const nouns = this.missing(call.service, code, output, call.input)
      const done = nouns.some((noun) =>
        (named ?? [quotedAfter(noun, output)])
          .map((name) => this.make(call.service, noun, { ...call, shown, name }, 0))
          .some((made) => made),
      )
      return done || (nouns.length > 0 && this.undo(call, shown))
    }
    if (/Waiter \w+ failed/.test(output)) {
      const noun = nounsOf(call.service).find((one) => singular(call.operation.toLowerCase()).endsWith(one))
      return noun !== undefined && this.make(call.service, noun, { ...call, shown }, 0)
    }
    if (shown === undefined) return false
    const actual = looseJson(output)
    for (const [key, list] of lists(shown)) {
      const real = lists(actual).find(([other]) => other === key)?.[1]
      if (list.length === 0 || (real && real.length > 0)) continue
      const word = singular(key.toLowerCase()).replace(/(arn|id|name)$/, '')
      const nouns = nounsOf(call.service)
      const listed = listedNoun(call.operation)
      const noun =
        nouns.find((one) => one === listed && one.endsWith(word)) ??
        nouns.filter((one) => word.endsWith(one)).sort((a, b) => b.length - a.length)[0] ??
        nouns.find((one) => singular(one).endsWith(word))
      if (noun === undefined) continue
      let any = false
      for (const one of list.slice(0, 3)) {
        const entity =
          typeof one === 'string' ? { [`${noun}Arn`]: one, [`${noun}Name`]: nameIn(one) } : (one as JsonObject)
        any = this.make(call.service, noun, { ...call, shown: [entity, shown] }, 0) || any
        if (any && singular(noun) !== noun) break
      }
      if (any) return true
    }
    const there = new Set(leaves(actual).map(([key]) => key))
    for (const [key] of leaves(shown)) {
      if (there.has(key)) continue
      const noun = nounsOf(call.service).find((one) => key.toLowerCase() === `default${one}`)
      if (noun !== undefined && this.make(call.service, noun, { ...call, shown }, 0)) return true
    }
    return false
  }

  /** Calls the opposite of an operation: what is to be detached must be attached, what is to be shown must have been put. */
  private undo(call: AwsCall, shown: Json | undefined): boolean {
    const [, verb = '', rest = ''] = /^([A-Z][a-z]+)(.*)$/.exec(call.operation) ?? []
    for (const other of OPPOSITES[verb] ?? []) {
      const operation = call.service.operations.find(({ name }) => name === `${other}${rest}`)?.name
      if (operation !== undefined && this.make(call.service, rest.toLowerCase(), { ...call, shown }, 0, operation))
        return true
    }
    return false
  }

  /** Nouns that a refusal may say are missing, likeliest first. */
  private missing(service: AwsService, code: string, output: string, input: JsonObject): readonly string[] {
    if (
      !/NotFound|DoesNotExist|NoSuch|NotExist|Missing|Required|Invalid|ClientException|Inactive|NotActive|NotAuthorized|Validation/i.test(
        code,
      )
    )
      return []
    if (code === 'ParamValidation') return []
    const text = `${code} ${/operation: (.*)/s.exec(output)?.[1] ?? ''}`.toLowerCase().replace(/[\s_-]/g, '')
    const nouns = nounsOf(service)
    const inCode = nouns.filter((noun) => code.toLowerCase().includes(noun))
    const inText = nouns.filter((noun) => text.includes(noun))
    const arns = leaves(input).flatMap(
      ([, value]) =>
        /^arn:[^:]*:[^:]*:[^:]*:[^:]*:([\w-]+)[:/]/.exec(value)?.[1]?.replaceAll('-', '').toLowerCase() ?? [],
    )
    const inArns = nouns.filter((noun) => arns.includes(noun))
    const inInput = nouns.filter((noun) =>
      Object.keys(input).some((key) => key.toLowerCase().startsWith(noun) && !/config(uration)?$/i.test(key)),
    )
    const longest = (list: readonly string[]) => [...list].sort((x, y) => y.length - x.length)
    return [...new Set([...longest(inCode), ...longest(inText), ...inArns, ...longest(inInput)])]
  }

  /** Makes a thing that no single call makes: by lines, and reads under which ids it is. */
  private byLines(service: AwsService, noun: string, about: About): boolean {
    const steps = CODECOMMIT_WAYS[`${service.name}.${noun}`]
    if (steps) {
      if (this.made.has(noun)) return false
      this.made.add(noun)
      return steps({
        call: { operation: about.operation ?? '', input: about.input },
        shown: about.shown,
        ask: (line) =>
          (looseJson(this.stage.run(`${this.withIds(line)}${about.region ?? ''}`).output) ?? {}) as JsonObject,
        know: (documented, real) => {
          if (documented !== real && !this.known.has(documented)) this.known.set(documented, real)
        },
      })
    }
    const shown = JSON.stringify(about.shown ?? null)
    const way = LINES[`${service.name}.${noun}`]?.find(
      ({ wantedBy, shows }) =>
        (wantedBy === undefined || wantedBy.test(about.operation ?? '')) && (shows === undefined || shows.test(shown)),
    )
    if (!way) return false
    const placed = (line: string, name = '') =>
      line.replace(/\{([a-zA-Z]+)\}/g, (_whole, member: string) =>
        member === 'name' ? name : nameIn(String(about.input[member] ?? (member === 'cluster' ? 'default' : 'staged'))),
      )
    const lines = (way.each ? namesFor(noun, about) : ['']).flatMap((name) =>
      way.lines.map((line) => placed(line, name)),
    )
    const key = `${noun} ${lines.join('\n')}`
    if (this.made.has(key)) return false
    this.made.add(key)
    for (const line of lines) this.stage.run(line)
    this.stage.pass(way.takes)
    const read = looseJson(this.stage.run(placed(way.read)).output)
    const real = leaves(read).map(([, value]) => value)
    if (way.each) return real.length > 0
    const said = leaves({ ...about.input }).filter(([member]) =>
      [noun, `${noun}arn`, `${noun}id`].includes(singular(member.toLowerCase())),
    )
    said.forEach(([, value], i) => {
      const found = real[i % Math.max(1, real.length)]
      if (found !== undefined && !real.includes(value)) this.known.set(value, found)
    })
    return real.length > 0
  }

  /** Puts the network of the lab in the place of a documented one, and makes roles and instances that a text names. */
  settle(text: string): void {
    const ids = (pattern: RegExp) =>
      [...new Set(text.match(pattern) ?? [])].filter(
        (id) => !this.known.has(id) && ![...this.known.values()].includes(id),
      )
    const take = (found: readonly string[], line: string) => {
      if (found.length === 0) return
      const real = leaves(looseJson(this.stage.run(line).output)).map(([, value]) => value)
      found.forEach((id, i) => {
        const other = real[i % Math.max(1, real.length)]
        if (other !== undefined) this.known.set(id, other)
      })
    }
    take(ids(/(?<![-\w])subnet-[0-9a-z]+(?![\w-])/g), 'aws ec2 describe-subnets --query Subnets[].SubnetId')
    take(ids(/(?<![-\w])vpc-[0-9a-z]+(?![\w-])/g), 'aws ec2 describe-vpcs --query Vpcs[].VpcId')
    take(ids(/(?<![-\w])sg-[0-9a-z]+(?![\w-])/g), 'aws ec2 describe-security-groups --query SecurityGroups[].GroupId')
    const instances = ids(/\bi-[0-9a-f]{6,17}\b/g)
    if (instances.length > 0) {
      const image = looseJson(
        `[${this.stage.run('aws ec2 describe-images --owners amazon --query Images[0].ImageId').output}]`,
      )
      const [first] = leaves(image)
      if (first)
        take(
          instances,
          `aws ec2 run-instances --image-id ${first[1]} --instance-type t3.micro --count ${instances.length} --query Instances[].InstanceId`,
        )
      this.stage.pass(60_000)
    }
    for (const [, path = ''] of text.matchAll(/arn:aws:iam::123456789012:role\/([\w+=,.@/-]+)/g)) {
      if (this.made.has(`role ${path}`)) continue
      this.made.add(`role ${path}`)
      const cut = path.lastIndexOf('/')
      const name = path.slice(cut + 1)
      const folder = cut < 0 ? '' : ` --path /${path.slice(0, cut)}/`
      this.stage.run(`aws iam create-role --role-name ${name}${folder} --assume-role-policy-document '${TRUST}'`)
      this.stage.run(
        `aws iam attach-role-policy --role-name ${name} --policy-arn arn:aws:iam::aws:policy/AdministratorAccess`,
      )
    }
  }

  /** Creates a thing of a noun, and first what that needs. */
  private make(
    service: AwsService,
    noun: string,
    about: About,
    depth: number,
    operation: string | undefined = makerOf(service, noun),
  ): boolean {
    if (this.byLines(service, noun, about)) return true
    if (operation === undefined || depth > 3) return false
    const { api } = service
    const shape = api.operations[operation]?.in
    if (shape === undefined) return false
    const name = about.name ?? nameFor(noun, about)
    const defaults = filled(defaultsFor(`${service.name}.${operation}`, about.operation ?? '', about.input), name)
    const all = objects(about.shown)
    for (const sources of [[about.input, ...all], [about.input], []])
      if (
        this.create(
          service,
          operation,
          { ...defaults, ...wanted(api, shape, noun, name, sources, defaults) },
          noun,
          about,
          depth,
        )
      )
        return true
    return false
  }

  /** Calls a creating operation, and makes what it says is missing, until it succeeds or nothing helps. */
  private create(
    service: AwsService,
    operation: string,
    input: JsonObject,
    noun: string,
    about: About,
    depth: number,
  ): boolean {
    const key = `${operation} ${JSON.stringify(input)}`
    if (this.made.has(key)) {
      const before = this.known.size
      if (this.answers.has(key)) this.learn(about, this.answers.get(key), noun)
      return this.known.size > before
    }
    this.made.add(key)
    this.settle(JSON.stringify(input))
    for (let round = 0; round < 5; round++) {
      const line = `aws ${wordOf(service)} ${kebab(operation)} --cli-input-json '${this.withIds(JSON.stringify(input)).replaceAll("'", "'\\''")}'${about.region ?? ''}`
      const { output } = this.stage.run(line)
      const code = errorCode(output)
      if (code === undefined) {
        this.answers.set(key, looseJson(output))
        this.learn(about, looseJson(output), noun)
        return true
      }
      if (/AlreadyExists|Conflict|Duplicate|NameExists/.test(code)) return false
      const more = { ...about, name: undefined, input: { ...input, ...about.input } }
      const others = this.missing(service, code, output, input).filter((other) => other !== noun)
      if (!others.some((other) => this.make(service, other, { ...more, name: quotedAfter(other, output) }, depth + 1)))
        return false
    }
    return false
  }

  /** Learns under which ids the page knows what was just made. */
  private learn(about: About, output: Json | undefined, noun: string): void {
    const real = new Map(leaves(output).map(([key, value]) => [key.toLowerCase(), value]))
    const said = [...leaves(about.input), ...leaves(about.shown)]
    for (const [key, value] of said) {
      const plain = singular(key.toLowerCase())
      const own = plain.startsWith(noun) || /^(resource)?(arn|id)$/.test(plain)
      const found =
        real.get(plain) ??
        (own ? (real.get(`${noun}${plain}`) ?? real.get(plain.replace(/^.*?(arn|id)$/, `${noun}$1`))) : undefined) ??
        (plain === noun ? real.get(`${noun}arn`) : undefined)
      if (
        found !== undefined &&
        found !== value &&
        (/(arn|id|token)$/.test(plain) || plain === noun) &&
        value.length > 3 &&
        !this.known.has(value)
      )
        this.known.set(value, found)
    }
  }
}

interface About {
  readonly input: JsonObject
  /** The option of the region that it is in, where the page says one. */
  readonly region?: string | undefined
  /** The operation that wants it. */
  readonly operation?: string | undefined
  readonly shown?: Json | undefined
  /** Its name, where a refusal says it. */
  readonly name?: string | undefined
}

/** Nouns of a service that can be made, in small letters. */
function nounsOf(service: AwsService): readonly string[] {
  const own = service.operations.flatMap(({ name }) => {
    const [, noun] = /^(?:Create|Register|Put|Allocate|Upload)([A-Z]\w*)$/.exec(name) ?? []
    return noun === undefined ? [] : [noun.toLowerCase()]
  })
  const more = [...Object.keys(MAKERS), ...Object.keys(LINES), ...Object.keys(CODECOMMIT_WAYS)].flatMap((key) => {
    const [name, noun = ''] = key.split('.')
    return name === service.name ? [noun] : []
  })
  return [...new Set([...own, ...more])]
}

/** The name that a refusal puts in quotes behind a noun: `The pipeline 'web' ...`. */
function quotedAfter(noun: string, output: string): string | undefined {
  return new RegExp(`\\b${noun} '([^']+)'`, 'i').exec(output)?.[1]
}

/** What an operation that shows many shows: `ListBuildsForProject` builds. */
function listedNoun(operation: string): string {
  return singular(
    operation
      .replace(/^(List|BatchGet|Describe|Get)/, '')
      .replace(/(For|In|By)[A-Z].*$/, '')
      .toLowerCase(),
  )
}

function makerOf(service: AwsService, noun: string): string | undefined {
  const named = MAKERS[`${service.name}.${noun}`]
  const wanted = named === undefined ? undefined : [named.toLowerCase()]
  const names = wanted ?? ['create', 'register', 'put', 'allocate', 'upload'].map((verb) => `${verb}${noun}`)
  return service.operations.find(({ name }) => names.includes(name.toLowerCase()))?.name
}

/** What a thing of a noun is called in a command or in an output. */
function nameFor(noun: string, { input, shown }: About): string {
  const keys = [
    `${noun}name`,
    `old${noun}name`,
    noun,
    `${noun}names`,
    `${noun}s`,
    `${noun}arn`,
    `${noun}arns`,
    `${noun}id`,
    `${noun}ids`,
    'names',
    'name',
    'oldname',
    'resourcearn',
    'resourcearns',
  ]
  for (const source of [input, ...objects(shown)])
    for (const key of keys) {
      const found = Object.entries(source).find(([member]) => member.toLowerCase() === key)?.[1]
      const one = Array.isArray(found) ? found[0] : found
      if (typeof one === 'string') return nameIn(one)
    }
  const arn = leaves(input).find(([, value]) => value.startsWith('arn:'))?.[1]
  return arn === undefined ? 'staged' : nameIn(arn)
}

/** What things of a noun are called in a command that names several; those that AWS has made itself are left out. */
function namesFor(noun: string, about: About): readonly string[] {
  const named = leaves(about.input).flatMap(([member, value]) =>
    singular(member.toLowerCase()) === noun ? [value] : [],
  )
  const names = (named.length > 0 ? named : [about.name ?? nameFor(noun, about)]).map((name) => nameIn(name))
  return [...new Set(names)].filter((name) => !/^FARGATE/.test(name))
}

/** The name in an ARN, or the text itself; a revision or a build's id behind it is left out. */
function nameIn(text: string): string {
  const resource = text.startsWith('arn:') ? text.split(':').slice(5).join(':') : text
  const parts = resource.split(/[/:]/).filter((part) => part !== '')
  if (!text.startsWith('arn:')) return text.replace(/:[\w-]+$/, '')
  const last = parts[parts.length - 1] ?? ''
  return /^([0-9a-f]{16,}|\d+)$/.test(last) && parts.length > 2 ? (parts[parts.length - 2] ?? last) : last
}

/** Input of a creating operation: what must be there, and what the page shows of it. */
function wanted(
  api: ServiceApi,
  shapeName: string,
  noun: string,
  name: string,
  sources: readonly JsonObject[],
  defaults: JsonObject,
): JsonObject {
  const shape = api.shapes[shapeName]
  if (shape?.is !== 'structure') return {}
  const found: { [member: string]: Json } = {}
  for (const [member, of] of Object.entries(shape.members)) {
    const required = shape.required?.includes(member) ?? false
    const low = member.toLowerCase()
    const naming =
      low === 'name' || low === `${noun}name` || low === noun || (low === 'family' && noun === 'taskdefinition')
    const said = sources
      .map((source) => memberOf(source, low))
      .find((value) => value !== undefined && fits(api, of, value))
    if (naming && api.shapes[of]?.is === 'string') found[member] = name
    else if (said !== undefined) found[member] = trimmed(api, of, said)
    else if (required && defaults[member] === undefined) found[member] = sample(api, of, member, name)
  }
  return found
}

function memberOf(source: JsonObject, low: string): Json | undefined {
  for (const [key, value] of Object.entries(source)) if (key.toLowerCase() === low) return value
  return undefined
}

/** Whether a value may stand for a shape. */
function fits(api: ServiceApi, shapeName: string, value: Json): boolean {
  const shape = api.shapes[shapeName]
  switch (shape?.is) {
    case 'string':
      return (
        typeof value === 'string' &&
        value !== '' &&
        (!shape.enum || shape.enum.includes(value)) &&
        value.length <= (shape.max ?? Number.POSITIVE_INFINITY)
      )
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      return typeof value === 'number'
    case 'boolean':
      return typeof value === 'boolean'
    case 'timestamp':
      return false
    case 'list':
      return Array.isArray(value) && value.length > 0 && value.every((one: Json) => fits(api, shape.of, one))
    case 'structure':
      return (
        value !== null &&
        typeof value === 'object' &&
        !Array.isArray(value) &&
        (shape.required ?? []).every((member) => member in value)
      )
    case 'map':
      return value !== null && typeof value === 'object' && !Array.isArray(value)
    default:
      return typeof value === 'string'
  }
}

/** A documented value without what the shape does not know. */
function trimmed(api: ServiceApi, shapeName: string, value: Json): Json {
  const shape = api.shapes[shapeName]
  if (shape?.is === 'list' && Array.isArray(value)) return value.map((one: Json) => trimmed(api, shape.of, one))
  if (shape?.is === 'structure')
    return Object.fromEntries(
      Object.entries(value as JsonObject).flatMap(([key, one]) => {
        const of = shape.members[key]
        return of === undefined || one === undefined || one === null || !fits(api, of, one)
          ? []
          : [[key, trimmed(api, of, one)]]
      }),
    )
  return value
}

/** The least that a shape takes. */
function sample(api: ServiceApi, shapeName: string, member: string, name: string): Json {
  const shape = api.shapes[shapeName]
  switch (shape?.is) {
    case 'string':
      if (shape.enum) return shape.enum[0] ?? ''
      if (SAMPLES[member] !== undefined) return SAMPLES[member]
      if (/role/i.test(member) && /arn/i.test(member)) return 'arn:aws:iam::123456789012:role/staged'
      if (/arns?$/i.test(member)) return `arn:aws:staged:us-east-1:123456789012:${member}`
      return /name$/i.test(member) ? name : 'staged'
    case 'integer':
    case 'long':
    case 'double':
    case 'float':
      return shape.min ?? 1
    case 'boolean':
      return true
    case 'list':
      return (shape.min ?? 0) > 0 ? [sample(api, shape.of, member, name)] : []
    case 'structure':
      return Object.fromEntries(
        (shape.required ?? []).map((key) => [key, sample(api, shape.members[key] ?? '', key, name)]),
      )
    case 'map':
      return {}
    default:
      return ''
  }
}

function filled(defaults: JsonObject, name: string): JsonObject {
  return JSON.parse(JSON.stringify(defaults).replaceAll('{name}', name)) as JsonObject
}

/** Objects in an output, those outside first. */
function objects(value: Json | undefined): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((one: Json) => objects(one))
  if (value === null || typeof value !== 'object' || value === undefined) return []
  return [value as JsonObject, ...Object.values(value as JsonObject).flatMap((one) => objects(one))]
}

/** Lists at the top of an output, by key. */
function lists(value: Json | undefined): readonly (readonly [string, readonly Json[]])[] {
  if (value === null || typeof value !== 'object' || value === undefined || Array.isArray(value)) return []
  return Object.entries(value as JsonObject).flatMap(([key, one]) => (Array.isArray(one) ? [[key, one] as const] : []))
}

/** Texts with their keys, wherever they are. */
function leaves(value: Json | undefined, key = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[key, value]]
  if (Array.isArray(value)) return value.flatMap((one: Json) => leaves(one, key))
  if (value === null || typeof value !== 'object' || value === undefined) return []
  return Object.entries(value as JsonObject).flatMap(([name, one]) => leaves(one, name))
}

function singular(word: string): string {
  return word
    .replace(/ies$/, 'y')
    .replace(/(ch|sh|x)es$/, '$1')
    .replace(/(arn|id|name)s$/, '$1')
    .replace(/([^s])s$/, '$1')
}
