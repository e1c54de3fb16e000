import fc from 'fast-check'
import { deflateSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import type { Save } from '../host/save.ts'
import { DAMAGED, MOST_LINK, packShare, unpackShare } from './share.ts'

const line = fc.record({
  at: fc.constant(0),
  line: fc.string({ maxLength: 60 }),
  session: fc.constantFrom('main', 'second'),
})
const saves: fc.Arbitrary<Save> = fc
  .record({ seed: fc.integer(), end: fc.nat(1e9), history: fc.array(line, { maxLength: 12 }) })
  .map(({ seed, end, history }) => ({
    version: 1,
    seed,
    at: end,
    shown: 0,
    branches: [{ id: 0, name: 'main', forkedAt: 0, end, history }],
  }))

const linkOf = (title: string, save: Save): string => {
  const packed = packShare({ title, save })
  if ('wrong' in packed) throw new Error(packed.wrong)
  return packed.link
}

const shop: Save = {
  version: 1,
  seed: 41,
  at: 90_000,
  shown: 0,
  branches: [
    {
      id: 0,
      name: 'main',
      forkedAt: 0,
      end: 90_000,
      history: [
        { at: 0, line: 'lab cluster up --nodes 3 --zones 2', session: 'main', by: 'scene' },
        { at: 12_000, line: 'kubectl create deployment web --image=nginx:1.27 --replicas=3', session: 'main' },
        { at: 40_000, line: 'kubectl delete pod web-1', session: 'main', by: 'fault' },
      ],
    },
  ],
}

describe('a share link', () => {
  it('gives back what was put in, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 40 }), saves, (title, save) => {
        expect(unpackShare(linkOf(title, save))).toEqual({ title, save })
      }),
    )
  })

  it('of a small world is short enough to be sent by any means', () => {
    expect(linkOf('Shop', shop).length).toBeLessThan(400)
  })

  it('with any sign changed, added or taken away is refused, and nothing is thrown', () => {
    const link = linkOf('Shop', shop)
    const signs = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    fc.assert(
      fc.property(fc.nat(link.length - 1), fc.constantFrom(...signs), fc.nat(2), (at, sign, how) => {
        const tampered = link.slice(0, at) + (how === 0 ? sign : how === 1 ? link[at] + sign : '') + link.slice(at + 1)
        fc.pre(tampered !== link)
        expect(unpackShare(tampered)).toHaveProperty('wrong')
      }),
      { numRuns: 600 },
    )
  })

  it('made of any text is refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(unpackShare(text)).toHaveProperty('wrong')
      }),
    )
  })

  it('that would unpack to more than it may is given up early', () => {
    // The same frame as `packShare` writes, around eight million bytes of nothing.
    const bomb = deflateSync(new Uint8Array(8_000_000), { level: 9 })
    const bytes = new Uint8Array(bomb.length + 5)
    bytes[0] = 1
    let hash = 0x811c9dc5
    for (const byte of bomb) hash = Math.imul(hash ^ byte, 0x01000193)
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    new DataView(bytes.buffer).setUint32(1, (hash ^ (hash >>> 13)) >>> 0)
    bytes.set(bomb, 5)
    const link = Buffer.from(bytes).toString('base64url')
    expect(link.length).toBeLessThan(MOST_LINK)
    const before = process.memoryUsage().arrayBuffers
    expect(unpackShare(link)).toEqual({ wrong: DAMAGED })
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(12_000_000)
  })

  it('that does not fit says to export a file', () => {
    const long = Array.from({ length: 4000 }, (_, i) => ({
      at: i,
      line: `echo ${Math.imul(i, 2654435761) >>> 0} ${Math.imul(i, 40503) >>> 0}`,
      session: 'main',
    }))
    const packed = packShare({
      title: 'Long',
      save: { ...shop, branches: [{ ...(shop.branches[0] as Save['branches'][0]), history: long }] },
    })
    expect(packed).toHaveProperty('wrong', expect.stringContaining('Export it as a file'))
  })
})
