import { type Kind, type PastEvent, rules, type Simulation, type Tone } from '../../kernel/index.ts'

/** A rule that was asked of the candidates, or that gave them points. */
export interface Asked {
  readonly name: string
  /** The rule's sentence, where it is registered. */
  readonly says?: string | undefined
}

/** How full a candidate was, in the unit of `of`. */
export interface CandidateMeter {
  readonly label: string
  readonly had: number
  readonly gets: number
  readonly of: number
  readonly text: string
}

/** One candidate: it fell at a filter, or it has points from each scorer. */
export interface Candidate {
  readonly name: string
  /** Id of the entity that it is, while that exists. */
  readonly id?: string | undefined
  readonly tone?: Tone | undefined
  readonly note?: string | undefined
  /** What was taken of it when it was decided, and what the winner gives away by that. */
  readonly meters: readonly CandidateMeter[]
  /** The filter that refused it, as a position in `filters`, and its exact reasons. */
  readonly refused?:
    | {
        readonly by: number
        readonly reasons: readonly string[]
        /** What it lacks in few words, then what it has, where the filter can say it so. */
        readonly lacks?: readonly string[] | undefined
      }
    | undefined
  /** Points (0 to 100) of each scorer, unweighted; the total is the sum of points times weights. */
  readonly points?: readonly number[] | undefined
  readonly total?: number | undefined
  /** 1 for the highest total. */
  readonly place?: number | undefined
  readonly winner: boolean
}

/** Candidates judged by rules: first each may refuse, then each that is left gets points. */
export interface Decision {
  readonly event: number
  readonly at: number
  readonly subject: string
  readonly by?: string | undefined
  readonly rule?: string | undefined
  /** What a candidate is: `Node`. */
  readonly noun: string
  /** How many there were, and how many were asked before enough had passed. */
  readonly entered: number
  readonly asked: number
  readonly passed: number
  /** In the order in which they are asked. */
  readonly filters: readonly Asked[]
  readonly scorers: readonly (Asked & { readonly weight: number })[]
  readonly candidates: readonly Candidate[]
}

interface Table {
  readonly nodes?: number
  readonly processed?: number
  readonly feasible?: number
  readonly plugins?: readonly { readonly name: string; readonly weight: number }[]
  readonly rows: readonly Row[]
}

type Row = { readonly [key: string]: unknown } & {
  readonly refusedBy?: string
  readonly reasons?: readonly string[]
  readonly lacks?: readonly string[]
  readonly normalized?: readonly number[]
  readonly total?: number
  readonly winner?: boolean
}

/** Whether the inputs of an event are a table of candidates and what rules said of them. */
export function isDecision(inputs: unknown): inputs is Table {
  const rows = (inputs as { rows?: unknown } | undefined)?.rows
  return Array.isArray(rows) && rows.length > 0 && rows.every((row) => 'refusedBy' in row || 'total' in row)
}

/**
 * The decision that an event cites, `simulation` being as it was when that was decided. The filters are the registered rules `<stem>.filter/<name>` in their order, where the event's own
 * rule is `<stem>.filter` or `<stem>.score`; a refusal by any other is put behind them.
 */
export function decisionOf(simulation: Simulation, event: PastEvent): Decision | undefined {
  const table = event.inputs
  if (!isDecision(table)) return undefined
  const stem = event.rule?.replace(/\.[^.]*$/, '') ?? ''
  const filters = partsOf(`${stem}.filter/`)
  for (const { refusedBy } of table.rows)
    if (refusedBy !== undefined && !filters.some(({ name }) => name === refusedBy)) filters.push({ name: refusedBy })
  const key = Object.keys(table.rows[0] ?? {})[0] ?? 'name'
  const kind = kindLabelled(simulation, key)
  const totals = table.rows.flatMap(({ total }) => (total === undefined ? [] : [total])).sort((a, b) => b - a)
  return {
    event: event.id,
    at: event.at,
    subject: event.to,
    by: event.by,
    rule: event.rule,
    noun: kind?.face?.label ?? key.charAt(0).toUpperCase() + key.slice(1),
    entered: table.nodes ?? table.rows.length,
    asked: table.processed ?? table.rows.length,
    passed: table.feasible ?? totals.length,
    filters,
    scorers: (table.plugins ?? []).map(({ name, weight }) => ({
      name,
      weight,
      says: rules.get(`${stem}.score/${name}`)?.says,
    })),
    candidates: table.rows.map((row) => candidate(simulation, kind, key, row, filters, totals)),
  }
}

function candidate(
  simulation: Simulation,
  kind: Kind | undefined,
  key: string,
  row: Row,
  filters: readonly Asked[],
  totals: readonly number[],
): Candidate {
  const name = String(row[key])
  const entity = kind && simulation.world.get(`${kind.kind}/${name}`)
  const look = entity && kind?.face?.look(entity, simulation.world)
  const { refusedBy, reasons = [], lacks, normalized, total, winner = false } = row
  return {
    name: look?.title ?? name,
    id: entity?.id,
    tone: look?.tone,
    note:
      look &&
      [look.note, look.free ?? look.meters?.slice(0, 1).map(({ label, text }) => `${label} ${text}`)[0]]
        .filter(Boolean)
        .join(' · '),
    meters: (look?.meters ?? []).slice(0, 2).map(({ label, requested, of, text }) => ({
      label,
      had: requested,
      gets: 0,
      of,
      text,
    })),
    refused:
      refusedBy === undefined ? undefined : { by: filters.findIndex((one) => one.name === refusedBy), reasons, lacks },
    points: normalized,
    total,
    place: total === undefined ? undefined : totals.indexOf(total) + 1,
    winner,
  }
}

function partsOf(prefix: string): Asked[] {
  const parts: Asked[] = []
  for (const [id, { says }] of rules) if (id.startsWith(prefix)) parts.push({ name: id.slice(prefix.length), says })
  return parts
}

/** The kind that a table's key names: the one whose face has that label. */
function kindLabelled(simulation: Simulation, key: string): Kind | undefined {
  for (const kind of simulation.allKinds()) if (kind.face?.label.toLowerCase() === key.toLowerCase()) return kind
  return undefined
}
