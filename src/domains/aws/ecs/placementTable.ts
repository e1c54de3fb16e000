import type { World } from '../../../kernel/index.ts'
import type { ContainerInstance } from './instance/containerInstance.ts'
import type { Candidate, Placement, Step } from './placement.ts'

/** Instances that a table may show one by one; of larger clusters it keeps the chosen, some that were as good, and some refused. */
const SHOWN = 60
const SHOWN_OF_MANY = 3

/**
 * How a placement came about, instance by instance: plain JSON for the event that cites it. Each strategy's points go from 100 for the
 * best to 0; an earlier strategy outweighs all later ones, as it does in the real thing.
 */
export function placementTable(
  world: World,
  placing: Placement,
  chosen: Candidate | undefined,
  full: boolean,
): unknown {
  const { candidates } = placing
  const many = candidates.length > SHOWN
  const head = headOf(placing)
  const { plugins: columns } = head
  if (many && chosen && !full) return { ...head, rows: [alone(world, placing, chosen, columns)] }
  const shown = many ? sample(placing, chosen) : candidates
  const rows: object[] = []
  const passed = shown.filter((candidate) => placing.refusal(candidate) === undefined)
  const standings = passed.map((candidate) => standing(placing, candidate))
  const bounds = columns.map((_, i) => {
    const values = standings.map((values) => values[i] ?? 0)
    return [Math.min(...values), Math.max(...values)] as const
  })
  for (const [at, candidate] of passed.entries()) {
    const raw = standings[at] ?? []
    const normalized = columns.map((_, i) => {
      const [low, high] = bounds[i] ?? [0, 0]
      return high === low ? 100 : Math.round((100 * (high - (raw[i] ?? 0))) / (high - low))
    })
    const total = normalized.reduce((sum, points, i) => sum + points * (columns[i]?.weight ?? 1), 0)
    rows.push({
      ...named(world, candidate),
      raw,
      normalized,
      total,
      ...(candidate === chosen ? { winner: true } : {}),
    })
  }
  for (const candidate of shown) {
    const step = placing.refusal(candidate)
    if (step === undefined) continue
    rows.push({ ...named(world, candidate), refusedBy: partOf(step), ...words(placing, candidate, step) })
  }
  return { ...head, ...(many ? {} : { feasible: passed.length }), rows }
}

interface Column {
  readonly name: string
  readonly weight: number
}

/** What the tables of one placement have in common: made once, shared by all of them. */
interface Head {
  readonly nodes: number
  readonly processed: number
  readonly plugins: readonly Column[]
  readonly task: { readonly cpu: number; readonly memory: number; readonly group: string }
}

const heads = new WeakMap<Placement, Head>()

function headOf(placing: Placement): Head {
  let head = heads.get(placing)
  if (!head) {
    const { candidates, wish } = placing
    const { cpu, memory } = wish.task
    const strategies = wish.strategies.filter(({ type }) => type === 'spread' || type === 'binpack')
    head = {
      nodes: candidates.length,
      processed: candidates.length,
      plugins: strategies.map(({ type, field = '' }, i) => ({
        name: `${type}(${field})`,
        weight: 101 ** (strategies.length - 1 - i),
      })),
      task: { cpu, memory, group: wish.group },
    }
    heads.set(placing, head)
  }
  return head
}

/** The row of a chosen instance that is shown without others: the best in every column. */
function alone(world: World, placing: Placement, chosen: Candidate, columns: readonly Column[]): object {
  const total = columns.reduce((sum, { weight }) => sum + 100 * weight, 0)
  const raw = standing(placing, chosen)
  return { ...named(world, chosen), raw, normalized: columns.map(() => 100), total, winner: true }
}

/** The chosen one first, then others from the start of the list: enough to see that it was one of many. */
function sample({ candidates }: Placement, chosen: Candidate | undefined): readonly Candidate[] {
  const some = candidates.slice(0, SHOWN_OF_MANY).filter((one) => one !== chosen)
  return chosen ? [chosen, ...some] : candidates.slice(0, SHOWN)
}

function standing(placing: Placement, candidate: Candidate): readonly number[] {
  return placing.standing(candidate).filter((_, i) => {
    const { type } = placing.wish.strategies[i] ?? {}
    return type === 'spread' || type === 'binpack'
  })
}

/** The entity's name without its kind, which is what its face is found by; the id that people know beside it. */
function named(world: World, candidate: Candidate): { readonly 'container instance': string; readonly ec2: string } {
  const instance = world.get(candidate.id) as ContainerInstance | undefined
  return {
    'container instance': candidate.id.slice(candidate.id.indexOf('/') + 1),
    ec2: instance?.ec2InstanceId ?? candidate.id,
  }
}

/** The rule that a step belongs to: `ecs.filter/<part>`. */
function partOf(step: Step): string {
  if (step === 'AGENT' || step === 'INACTIVE') return 'agent'
  return step.startsWith('RESOURCE') ? 'resources' : 'constraints'
}

function words(
  { wish }: Placement,
  candidate: Candidate,
  step: Step,
): { readonly reasons: readonly string[]; readonly lacks?: readonly string[] } {
  const { task } = wish
  switch (step) {
    case 'RESOURCE:CPU':
      return { reasons: [step], lacks: [`needs ${task.cpu} CPU units`, `${candidate.cpu} left`] }
    case 'RESOURCE:MEMORY':
      return { reasons: [step], lacks: [`needs ${task.memory} MiB`, `${candidate.memory} left`] }
    case 'RESOURCE:PORTS':
      return { reasons: [step], lacks: [`port ${task.ports?.find((port) => candidate.ports?.has(port))} is taken`] }
    case 'RESOURCE:ENI':
      return { reasons: [step], lacks: ['no network interface left'] }
    case 'distinctInstance':
      return { reasons: [step], lacks: [`runs a task of ${wish.group}`] }
    case 'memberOf':
      return {
        reasons: wish.constraints.flatMap(({ type, expression }) =>
          type === 'memberOf' ? [`memberOf ${expression}`] : [],
        ),
      }
    default:
      return { reasons: [step] }
  }
}
