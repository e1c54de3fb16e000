import { quoted, quotedList } from './go.ts'

/** A document that follows its instruction. */
export interface Heredoc {
  readonly name: string
  readonly fd: number
  /** Whether variables in it are replaced: its word is written without quotes. */
  readonly expand: boolean
  /** `<<-`: leading tabs go. */
  readonly chomp: boolean
  readonly content: string
}

/** A word of the syntax tree: a chain by `next`, with instructions below in `children`. Models: buildkit parser.Node. */
export interface DockerfileNode {
  value: string
  next?: DockerfileNode | undefined
  children: DockerfileNode[]
  heredocs: Heredoc[]
  /** Whether the arguments were a JSON array. */
  json: boolean
  /** The instruction as it stands, continued lines joined. */
  original: string
  flags: readonly string[]
  startLine: number
  endLine: number
  /** Comments directly above it. */
  comments: readonly string[]
  /** Whether an empty line stands between it and them. */
  apart: boolean
}

/** A node of one word. */
export function newNode(value: string): DockerfileNode {
  return {
    value,
    children: [],
    heredocs: [],
    json: false,
    original: '',
    flags: [],
    startLine: 0,
    endLine: 0,
    comments: [],
    apart: false,
  }
}

/** The tree as BuildKit's dumper prints it: one S-expression an instruction. */
export function dump(node: DockerfileNode): string {
  let text = node.value.toLowerCase()
  if (node.flags.length > 0) text += ` ${quotedList(node.flags)}`
  for (const child of node.children) text += `(${dump(child)})\n`
  for (let next = node.next; next; next = next.next)
    text += ` ${next.children.length > 0 ? dump(next) : quoted(next.value)}`
  return text.replace(/^\s+|\s+$/g, '')
}

/** The arguments of an instruction; those of an instruction in it (ONBUILD) follow its name. */
export function argumentsOf(node: DockerfileNode): readonly string[] {
  const words: string[] = []
  for (let next = node.next; next; next = next.next) {
    const [child] = next.children
    if (child) words.push(child.value, ...argumentsOf(child))
    else words.push(next.value)
  }
  return words
}
