import type { LabClient } from '../../host/client.ts'
import type { Clock, Outline, Why } from '../../host/views/index.ts'
import { clockText, readTime } from '../timeline/index.ts'

/** What a verb of the page printed. */
export interface Said {
  readonly is: 'stdout' | 'stderr'
  readonly text: string
}

const WORDS = /^\s*lab\s+(goto|branch|fork|seed|explain)(?:\s+(.*?))?\s*$/

/**
 * Verbs of `lab` that turn the clock or look at the journal, which nothing inside of the world can do: the page does them, and the line
 * is no part of the history. Undefined for every other line.
 */
export function clockVerb(lab: LabClient, line: string): Promise<readonly Said[]> | undefined {
  const [, verb, rest = ''] = WORDS.exec(line) ?? []
  if (verb === undefined) return undefined
  if (rest === '--help' || rest === '-h') return Promise.resolve([out(USAGE[verb as Verb])])
  return verbs[verb as Verb](lab, rest)
}

type Verb = 'goto' | 'branch' | 'fork' | 'seed' | 'explain'

const USAGE: Readonly<Record<Verb, string>> = {
  goto: 'Usage: lab goto TIME|now\ngo to a time of this branch (14:02, 90s), back or ahead; `now` is its end',
  branch: 'Usage: lab branch [NUMBER]\nlist the branches, or show another one',
  fork: 'Usage: lab fork TIME LINE\ngo to an earlier time and give a line there, which begins a new branch',
  seed: 'Usage: lab seed\nprint the seed of this world',
  explain: 'Usage: lab explain NAME\nsay why a thing is as it is, back to the command that began it',
}

const verbs: Readonly<Record<Verb, (lab: LabClient, rest: string) => Promise<readonly Said[]>>> = {
  async goto(lab, rest) {
    const { end } = await clockOf(lab)
    const at = rest === 'now' ? end : readTime(rest)
    if (at === undefined) return [wrong(`lab goto: '${rest}' is not a time; try 14:02, 90s or now`)]
    await lab.seek(at)
    return [out(`It is ${clockText((await clockOf(lab)).now)}.`)]
  },
  async branch(lab, rest) {
    const { branch, branches } = await clockOf(lab)
    if (rest === '') {
      return branches.map(({ id, name, forkedAt, end }) =>
        out(`${id === branch ? '*' : ' '} ${id}  ${name.padEnd(14)} from ${clockText(forkedAt)} to ${clockText(end)}`),
      )
    }
    const wanted = branches.find(({ id, name }) => String(id) === rest || name === rest)
    if (!wanted) return [wrong(`lab branch: there is no branch '${rest}'; 'lab branch' lists them`)]
    await lab.switchTo(wanted.id)
    return [out(`Shown: ${wanted.name}.`)]
  },
  async fork(lab, rest) {
    const [, time = '', line = ''] = /^(\S+)\s+(.+)$/.exec(rest) ?? []
    const at = readTime(time)
    const { end } = await clockOf(lab)
    if (at === undefined || line === '') return [wrong(`lab fork: a time and a line are needed\n${USAGE.fork}`)]
    if (at >= end) return [wrong(`lab fork: ${clockText(at)} is not earlier than the end of this branch`)]
    await lab.seek(at)
    await lab.command(line)
    const { branch, branches } = await clockOf(lab)
    return [out(`A new branch: ${branches.find(({ id }) => id === branch)?.name ?? branch}.`)]
  },
  async seed(lab) {
    return [out(String((await clockOf(lab)).seed))]
  },
  async explain(lab, rest) {
    const name = rest.replace(/^.*\//, '')
    const { items } = (await lab.ask('outline')) as Outline
    const thing = items.find((item) => item.name === name) ?? items.find((item) => item.name.includes(name))
    if (name === '' || !thing) return [wrong(`lab explain: there is nothing called '${rest}' here`)]
    const { state, chain, words, declined } = (await lab.ask('why', { entity: thing.id })) as Why
    return [
      out(`${thing.label} ${thing.name}${state === undefined ? '' : `: ${state}`}`),
      ...words.map(({ message }) => out(`  ${message}`)),
      ...declined.map(({ reason }) => out(`  still so because: ${reason}`)),
      ...chain.map(({ at, text }) => out(`  ${clockText(at)}  ${plain(text)}`)),
    ]
  },
}

async function clockOf(lab: LabClient): Promise<Clock> {
  return (await lab.ask('clock')) as Clock
}

/** A sentence without its links. */
function plain(text: string): string {
  return text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
}

function out(text: string): Said {
  return { is: 'stdout', text }
}

function wrong(text: string): Said {
  return { is: 'stderr', text }
}
