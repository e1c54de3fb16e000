import { quoted } from '../dockerfile/go.ts'
import { DockerfileProblem } from '../dockerfile/problem.ts'

/** An operating system on a processor. */
export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant: string
}

/** What the lab's machines are. */
export const LINUX_AMD64: Platform = { os: 'linux', architecture: 'amd64', variant: '' }

const SYSTEMS =
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  )
const PROCESSORS =
  '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'.split(
    ' ',
  )

/** Reads `linux/arm64/v8`, `amd64` or `windows`; throws in containerd's words. Models: containerd/platforms Parse. */
export function parsePlatform(text: string): Platform {
  if (text.includes('*')) throw new DockerfileProblem(`${quoted(text)}: wildcards not yet supported: invalid argument`)
  const parts = text.split('/')
  for (const part of parts)
    if (!/^[A-Za-z0-9_.-]+$/.test(part))
      throw new DockerfileProblem(
        `${quoted(part)} is an invalid component of ${quoted(text)}: platform specifier component must match "^[A-Za-z0-9_.-]+$": invalid argument`,
      )
  const [first = '', second, third] = parts
  if (parts.length > 3)
    throw new DockerfileProblem(`${quoted(text)}: cannot parse platform specifier: invalid argument`)
  if (second !== undefined) return { os: systemOf(first), ...processorOf(second, third ?? '') }
  const os = systemOf(first)
  if (SYSTEMS.includes(os)) return { os, architecture: 'amd64', variant: '' }
  const processor = processorOf(first, '')
  if (PROCESSORS.includes(processor.architecture)) return { os: 'linux', ...processor }
  throw new DockerfileProblem(`${quoted(text)}: unknown operating system or architecture: invalid argument`)
}

/** `linux/arm/v7`. */
export function platformText({ os, architecture, variant }: Platform): string {
  return `${os}/${architecture}${variant === '' ? '' : `/${variant}`}`
}

function systemOf(text: string): string {
  const os = text.toLowerCase()
  return os === 'macos' ? 'darwin' : os
}

function processorOf(text: string, given: string): Pick<Platform, 'architecture' | 'variant'> {
  const name = text.toLowerCase()
  const variant = given.toLowerCase()
  switch (name) {
    case 'i386':
      return { architecture: '386', variant: '' }
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { architecture: 'amd64', variant: variant === 'v1' ? '' : variant }
    case 'aarch64':
    case 'arm64':
      return { architecture: 'arm64', variant: variant === '8' || variant === 'v8' ? '' : variant }
    case 'armhf':
      return { architecture: 'arm', variant: 'v7' }
    case 'armel':
      return { architecture: 'arm', variant: 'v6' }
    case 'arm':
      return {
        architecture: 'arm',
        variant: variant === '' || variant === '7' ? 'v7' : variant.replace(/^(\d)$/, 'v$1'),
      }
    default:
      return { architecture: name, variant }
  }
}
