import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  Badge,
  Button,
  Chip,
  DataTable,
  EmptyState,
  Escapement,
  Glyph,
  IconButton,
  KeyValue,
  Link,
  Meter,
  Movement,
  Pictogram,
  PictogramSprite,
  Section,
  Sparkline,
  Sprite,
  type Status,
  statuses,
  TimerRing,
  Verdict,
  Well,
  WhyChain,
  WhyLine,
} from './index.ts'

/** All that the page mounts of it. */
const spriteOfThePage = (
  <>
    <Sprite />
    <PictogramSprite />
  </>
)
const all = Object.keys(statuses) as Status[]
const html = (element: ReactElement) => renderToStaticMarkup(element)
const words = (element: ReactElement) => html(element).replace(/<[^>]+>/g, ' ')

describe('a status is never colour alone', () => {
  it.each(all)('%s: a badge without words says its own word and draws its glyph', (status) => {
    expect(words(<Badge status={status} />)).toContain(statuses[status].word)
    expect(html(<Badge status={status} />)).toContain(`#g-${status}`)
    expect(html(<Badge status={status} />)).toContain(`data-glyph="${statuses[status].glyph}"`)
  })

  it.each(all)('%s: a chip without a word says one to a reader', (status) => {
    expect(words(<Chip status={status} owner="web" tail="q7wzl" />)).toContain(statuses[status].word)
    expect(html(<Chip status={status} tail="q7wzl" />)).toContain(`#g-${status}`)
  })

  it.each(all)('%s: a verdict or a glyph that stands alone has a name', (status) => {
    expect(html(<Verdict status={status} />)).toContain(`aria-label="${statuses[status].word}"`)
    expect(html(<Glyph status={status} label />)).toContain(`aria-label="${statuses[status].word}"`)
    expect(html(<Glyph status={status} />)).toContain('aria-hidden="true"')
  })

  it('no two share a glyph, and loud ones do not share a border', () => {
    expect(new Set(all.map((status) => statuses[status].glyph)).size).toBe(6)
    expect(new Set(all.filter((s) => s !== 'prog').map((status) => statuses[status].border)).size).toBe(5)
  })

  it('a part of the movement reads out its badge', () => {
    expect(html(<Movement part="scheduler" status="pend" />)).toContain('aria-label="scheduler, Pending"')
  })

  it('a revision is said in words beside its hatching', () => {
    expect(words(<Chip status="ok" tail="z5gkb" revision="old" />)).toContain('old revision')
  })
})

describe('the sprite', () => {
  it('holds each glyph, mark and pictogram that the pieces point to', () => {
    const sprite = html(spriteOfThePage)
    for (const status of all) expect(sprite).toContain(`id="g-${status}"`)
    for (const kind of ['Pod', 'ReplicaSet', 'TargetGroup', 'nothing-like-it']) {
      const id = /#(i-[a-z]+)/.exec(html(<Pictogram name={kind} />))?.[1]
      expect(sprite).toContain(`id="${id}"`)
    }
  })

  it('has no id twice', () => {
    const ids = [...html(spriteOfThePage).matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('names and roles', () => {
  it('an icon button is called what its tooltip says', () => {
    expect(html(<IconButton label="Share this moment">x</IconButton>)).toContain('aria-label="Share this moment"')
  })

  it('a shortcut is told to assistive technology and its key hidden from it', () => {
    const button = html(<Button keys="Ctrl Enter">Run</Button>)
    expect(button).toContain('aria-keyshortcuts="Ctrl+Enter"')
    expect(button).toContain('<kbd aria-hidden="true">')
  })

  it('a link with an address is an anchor, one with an act a button', () => {
    expect(html(<Link href="#/pod">q7wzl</Link>)).toMatch(/^<a /)
    expect(html(<Link onClick={() => {}}>q7wzl</Link>)).toMatch(/^<button type="button"/)
  })

  it('a chip is a button only if it can be chosen', () => {
    expect(html(<Chip status="ok" tail="a" />)).toMatch(/^<span/)
    expect(html(<Chip status="ok" tail="a" selected onClick={() => {}} />)).toContain('aria-pressed="true"')
  })

  it('a meter tells requested and used apart, and never runs over', () => {
    const meter = html(<Meter label="CPU" capacity={2000} requested={2500} used={500} text="2.50 of 2" />)
    expect(meter).toContain('role="meter"')
    expect(meter).toContain('aria-valuetext="2.50 of 2, 25.0% of it all in use"')
    expect(meter).toContain('aria-valuenow="2000"')
    expect(meter).toContain('width:100.0%')
  })

  it('a timer says its name and what is left, and puts its number inside from 56 px', () => {
    const big = html(<TimerRing label="crashBackOff" left={11000} of={20000} text="11.0" total="of 20 s" size={56} />)
    expect(big).toContain('aria-label="crashBackOff: 11.0 of 20 s"')
    expect(big).toContain('absolute inset-0')
    expect(html(<TimerRing label="grace" left={1} of={2} text="6.4 s" size={55} />)).not.toContain('absolute inset-0')
  })

  it('a held escapement stays reachable and says why', () => {
    const held = html(<Escapement playing={false} held="held by the gate" onToggle={() => {}} />)
    expect(held).toContain('aria-label="Play, held by the gate"')
    expect(held).toContain('aria-disabled="true"')
    expect(held).not.toContain('disabled=""')
  })

  it('one beat is one tooth of the escapement', () => {
    const turned = (beat: number) =>
      Number(/rotate\(([\d.]+)deg/.exec(html(<Escapement playing beat={beat} onToggle={() => {}} />))?.[1])
    expect(turned(3) - turned(2)).toBeCloseTo(12)
  })

  it('a table has a caption, column headers and row headers', () => {
    const table = html(
      <DataTable
        caption="Nodes"
        rows={[{ node: 'node-a1', free: 300 }]}
        rowKey={(row) => row.node}
        columns={[
          { id: 'node', header: 'Node', cell: (row) => row.node },
          { id: 'free', header: 'Free', cell: (row) => row.free, sort: (row) => row.free },
        ]}
      />,
    )
    expect(table).toContain('<caption class="sr-only">Nodes</caption>')
    expect(table).toContain('<th scope="row">node-a1</th>')
    expect(table.match(/scope="col"/g)).toHaveLength(2)
  })

  it('a why chain is an ordered list whose root is said to be the start', () => {
    const chain = html(
      <WhyChain label="Why is it Pending?">
        <WhyLine time="13:38.9">declined</WhyLine>
        <WhyLine root="command">You ran it</WhyLine>
      </WhyChain>,
    )
    expect(chain).toMatch(/^<ol class="why" aria-label="Why is it Pending\?">/)
    expect(chain.match(/It began here/g)).toHaveLength(1)
    expect(chain).toContain('<li class="root">')
  })

  it('a well quotes the tool word for word, and cuts only at a space and with a way to the rest', () => {
    const text = '0/3 nodes are available: 1 node(s) had untolerated taint'
    expect(html(<Well label="says" text={text} />)).toContain(text)
    const cut = html(<Well label="says" text={text} limit={20} />)
    expect(cut).toContain('0/3 nodes are … ')
    expect(cut).toContain('aria-expanded="false"')
  })

  it('an empty state offers exactly one action', () => {
    const empty = html(<EmptyState title="No alarms yet" action={{ label: 'Put one here', run: () => {} }} />)
    expect(empty.match(/<button/g)).toHaveLength(1)
  })

  it('a sparkline says its last and its highest value, and says so when there is none', () => {
    expect(html(<Sparkline label="Errors" values={[1, 3, undefined]} />)).toContain('Errors: now 3, at most 3')
    expect(html(<Sparkline label="Errors" values={[undefined]} />)).toContain('Errors: no data')
  })

  it('sections are headings, keys and values a list of terms', () => {
    expect(html(<Section title="Why">x</Section>)).toContain('<h3 class="sec-title">Why</h3>')
    expect(html(<KeyValue entries={[['image', 'nginx']]} />)).toContain('<dt>image</dt><dd>nginx</dd>')
  })
})
