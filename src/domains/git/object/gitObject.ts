import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { byteOrder } from './byteOrder.ts'
import { parseSignature, type Signature, signatureText } from './signature.ts'

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag'

/** One name in a tree. `mode` as git writes it: `100644`, `100755`, `120000`, `160000`, and `40000` for a tree. */
export interface TreeEntry {
  readonly mode: string
  readonly name: string
  readonly id: string
}

export interface Blob {
  readonly type: 'blob'
  readonly text: string
}

export interface Tree {
  readonly type: 'tree'
  readonly entries: readonly TreeEntry[]
}

export interface Commit {
  readonly type: 'commit'
  readonly tree: string
  readonly parents: readonly string[]
  readonly author: Signature
  readonly committer: Signature
  readonly message: string
}

export interface Tag {
  readonly type: 'tag'
  readonly object: string
  readonly objectType: ObjectType
  readonly tag: string
  readonly tagger: Signature
  readonly message: string
}

/** An immutable thing that git keeps under the SHA-1 of what it is. */
export type GitObject = Blob | Tree | Commit | Tag

const encoder = new TextEncoder()

/** The SHA-1 of an object in git's own encoding: `type length NUL body`. */
export function objectId(object: GitObject): string {
  const body = object.type === 'tree' ? treeBytes(object) : encoder.encode(bodyText(object))
  const head = encoder.encode(`${object.type} ${body.length}\0`)
  const all = new Uint8Array(head.length + body.length)
  all.set(head)
  all.set(body, head.length)
  return bytesToHex(sha1(all))
}

/** How many bytes the body of an object has. */
export function objectSize(object: GitObject): number {
  return object.type === 'tree' ? treeBytes(object).length : encoder.encode(bodyText(object)).length
}

/** The body of an object as text; a tree's is what `ls-tree` shows, since its bytes are no text. */
export function bodyText(object: GitObject): string {
  switch (object.type) {
    case 'blob':
      return object.text
    case 'tree':
      return object.entries.map(({ mode, id, name }) => `${mode} ${id}\t${name}\n`).join('')
    case 'commit':
      return [
        `tree ${object.tree}`,
        ...object.parents.map((parent) => `parent ${parent}`),
        `author ${signatureText(object.author)}`,
        `committer ${signatureText(object.committer)}`,
        '',
        object.message,
      ].join('\n')
    case 'tag':
      return [
        `object ${object.object}`,
        `type ${object.objectType}`,
        `tag ${object.tag}`,
        `tagger ${signatureText(object.tagger)}`,
        '',
        object.message,
      ].join('\n')
  }
}

/** The text under which a store keeps an object: its type on a line, then its body. Unlike git, neither compressed nor bytes. */
export function storedText(object: GitObject): string {
  return `${object.type}\n${bodyText(object)}`
}

/** Reads what `storedText` wrote; undefined for anything else. */
export function parseStored(text: string): GitObject | undefined {
  const cut = text.indexOf('\n')
  const type = text.slice(0, cut)
  const body = text.slice(cut + 1)
  if (type === 'blob') return { type, text: body }
  if (type === 'tree') {
    const lines = body === '' ? [] : body.slice(0, -1).split('\n')
    return {
      type,
      entries: lines.map((line) => {
        const space = line.indexOf(' ')
        return { mode: line.slice(0, space), id: line.slice(space + 1, space + 41), name: line.slice(space + 42) }
      }),
    }
  }
  const end = body.indexOf('\n\n')
  const headers = body.slice(0, end < 0 ? body.length : end).split('\n')
  const message = end < 0 ? '' : body.slice(end + 2)
  const all = (name: string): string[] =>
    headers.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []))
  const one = (name: string): string => all(name)[0] ?? ''
  if (type === 'commit')
    return {
      type,
      tree: one('tree'),
      parents: all('parent'),
      author: parseSignature(one('author')),
      committer: parseSignature(one('committer')),
      message,
    }
  if (type === 'tag')
    return {
      type,
      object: one('object'),
      objectType: one('type') as ObjectType,
      tag: one('tag'),
      tagger: parseSignature(one('tagger')),
      message,
    }
  return undefined
}

/** Entries in git's order: a tree sorts as if its name ended in a slash. */
export function sortedEntries(entries: readonly TreeEntry[]): readonly TreeEntry[] {
  const key = ({ mode, name }: TreeEntry): string => (mode === '40000' ? `${name}/` : name)
  return [...entries].sort((a, b) => byteOrder(key(a), key(b)))
}

function treeBytes({ entries }: Tree): Uint8Array {
  const parts = entries.map(({ mode, name, id }) => [encoder.encode(`${mode} ${name}\0`), hexToBytes(id)] as const)
  const all = new Uint8Array(parts.reduce((sum, [head]) => sum + head.length + 20, 0))
  let at = 0
  for (const [head, id] of parts) {
    all.set(head, at)
    all.set(id, at + head.length)
    at += head.length + 20
  }
  return all
}
