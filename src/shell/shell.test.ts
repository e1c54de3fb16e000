import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Simulation } from '../kernel/simulation.ts'
import { complete } from './complete.ts'
import { shellDomain } from './index.ts'
import type { Machine } from './machine/machine.ts'
import { outputText, transcript } from './transcript.ts'

const SESSION = 'shell.Session/main'
const folder = new URL('./transcripts/', import.meta.url)

function fresh(seed = 1): Simulation {
  return new Simulation({ domains: [shellDomain], seed })
}

function outputOf(simulation: Simulation, from: number): string {
  return outputText(transcript(simulation.journal, SESSION, from))
}

interface Exchange {
  readonly typed: readonly string[]
  readonly expected: string
}

/** `$ line` and `> more of it`, `^C`, `~ ms` to let time pass; everything else is output of what was typed before. */
function exchanges(text: string): readonly Exchange[] {
  const all: { typed: string[]; expected: string }[] = []
  for (const line of text.replace(/\n$/, '').split('\n')) {
    const last = all[all.length - 1]
    if (line.startsWith('$ ')) all.push({ typed: [line.slice(2)], expected: '' })
    else if (line.startsWith('> ') && last?.expected === '') last.typed.push(line.slice(2))
    else if (line === '^C' || /^~ \d+$/.test(line)) all.push({ typed: [line], expected: '' })
    else if (last) last.expected += `${line}\n`
  }
  return all
}

describe('transcripts', () => {
  const names = readdirSync(folder).filter((name) => name.endsWith('.transcript'))
  test('there are some', () => expect(names.length).toBeGreaterThan(3))
  for (const name of names)
    test(name, () => {
      const simulation = fresh()
      for (const { typed, expected } of exchanges(readFileSync(new URL(name, folder), 'utf8'))) {
        const from = simulation.journal.length
        for (const line of typed) {
          if (line === '^C') simulation.schedule({ to: SESSION, type: 'Interrupted' }, [])
          else if (line.startsWith('~ ')) simulation.advanceTo(simulation.now + Number(line.slice(2)))
          else simulation.command(line)
          simulation.advanceTo(simulation.now)
        }
        expect(`${typed.join('\n')}\n${outputOf(simulation, from)}`).toBe(`${typed.join('\n')}\n${expected}`)
      }
    })
})

const WORDS = [
  'echo',
  '$x',
  '"',
  "'",
  '`',
  '$(',
  ')',
  '((',
  '))',
  '|',
  '&&',
  ';',
  '&',
  '>',
  '<',
  '<<E',
  '{',
  '}',
  'if',
  'then',
  'fi',
  'for',
  'in',
  'do',
  'done',
  'case',
  'esac',
  'a',
  '*',
  '~',
  '\\',
  '${x:-',
  '${#',
  '[[',
  ']]',
  '!',
  'sleep 1',
  'cat',
  'read y',
  'grep a',
  'jq .',
  'awk',
  'sed s/a/b/',
  'f()',
  'local',
  'return',
  'exit',
  'break',
  'set -e',
  'trap',
  'wait',
  '2>&1',
  '\n',
  '1',
  '+',
]

describe('any line', () => {
  test('never crashes, and twice gives the same journal (R1)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.constantFrom(...WORDS), { maxLength: 9 }), { minLength: 1, maxLength: 3 }),
        (lines) => {
          const [one, two] = [fresh(7), fresh(7)]
          for (const simulation of [one, two]) {
            for (const words of lines) simulation.command(words.join(' '))
            simulation.advanceTo(2000)
          }
          expect(JSON.stringify([...one.journal])).toBe(JSON.stringify([...two.journal]))
        },
      ),
      { numRuns: 150 },
    )
  })
})

const SCRIPTS = [
  'for i in 1 2 3; do echo $(sleep 1; echo $i) | grep -v 2; done; echo $?',
  'f() { local a=$1; while [ $a -gt 0 ]; do sleep 1; a=$((a-1)); echo $a; done; return 4; }; f 3 | tail -1; f 1 || echo $?',
  'trap "echo bye" EXIT; { echo a; sleep 1; echo b; } | while read x; do echo "<$x>"; done > out; cat out',
  'timeout 2 sleep 9; echo $?; seq 3 | xargs -n1 sleep; watch -n1 date | head -4',
  'sleep 2 & sleep 1; wait; echo done; case x in y) ;; *) (sleep 1; exit 3);; esac; echo $?',
]

describe('a machine', () => {
  test.each(SCRIPTS)('goes on from its JSON at every step: %s', (script) => {
    const run = (cut: boolean): string => {
      const simulation = fresh()
      simulation.command(`bash -c '${script}'`)
      for (let at = 250; at <= 15_000; at += 250) {
        simulation.advanceTo(at)
        if (!cut) continue
        const checkpoint = simulation.checkpoint()
        const processes = checkpoint.tables.kinds.get('shell.Process')?.records ?? new Map()
        for (const process of processes.values()) {
          const { machine } = process as typeof process & { machine: Machine }
          const again = JSON.parse(JSON.stringify(machine)) as Machine
          expect(again).toEqual(machine)
          processes.set(process.id, { ...process, ...{ machine: again } })
        }
        simulation.restore(checkpoint)
      }
      return outputOf(simulation, 0)
    }
    const whole = run(false)
    expect(whole).not.toBe('')
    expect(run(true)).toBe(whole)
  })
})

describe('completion', () => {
  const simulation = fresh()
  simulation.command('mkdir dir; touch file.txt; alias ll="ls -l"; MY_VAR=1')
  const texts = (line: string): readonly string[] => complete(simulation.world, SESSION, line).map((one) => one.text)
  test('commands', () => expect(texts('bas')).toEqual(['base64', 'basename', 'bash']))
  test('files', () => expect(texts('cat ')).toEqual(['dir/', 'file.txt']))
  test('directories', () => expect(texts('cd ')).toEqual(['dir/']))
  test('flags', () => expect(texts('ls --rec')).toEqual(['--recursive']))
  test('variables', () => expect(texts('echo $MY_')).toEqual(['$MY_VAR']))
  test('after a pipe', () => expect(texts('cat file.txt | sor')).toEqual(['sort']))
})
