import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const SRC = import.meta.dirname
/** Which rooms a room may import from, besides itself. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  shell: ['kernel'],
  domains: ['kernel', 'shell'],
  host: ['kernel', 'shell', 'domains'],
  teaching: ['kernel', 'shell', 'domains', 'host', 'lessons'],
  workspace: ['kernel', 'shell', 'domains', 'host', 'teaching'],
  ui: [],
  panels: ['kernel', 'shell', 'domains', 'host', 'teaching', 'workspace', 'ui', 'lessons'],
  lessons: [],
  conformance: ['kernel', 'shell', 'domains', 'host', 'lessons'],
  main: ['host', 'workspace', 'panels', 'ui', 'teaching'],
}
/** Which domain may know which other, through its index.ts only. */
const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  places: [],
  containerd: [],
  traffic: [],
  kubernetes: ['containerd', 'places', 'traffic'],
  docker: ['containerd', 'places', 'traffic'],
  git: [],
  samples: ['git'],
  aws: ['containerd', 'places', 'traffic', 'docker', 'git', 'kubernetes'],
}
/** Which AWS service may know which other, through its index.ts only. All know `core`; one that is not named here knows nothing else. */
const AWS: Readonly<Record<string, readonly string[]>> = {
  applicationautoscaling: ['cloudwatch', 'ecs'],
  autoscaling: ['ec2', 'elbv2', 'cloudwatch'],
  codebuild: ['logs', 'ecr'],
  codedeploy: ['ecs', 'ec2', 'elbv2', 'autoscaling', 'cloudwatch'],
  codepipeline: ['codecommit', 'codebuild', 'codedeploy', 'cloudformation', 'ecs'],
  ecs: ['ec2', 'elbv2', 'autoscaling', 'cloudwatch', 'ecr', 'logs'],
  elbv2: ['ec2'],
  logs: ['cloudwatch'],
  sts: ['iam'],
}
/** Packages that only some files may import. */
const PACKAGES: readonly (readonly [string, (path: string) => boolean])[] = [
  [
    'xstate',
    (path) => path === 'kernel/lifecycle.ts' || /\.(lifecycle|flow)\.tsx?$/.test(path) || path.endsWith('.test.ts'),
  ],
  ['@xyflow/react', (path) => path.startsWith('panels/')],
  ['zustand', (path) => path.startsWith('workspace/')],
  ['react', (path) => /^(main|ui|panels|workspace|host\/react)/.test(path)],
]
const CLOCKLESS = ['kernel', 'shell', 'domains']
const CLOCK =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bsetTimeout\b|\bsetInterval\b|\bperformance\.now\b|\basync\s|\bPromise\b|\bawait\s/

interface Source {
  readonly path: string
  readonly text: string
  readonly imports: readonly string[]
}

function sources(directory: string): Source[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const full = join(directory, entry.name)
    if (entry.isDirectory()) return sources(full)
    if (!/\.tsx?$/.test(entry.name)) return []
    const text = readFileSync(full, 'utf8')
    const imports = [...text.matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g)].map(
      (match) => match[1] as string,
    )
    return [{ path: relative(SRC, full), text, imports }]
  })
}

const files = sources(SRC)
const shipped = files.filter(({ path }) => !/\.(test|bench)\.tsx?$/.test(path))

function roomOf(path: string): string {
  const [first = ''] = path.split('/')
  return first.endsWith('.ts') || first.endsWith('.tsx') ? 'main' : first
}

function target(file: Source, specifier: string): string | undefined {
  return specifier.startsWith('.') ? relative(SRC, resolve(SRC, dirname(file.path), specifier)) : undefined
}

describe('the house', () => {
  it('reads its own files', () => {
    console.log(`house: read ${files.length} files`)
    expect(files.length).toBeGreaterThan(50)
  })

  it('imports only along the arrows between rooms', () => {
    const wrong = shipped.flatMap((file) =>
      file.imports.flatMap((specifier) => {
        const to = target(file, specifier)
        if (to === undefined || to.startsWith('..') || /\.(css|svg|sh|md|json)(\?\w+)?$/.test(to)) return []
        const [from, into] = [roomOf(file.path), roomOf(to)]
        return from === into || MAY[from]?.includes(into) ? [] : [`${file.path} -> ${to}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('lets a domain know another only by its index and along the declared arrows', () => {
    const wrong = files.flatMap((file) =>
      file.imports.flatMap((specifier) => {
        const to = target(file, specifier)
        const [, own] = /^domains\/([^/]+)\//.exec(file.path) ?? []
        const [, other, rest] = /^domains\/([^/]+)\/(.*)$/.exec(to ?? '') ?? []
        if (own === undefined || other === undefined || own === other) return []
        return DOMAINS[own]?.includes(other) && rest === 'index.ts' ? [] : [`${file.path} -> ${to}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('lets an AWS service know another only by its index and along the declared arrows', () => {
    const wrong = files.flatMap((file) =>
      file.imports.flatMap((specifier) => {
        const to = target(file, specifier)
        const [, own] = /^domains\/aws\/([^/]+)\//.exec(file.path) ?? []
        const [, other, rest] = /^domains\/aws\/([^/]+)\/(.*)$/.exec(to ?? '') ?? []
        if (own === undefined || other === undefined || own === other) return []
        return (other === 'core' || AWS[own]?.includes(other)) && rest === 'index.ts' ? [] : [`${file.path} -> ${to}`]
      }),
    )
    expect(wrong).toEqual([])
  })

  it('keeps panels, host and workspace from naming a domain', () => {
    const generic = shipped.filter(
      ({ path }) => /^(panels|workspace|host)\//.test(path) && path !== 'host/composition.ts',
    )
    const wrong = generic.flatMap(({ path, text }) =>
      /['"`](k8s|containerd|traffic|place|docker|git|aws)\.[A-Z]/.test(text) ? [path] : [],
    )
    expect(wrong).toEqual([])
  })

  it('has no circle of imports', () => {
    const graph = new Map(shipped.map((file) => [file.path, runtimeImports(file)]))
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (path: string, trail: readonly string[]) => {
      if (trail.includes(path)) circles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
      if (done.has(path) || trail.includes(path)) return
      for (const next of graph.get(path) ?? []) visit(next, [...trail, path])
      done.add(path)
    }
    for (const path of graph.keys()) visit(path, [])
    expect(circles).toEqual([])
  })

  it('imports xstate, React Flow, zustand and React only where they belong', () => {
    const wrong = shipped.flatMap((file) =>
      PACKAGES.flatMap(([name, allowed]) =>
        file.imports.some((specifier) => specifier === name || specifier.startsWith(`${name}/`)) && !allowed(file.path)
          ? [`${file.path} imports ${name}`]
          : [],
      ),
    )
    expect(wrong).toEqual([])
  })

  it('has no clock, no chance and nothing asynchronous in the simulated world', () => {
    const wrong = shipped.flatMap(({ path, text }) =>
      CLOCKLESS.includes(roomOf(path)) && !path.endsWith('.generate.ts')
        ? code(text)
            .split('\n')
            .flatMap((line, i) => (CLOCK.test(line) ? [`${path}:${i + 1} ${line.trim()}`] : []))
        : [],
    )
    expect(wrong).toEqual([])
  })
})

/** Imports that exist at run time: circles of types alone are harmless. */
function runtimeImports(file: Source): readonly string[] {
  return [...file.text.matchAll(/^(?:import|export)\s+(?!type\b)[^'"]*?from\s+['"](\.[^'"]+)['"]/gms)]
    .map((match) => target(file, match[1] as string))
    .filter((path) => path !== undefined)
}

/** The text without comments and without what stands in quotes. */
function code(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ''))
    .replace(/`(?:\\.|[^`\\])*`|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g, (quoted) => quoted.replace(/[^\n]/g, ''))
    .replace(/\/\/.*$/gm, '')
}
