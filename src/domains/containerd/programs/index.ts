import type { Program } from '../../../shell/program.ts'
import { apk } from './apk.ts'
import { apt } from './apt.ts'
import { dnf } from './dnf.ts'
import { go } from './go.ts'
import { alike, npm } from './npm.ts'
import { pip } from './pip.ts'
import { accounts, quiet } from './quiet.ts'
import { runtimes } from './runtimes.ts'

/** Programs of images that build other images: package managers and what goes with them, by name. */
export const imagePrograms: ReadonlyMap<string, Program> = new Map(
  [
    apk,
    apt('apt'),
    apt('apt-get'),
    dnf('dnf'),
    dnf('yum'),
    dnf('microdnf'),
    pip('pip'),
    pip('pip3'),
    npm,
    ...alike,
    ...runtimes,
    go,
    ...accounts,
    ...quiet,
  ].map((program) => [program.name, program]),
)
