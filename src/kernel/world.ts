import type { Derived, Index } from './derived.ts'
import type { Entity } from './entity.ts'
import { Journal } from './journal.ts'
import { draw } from './random.ts'
import type { Rule, RuleSet } from './rule.ts'

/** The date at which every world begins, in ms since 1970: virtual time 0. */
export const EPOCH = Date.UTC(2026, 0, 1)

/** What exists now, as controllers, programs, views and faces may see it. Records are never mutated; the tables change under it. */
export interface World {
  /** Virtual time in whole ms since the world began. */
  readonly now: number
  readonly seed: number
  /** How many events were taken so far: grows by one with each. Stands in for etcd's revision and the like. */
  readonly revision: number
  /** `now` as RFC 3339 with whole seconds, as real APIs print it. */
  isoNow(): string
  get(id: string): Entity | undefined
  all(kind: string): Iterable<Entity>
  count(kind: string, state?: string): number
  /** Entities whose `owner` is this id. */
  ownedBy(id: string): readonly Entity[]
  /** Entities that an index holds under a key. */
  lookup(index: Index, key: string): readonly Entity[]
  /** The kept-up-to-date thing itself. Read only. */
  derived<D>(derived: Derived<D>): D
  decide<In, Out>(rule: Rule<In, Out>, input: In): Out
  /** The rules that hold in this simulation, for code that resolves many of them once. */
  readonly rules: RuleSet
  /** A number in [0, 1) that depends on the seed and the keys alone. */
  draw(...keys: readonly (string | number)[]): number
  /** How many events an entity has done (was named in as `by`): a part of the mechanism turns one tooth with each. */
  deeds(by: string): number
  /** What happened so far. For programs and views; controllers look at the world, not at the past. */
  readonly journal: Journal
  /** How often records of a kind were replaced: equal numbers mean that nothing of it changed. */
  version(kind: string): number
}

/** The tables behind a `World`. Only the simulation writes to them. */
export class Tables implements World {
  now = 0
  revision = 0
  readonly seed: number
  readonly journal: Journal
  rules: RuleSet
  private readonly derivations: readonly Derived[]
  private readonly derivedOf = new Map<string, number[]>()
  private readonly places: ReadonlyMap<Derived, number>
  private values: unknown[]
  private byId = new Map<string, Entity>()
  private byKind = new Map<string, Map<string, Entity>>()
  private byOwner = new Map<string, Set<string>>()
  private tallies = new Map<string, Map<string, number>>()
  private versions = new Map<string, number>()
  private deedsOf = new Map<string, number>()

  constructor(seed: number, rules: RuleSet, derivations: readonly Derived[], journal = new Journal()) {
    this.seed = seed
    this.journal = journal
    this.rules = rules
    this.derivations = derivations
    this.values = derivations.map((derived) => derived.create())
    this.places = new Map(derivations.map((derived, i) => [derived, i]))
    derivations.forEach((derived, i) => {
      for (const kind of derived.kinds) this.derivedOf.set(kind, [...(this.derivedOf.get(kind) ?? []), i])
    })
  }

  get size(): number {
    return this.byId.size
  }

  isoNow(): string {
    return new Date(EPOCH + Math.floor(this.now / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  }

  get(id: string): Entity | undefined {
    return this.byId.get(id)
  }

  all(kind: string): Iterable<Entity> {
    return this.byKind.get(kind)?.values() ?? []
  }

  count(kind: string, state?: string): number {
    if (state === undefined) return this.byKind.get(kind)?.size ?? 0
    return this.tallies.get(kind)?.get(state) ?? 0
  }

  ownedBy(id: string): readonly Entity[] {
    return this.entities(this.byOwner.get(id))
  }

  lookup(index: Index, key: string): readonly Entity[] {
    return this.entities(this.derived(index).get(key))
  }

  derived<D>(derived: Derived<D>): D {
    const i = this.places.get(derived as Derived)
    if (i === undefined) throw new Error(`no domain of this simulation derives ${derived.name}`)
    return this.values[i] as D
  }

  decide<In, Out>(rule: Rule<In, Out>, input: In): Out {
    return this.rules.decide(rule, input)
  }

  draw(...keys: readonly (string | number)[]): number {
    return draw(this.seed, ...keys)
  }

  deeds(by: string): number {
    return this.deedsOf.get(by) ?? 0
  }

  /** Counts one more event done by an entity. */
  credit(by: string): void {
    this.deedsOf.set(by, (this.deedsOf.get(by) ?? 0) + 1)
  }

  version(kind: string): number {
    return this.versions.get(kind) ?? 0
  }

  /** Puts a record in the place of another; either may be absent. */
  replace(before: Entity | undefined, after: Entity | undefined): void {
    const kind = (after ?? before)?.kind
    if (kind === undefined) return
    if (after) {
      this.byId.set(after.id, after)
      const table = this.byKind.get(kind)
      if (table) table.set(after.id, after)
      else this.byKind.set(kind, new Map([[after.id, after]]))
    } else if (before) {
      this.byId.delete(before.id)
      this.byKind.get(kind)?.delete(before.id)
    }
    if (before?.owner !== after?.owner) {
      if (before?.owner !== undefined) this.disown(before.owner, before.id)
      if (after?.owner !== undefined) this.own(after.owner, after.id)
    }
    if (before?.state !== after?.state) {
      if (before) this.tally(kind, before.state, -1)
      if (after) this.tally(kind, after.state, 1)
    }
    this.versions.set(kind, (this.versions.get(kind) ?? 0) + 1)
    const concerned = this.derivedOf.get(kind)
    if (!concerned) return
    for (const i of concerned) {
      const derived = this.derivations[i] as Derived
      if (before && after) {
        if (derived.same?.(before, after)) continue
        if (derived.replace) {
          derived.replace(this.values[i], before, after)
          continue
        }
      }
      if (before) derived.remove(this.values[i], before)
      if (after) derived.add(this.values[i], after)
    }
  }

  /** A copy of everything, for a checkpoint. Records are shared; derived things that have no copy of their own are left to `load`. */
  copy(): Tables {
    const other = new Tables(this.seed, this.rules, this.derivations)
    other.take(this)
    other.values = this.derivations.map((derived, i) => derived.copy?.(this.values[i]))
    return other
  }

  /** Becomes equal to what `copy` kept, sharing only records with it. */
  load(saved: Tables): void {
    this.take(saved)
    this.values = this.derivations.map((derived, i) => {
      if (derived.copy) return derived.copy(saved.values[i])
      const value = derived.create()
      for (const kind of derived.kinds) for (const entity of this.all(kind)) derived.add(value, entity)
      return value
    })
  }

  private take(saved: Tables): void {
    this.now = saved.now
    this.revision = saved.revision
    this.byId = new Map(saved.byId)
    this.deedsOf = new Map(saved.deedsOf)
    this.byKind = new Map([...saved.byKind].map(([kind, table]) => [kind, new Map(table)]))
    this.byOwner = new Map([...saved.byOwner].map(([owner, ids]) => [owner, new Set(ids)]))
    this.tallies = new Map([...saved.tallies].map(([kind, tally]) => [kind, new Map(tally)]))
    for (const kind of new Set([...this.versions.keys(), ...saved.versions.keys()]))
      this.versions.set(kind, this.version(kind) + 1)
  }

  private entities(ids: ReadonlySet<string> | undefined): readonly Entity[] {
    if (!ids) return []
    const found: Entity[] = []
    for (const id of ids) {
      const entity = this.byId.get(id)
      if (entity) found.push(entity)
    }
    return found
  }

  private own(owner: string, id: string): void {
    const ids = this.byOwner.get(owner)
    if (ids) ids.add(id)
    else this.byOwner.set(owner, new Set([id]))
  }

  private disown(owner: string, id: string): void {
    const ids = this.byOwner.get(owner)
    if (!ids) return
    ids.delete(id)
    if (ids.size === 0) this.byOwner.delete(owner)
  }

  private tally(kind: string, state: string, change: number): void {
    const tally = this.tallies.get(kind)
    if (tally) tally.set(state, (tally.get(state) ?? 0) + change)
    else this.tallies.set(kind, new Map([[state, change]]))
  }
}
