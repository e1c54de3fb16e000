import { EPOCH } from '../../../kernel/index.ts'
import { digestOf, parseReference } from '../../containerd/index.ts'
import type { Build } from '../build/build.ts'
import { imageContent } from '../build/export.ts'
import { platformText } from '../build/platform.ts'
import { aligned } from '../builder/describe.ts'
import type { Ask } from '../cli/ask.ts'
import type { Command } from '../cli/command.ts'
import { render, unescaped } from '../cli/format.ts'
import { manifestDigest } from '../image/index.ts'
import { beganAt, durationOf, durationText, nameOf, recordMeant, refOf, statusOf } from './records.ts'

/** `docker buildx history inspect`. Models: buildx commands/history/inspect.go */
export const inspectRecord: Command = {
  path: 'buildx history inspect',
  summary: 'Inspect a build record',
  usage: '[OPTIONS] [REF]',
  args: [0, 1],
  flags: [
    { name: 'builder', type: 'string', says: 'Override the configured builder instance' },
    { name: 'format', type: 'string', says: 'Format the output' },
  ],
  run(ask) {
    const record = recordOf(ask, recordMeant(ask, ask.args[0]))
    const format = ask.text('format') ?? 'pretty'
    if (format === 'json') ask.out(`${JSON.stringify(record, undefined, 2)}\n`)
    else if (format === 'pretty') ask.out(prettyText(record))
    else ask.out(`${render(unescaped(format), record)}\n`)
    return { exit: 0 }
  },
}

type Pair = { readonly Name: string; readonly Value: string }

interface BuildRecord {
  readonly Name: string
  readonly Ref: string
  readonly Context: string
  readonly Dockerfile: string
  readonly VCSRepository?: string | undefined
  readonly VCSRevision?: string | undefined
  readonly Target?: string | undefined
  readonly Platform: readonly string[]
  readonly KeepGitDir?: boolean | undefined
  readonly StartedAt: string
  readonly CompletedAt?: string | undefined
  readonly Duration: number
  readonly Status: string
  readonly Error?: { readonly Message: string } | undefined
  readonly NumCompletedSteps: number
  readonly NumTotalSteps: number
  readonly NumCachedSteps: number
  readonly BuildArgs?: readonly Pair[] | undefined
  readonly Labels?: readonly Pair[] | undefined
  readonly Config: { readonly ImageResolveMode: string; readonly NoCache?: boolean }
  readonly Materials: readonly { readonly URI: string; readonly Digests: readonly string[] }[]
  readonly Attachments: readonly { readonly Digest: string; readonly Platform: string; readonly Type: string }[]
}

function recordOf(ask: Ask, build: Build): BuildRecord {
  const { world } = ask
  const { source, plan } = build
  const steps = plan.vertices.map(({ id }) => build.steps[id])
  const done = steps.filter((step) => step?.endedAt !== undefined)
  const platform = platformText(plan.platform)
  const time = (at: number): string => new Date(EPOCH + at).toISOString()
  const pairs = (all: { readonly [name: string]: string } | undefined): readonly Pair[] | undefined => {
    const list = Object.entries(all ?? {})
      .filter(([name]) => name !== 'BUILDKIT_CONTEXT_KEEP_GIT_DIR')
      .map(([Name, Value]) => ({ Name, Value }))
    return list.length > 0 ? list : undefined
  }
  return {
    Name: nameOf(build),
    Ref: refOf(build),
    Context: source?.context ?? '.',
    Dockerfile: build.filename,
    VCSRepository: source?.repository,
    VCSRevision: source?.revision,
    Target: source?.target,
    Platform: [platform],
    KeepGitDir: source?.args.BUILDKIT_CONTEXT_KEEP_GIT_DIR === '1' ? true : undefined,
    StartedAt: time(beganAt(world, build)),
    CompletedAt: statusOf(build) === 'Running' ? undefined : time(build.since),
    Duration: durationOf(world, build) * 1e6,
    Status: statusOf(build).toLowerCase(),
    Error: build.error ? { Message: build.error.message } : undefined,
    NumCompletedSteps: done.length,
    NumTotalSteps: steps.length,
    NumCachedSteps: steps.filter((step) => step?.status === 'reused').length,
    BuildArgs: pairs(source?.args),
    Labels: pairs(source?.labels),
    Config: { ImageResolveMode: 'local', ...(source?.noCache ? { NoCache: true } : {}) },
    Materials: [
      ...frontend(build),
      ...plan.vertices.flatMap(({ operation }) =>
        operation.is === 'image'
          ? [{ URI: packageUrl(operation.reference, platform), Digests: [operation.digest] }]
          : [],
      ),
    ],
    Attachments: attachments(build),
  }
}

/** The image of the frontend that the Dockerfile asks for in its first lines; it has no platform. */
function frontend({ text }: Build): BuildRecord['Materials'] {
  const [, name] = /^(?:#(?! *syntax=)[^\n]*\n)*# *syntax=(\S+)/i.exec(text) ?? []
  const reference = name === undefined ? undefined : parseReference(name)
  if (!reference) return []
  return [{ URI: packageUrl(reference.full, undefined), Digests: [digestOf(reference.full)] }]
}

/** `pkg:docker/golang@1.23?platform=linux%2Famd64` of `docker.io/library/golang:1.23`. Models: buildkit util/purl */
function packageUrl(reference: string, platform: string | undefined): string {
  const short = reference.replace(/^docker\.io\/(?:library\/)?/, '').replace(/@.*$/, '')
  const cut = short.lastIndexOf(':')
  const [name, tag] = cut > short.lastIndexOf('/') ? [short.slice(0, cut), short.slice(cut + 1)] : [short, 'latest']
  return `pkg:docker/${name}@${tag}${platform === undefined ? '' : `?platform=${encodeURIComponent(platform)}`}`
}

/** What a build leaves besides its image: its provenance, which names no platform where there is one alone. */
function attachments(build: Build): BuildRecord['Attachments'] {
  if (build.state !== 'done' || build.imageId === undefined) return []
  const manifest = manifestDigest({ ...imageContent(build), imageId: build.imageId })
  return [
    {
      Digest: digestOf(`provenance ${manifest} ${build.born}`),
      Platform: '',
      Type: 'https://slsa.dev/provenance/v0.2',
    },
  ]
}

/** The record as a person reads it. */
function prettyText(record: BuildRecord): string {
  const row = (name: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`${name}:\t${value}`]
  const ended =
    { completed: '', error: ' (error)', canceled: ' (canceled)', running: ' (running)' }[record.Status] ?? ''
  const cached = record.NumTotalSteps === 0 ? 0 : Math.round((100 * record.NumCachedSteps) / record.NumTotalSteps)
  const share = record.NumCachedSteps > 0 ? ` (${cached}% cached)` : ''
  const parts = [
    aligned([
      ...row('Name', record.Name),
      ...row('Context', record.Context),
      ...row('Dockerfile', record.Dockerfile),
      ...row('VCS Repository', record.VCSRepository),
      ...row('VCS Revision', record.VCSRevision),
      ...row('Target', record.Target),
      ...row('Platforms', record.Platform.join(', ')),
      ...row('Keep Git Dir', record.KeepGitDir === true ? 'true' : undefined),
    ]),
    aligned([
      ...row('Started', record.StartedAt.replace('T', ' ').slice(0, 19)),
      ...row('Duration', `${durationText(record.Duration / 1e6)}${ended}`),
      ...row('Build Steps', `${record.NumCompletedSteps}/${record.NumTotalSteps}${share}`),
    ]),
    aligned([
      ...row('Image Resolve Mode', record.Config.ImageResolveMode),
      ...row('No Cache', record.Config.NoCache ? 'true' : undefined),
    ]),
    pairTable('BUILD ARG', record.BuildArgs),
    pairTable('LABEL', record.Labels),
    record.Materials.length === 0
      ? ''
      : `Materials:\n${columns([['URI', 'DIGEST'], ...record.Materials.map(({ URI, Digests }) => [URI, Digests.join(', ')])])}`,
    record.Attachments.length === 0
      ? ''
      : `Attachments:\n${columns([['DIGEST', 'PLATFORM', 'TYPE'], ...record.Attachments.map(({ Digest, Platform, Type }) => [Digest, Platform, Type])])}`,
    record.Error ? `Error: ${record.Error.Message}\n` : '',
    `Print build logs: docker buildx history logs ${record.Ref}\n`,
  ]
  return parts.filter((part) => part !== '').join('\n')
}

function pairTable(heading: string, pairs: readonly Pair[] | undefined): string {
  if (!pairs) return ''
  return columns([[heading, 'VALUE'], ...pairs.map(({ Name, Value }) => [Name, Value])])
}

/** Cells in columns, with tabs of eight as buildx sets them. */
function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, cell.length)
  const padded = (cell: string, i: number): string => cell.padEnd((Math.floor((widths[i] ?? 0) / 8) + 1) * 8)
  return rows
    .map((row) => `${row.map((cell, i) => (i === row.length - 1 ? cell : padded(cell, i))).join('')}\n`)
    .join('')
}
