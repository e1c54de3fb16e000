import type { Derived, Index } from './derived.ts'
import type { Entity } from './entity.ts'
import { Journal } from './journal.ts'
import { draw } from './random.ts'
import { RULE_KIND, rulesOf } from './replacement.ts'
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
  /** The rules that hold now, for code that resolves many of them once. */
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

/** Tables as they were at one moment. Nothing in it is changed again: whoever goes on from it copies a part when it first writes to that part. */
export interface SavedTables {
  readonly now: number
  readonly revision: number
  readonly kinds: ReadonlyMap<string, KindTable>
  readonly owners: ReadonlyMap<string, Owned>
  readonly deeds: ReadonlyMap<string, number>
  /** Derived things; undefined for those that are built anew from the records. */
  readonly values: readonly unknown[]
}

/** The records of one kind, and how many are in each state. `of` says who may write to it. */
interface KindTable {
  readonly of: object
  readonly records: Map<string, Entity>
  readonly tally: Map<string, number>
}

/** Ids of what one entity owns. */
interface Owned {
  readonly of: object
  readonly ids: Set<string>
}

/** The tables behind a `World`. Only the simulation writes to them. */
export class Tables implements World {
  now = 0
  revision = 0
  readonly seed: number
  readonly journal: Journal
  /** The rules that it was made with, and those by which it decides now: some may be replaced by a line of its history. */
  private base: RuleSet
  private ruling: RuleSet
  private readonly derivations: readonly Derived[]
  private readonly derivedOf = new Map<string, number[]>()
  private readonly places: ReadonlyMap<Derived, number>
  private values: unknown[]
  /** Which derived things may be written to; the others are shared with a checkpoint. */
  private readonly owns: Uint8Array
  private byId = new Map<string, Entity>()
  private byKind = new Map<string, KindTable>()
  private byOwner = new Map<string, Owned>()
  private readonly versions = new Map<string, number>()
  private deedsOf = new Map<string, number>()
  /** Whether the maps of owners and of deeds are shared with a checkpoint. */
  private sharesOwners = false
  private sharesDeeds = false
  /** Names the time since the last checkpoint or seek: parts that were made in it may be written to. */
  private age = {}

  constructor(seed: number, rules: RuleSet, derivations: readonly Derived[], journal = new Journal()) {
    this.seed = seed
    this.journal = journal
    this.base = rules
    this.ruling = rules
    this.derivations = derivations
    this.values = derivations.map((derived) => derived.create())
    this.owns = new Uint8Array(derivations.length).fill(1)
    this.places = new Map(derivations.map((derived, i) => [derived, i]))
    derivations.forEach((derived, i) => {
      for (const kind of derived.kinds) this.derivedOf.set(kind, [...(this.derivedOf.get(kind) ?? []), i])
    })
  }

  get size(): number {
    return this.byId.size
  }

  get rules(): RuleSet {
    return this.ruling
  }

  /** Takes other rules as those that it was made with. */
  set rules(rules: RuleSet) {
    this.base = rules
    this.ruling = rulesOf(rules, this.all(RULE_KIND))
  }

  isoNow(): string {
    return new Date(EPOCH + Math.floor(this.now / 1000) * 1000).toISOString().replace('.000Z', 'Z')
  }

  get(id: string): Entity | undefined {
    return this.byId.get(id)
  }

  all(kind: string): Iterable<Entity> {
    return this.byKind.get(kind)?.records.values() ?? []
  }

  count(kind: string, state?: string): number {
    const table = this.byKind.get(kind)
    return (state === undefined ? table?.records.size : table?.tally.get(state)) ?? 0
  }

  ownedBy(id: string): readonly Entity[] {
    return this.entities(this.byOwner.get(id)?.ids)
  }

  lookup(index: Index, key: string): readonly Entity[] {
    return this.entities(this.derived(index).get(key))
  }

  derived<D>(derived: Derived<D>): D {
    const i = this.places.get(derived as Derived)
    if (i === undefined) throw new Error(`no domain of this simulation derives ${derived.name}`)
    return (this.values[i] ?? this.build(i)) as D
  }

  decide<In, Out>(rule: Rule<In, Out>, input: In): Out {
    return this.ruling.decide(rule, input)
  }

  draw(...keys: readonly (string | number)[]): number {
    return draw(this.seed, ...keys)
  }

  deeds(by: string): number {
    return this.deedsOf.get(by) ?? 0
  }

  /** Counts one more event done by an entity. */
  credit(by: string): void {
    if (this.sharesDeeds) {
      this.deedsOf = new Map(this.deedsOf)
      this.sharesDeeds = false
    }
    this.deedsOf.set(by, (this.deedsOf.get(by) ?? 0) + 1)
  }

  version(kind: string): number {
    return this.versions.get(kind) ?? 0
  }

  /** Puts a record in the place of another; either may be absent. */
  replace(before: Entity | undefined, after: Entity | undefined): void {
    const kind = (after ?? before)?.kind
    if (kind === undefined) return
    const { records, tally } = this.writable(kind)
    if (after) {
      this.byId.set(after.id, after)
      records.set(after.id, after)
    } else if (before) {
      this.byId.delete(before.id)
      records.delete(before.id)
    }
    if (before?.owner !== after?.owner) {
      if (before?.owner !== undefined) this.disown(before.owner, before.id)
      if (after?.owner !== undefined) this.own(after.owner, after.id)
    }
    if (before?.state !== after?.state) {
      if (before) tally.set(before.state, (tally.get(before.state) ?? 0) - 1)
      if (after) tally.set(after.state, (tally.get(after.state) ?? 0) + 1)
    }
    this.versions.set(kind, (this.versions.get(kind) ?? 0) + 1)
    if (kind === RULE_KIND) this.ruling = rulesOf(this.base, this.all(RULE_KIND))
    const concerned = this.derivedOf.get(kind)
    if (!concerned) return
    for (const i of concerned) {
      const derived = this.derivations[i] as Derived
      // What is not built yet is built from the records when someone asks for it.
      if (this.values[i] === undefined || (before && after && derived.same?.(before, after))) continue
      if (this.owns[i] === 0) {
        this.values[i] = derived.copy?.(this.values[i])
        this.owns[i] = 1
      }
      if (before && after && derived.replace) derived.replace(this.values[i], before, after)
      else {
        if (before) derived.remove(this.values[i], before)
        if (after) derived.add(this.values[i], after)
      }
    }
  }

  /** Everything at this moment. Costs next to nothing by itself: what is written to afterwards is copied then, once. */
  save(): SavedTables {
    this.age = {}
    this.sharesOwners = true
    this.sharesDeeds = true
    this.derivations.forEach((derived, i) => {
      if (derived.copy) this.owns[i] = 0
    })
    return {
      now: this.now,
      revision: this.revision,
      kinds: new Map(this.byKind),
      owners: this.byOwner,
      deeds: this.deedsOf,
      values: this.values.map((value, i) => (this.derivations[i]?.copy ? value : undefined)),
    }
  }

  /** Becomes what it was when this was saved. Only kinds whose records differ get another version. */
  load(saved: SavedTables): void {
    for (const kind of new Set([...this.byKind.keys(), ...saved.kinds.keys()]))
      if (this.byKind.get(kind) !== saved.kinds.get(kind)) this.versions.set(kind, this.version(kind) + 1)
    this.age = {}
    this.now = saved.now
    this.revision = saved.revision
    this.byKind = new Map(saved.kinds)
    this.byId = new Map()
    for (const { records } of saved.kinds.values()) for (const [id, entity] of records) this.byId.set(id, entity)
    this.byOwner = saved.owners as Map<string, Owned>
    this.sharesOwners = true
    this.deedsOf = saved.deeds as Map<string, number>
    this.sharesDeeds = true
    this.values = saved.values.slice()
    this.derivations.forEach((derived, i) => {
      this.owns[i] = derived.copy ? 0 : 1
    })
    this.ruling = rulesOf(this.base, this.all(RULE_KIND))
  }

  /** Adds all present records to a fresh one. */
  private build(i: number): unknown {
    const derived = this.derivations[i] as Derived
    const value = derived.create()
    for (const kind of derived.kinds) for (const entity of this.all(kind)) derived.add(value, entity)
    this.values[i] = value
    this.owns[i] = 1
    return value
  }

  private writable(kind: string): KindTable {
    const table = this.byKind.get(kind)
    if (table?.of === this.age) return table
    const own = { of: this.age, records: new Map(table?.records), tally: new Map(table?.tally) }
    this.byKind.set(kind, own)
    return own
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
    this.idsOf(owner).add(id)
  }

  private disown(owner: string, id: string): void {
    const ids = this.idsOf(owner)
    ids.delete(id)
    if (ids.size === 0) this.byOwner.delete(owner)
  }

  private idsOf(owner: string): Set<string> {
    if (this.sharesOwners) {
      this.byOwner = new Map(this.byOwner)
      this.sharesOwners = false
    }
    const owned = this.byOwner.get(owner)
    if (owned?.of === this.age) return owned.ids
    const ids = new Set(owned?.ids)
    this.byOwner.set(owner, { of: this.age, ids })
    return ids
  }
}
