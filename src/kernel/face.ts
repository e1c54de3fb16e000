import type { Entity } from './entity.ts'
import type { Json } from './json.ts'
import type { World } from './world.ts'

/** The six words that status is said in; each has a glyph, a border and a colour in the design system. */
export type Tone = 'ok' | 'prog' | 'warn' | 'err' | 'pend' | 'idle'

/** A bar on a card: both parts in the unit of `of`. */
export interface Meter {
  readonly label: string
  readonly requested: number
  readonly used: number
  readonly of: number
  /** What is written beside it: `1.70 of 2`. */
  readonly text: string
}

/** One cell of a row that stands for many (the pods of a Deployment). */
export interface Segment {
  readonly fill: 'old' | 'new' | 'half' | 'dashed' | 'ending' | 'failed'
}

/** A line from one thing to another. */
export interface FaceLink {
  readonly to: string
  /** `traffic` carries requests; `control` is drawn on demand; `stale` leads nowhere any more. */
  readonly kind: 'traffic' | 'control' | 'stale'
  /** Requests per second, median-ish latency in ms, failed share 0 to 1. */
  readonly rate?: number
  readonly p95?: number
  readonly errors?: number
}

/** What a person can do to it: one command line each. */
export interface FaceAction {
  readonly id: string
  readonly label: string
  readonly line: string
  /** `fault` breaks something, `danger` removes something. */
  readonly sort?: 'fault' | 'danger' | undefined
}

/** One edit that might help: told in a few words, and the command line that makes it. */
export interface FaceFix {
  readonly label: string
  readonly line: string
}

/** One line of a log, with its virtual time in ms. */
export interface FaceLine {
  readonly at: number
  readonly text: string
  readonly from?: string | undefined
}

/** Something new that can be placed from the palette. */
export interface PaletteItem {
  readonly id: string
  readonly label: string
  readonly pictogram: string
  readonly group: string
  /** Kinds it can be dropped into; empty means the bare canvas. */
  readonly into: readonly string[]
  /** The command line for dropping it there. `n` is a number not used before, for names. */
  readonly line: (
    into: Entity | undefined,
    world: World,
    n: number,
  ) => { readonly line: string } | { readonly refuse: string }
}

/** How one entity looks now. */
export interface Look {
  readonly title: string
  /** Small words below or beside the title. */
  readonly note?: string | undefined
  readonly tone: Tone
  /** The word that goes with the tone. */
  readonly word: string
  /** What it waits for or says right now, shown when it is not well. */
  readonly detail?: string | undefined
  /** Virtual time at which what it waits for is due, for a countdown. */
  readonly due?: number | undefined
  readonly spine?: 'old' | 'new' | undefined
  readonly meters?: readonly Meter[] | undefined
  readonly segments?: readonly Segment[] | undefined
  /** What is to be known of a thing before what is in it: each takes a place of its own there. */
  readonly notes?: readonly { readonly text: string; readonly tone: Tone }[] | undefined
  /** Things in it that are not drawn one by one, told together in one line each. */
  readonly folded?: readonly { readonly title: string; readonly figure: string; readonly tone: Tone }[] | undefined
  /** How much room is left in it: `1.90 CPU free`. */
  readonly free?: string | undefined
  /** Short figures at the right: `40/s`, `250m`. */
  readonly figures?: readonly string[] | undefined
  /** Key and value pairs for the deepest zoom level. */
  readonly facts?: readonly (readonly [string, string])[] | undefined
  /** Grows by one whenever the thing acts: a movement part turns one tooth. */
  readonly beat?: number | undefined
  /** 0 to 1: how hot it is, for cells in the fleet view. */
  readonly heat?: number | undefined
}

/** How a kind looks on the canvas and what can be done with it there, as data and pure functions. */
export interface Face<E extends Entity = Entity> {
  /** Words for one and for many: `Pod`, `Pods`. */
  readonly label: string
  readonly plural: string
  readonly pictogram: string
  /**
   * `frame` holds others (region, zone), `host` is a frame with meters and rows of chips (a cluster node), `chip` is one of many,
   * `card` stands by itself, `part` is a piece of the mechanism (control plane).
   */
  readonly shape: 'frame' | 'host' | 'chip' | 'card' | 'part'
  /** Where cards go: a row above, at, or below what they feed. Lower comes first. */
  readonly rank?: number
  /** Id of the thing that it is drawn inside of; undefined for the bare canvas, `null` for not drawn at all. */
  readonly within?: (entity: E, world: World) => string | undefined | null
  readonly look: (entity: E, world: World) => Look
  readonly links?: (entity: E, world: World) => readonly FaceLink[]
  readonly actions?: (entity: E, world: World) => readonly FaceAction[]
  /** Single edits worth trying while it is not well. Which of them help is found out on a fork, so they may be guesses. */
  readonly fixes?: (entity: E, world: World) => readonly FaceFix[]
  /**
   * Single fields that could be otherwise, for a decision: on one that was considered (`subject` is what was decided about), or on the subject
   * itself. What comes of each is found out on a fork.
   */
  readonly changes?: (entity: E, world: World, subject: Entity | undefined) => readonly FaceFix[]
  /** What it asks of a decision about it, as key and value: shown where that decision is shown. */
  readonly asks?: (entity: E, world: World) => readonly (readonly [string, string])[]
  /** By kind of the other end: the command line of drawing a line to it, or why not. */
  readonly connect?: {
    readonly [kind: string]: (
      from: E,
      to: Entity,
      world: World,
    ) => { readonly line: string } | { readonly refuse: string }
  }
  /** By kind of the new container: the command line of dropping it there, or why not. */
  readonly move?: {
    readonly [kind: string]: (
      entity: E,
      into: Entity,
      world: World,
    ) => { readonly line: string } | { readonly refuse: string }
  }
  readonly palette?: readonly PaletteItem[]
  /** The view that draws its history as a graph of commits, and what it is asked with. */
  readonly graph?: { readonly view: string; readonly params: (entity: E) => Json }
  /** By event type: the mark that it leaves on the timeline. Entering a state tagged `err` leaves an alert without being named. */
  readonly marks?: { readonly [type: string]: 'deploy' | 'state' | 'alert' | 'fault' }
  /** What it has written, oldest line first; `from` says who of several wrote it. Absent for kinds that write nothing. */
  readonly logs?: (entity: E, world: World) => readonly FaceLine[]
  /** The real object as text for the inspector and the editor, and the command line that takes an edited text from a file. */
  readonly source?: {
    readonly language: 'yaml' | 'json'
    readonly text: (entity: E, world: World) => string
    readonly apply: (entity: E, file: string) => string
    /** The same as someone writes it who makes it: without what the system has filled in, and as another thing when `copy` says so. */
    readonly fresh?: (entity: E, world: World, copy?: Copy) => string
    /** The same without fields that hold no more than their default either; for telling those apart. `fresh` when absent. */
    readonly plain?: (entity: E, world: World) => string
    /** What puts it back as it is now after it has been changed: a text for a file, and the command line that takes it. */
    readonly restore?: (entity: E, world: World, file: string) => { readonly text: string; readonly line: string }
  }
}

/** How a copy differs from its original. */
export interface Copy {
  readonly name: string
  /** New names of all that is copied together with it, by old name: what refers to them refers to the copies. */
  readonly names: Readonly<Record<string, string>>
}
