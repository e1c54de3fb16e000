import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import type { LabClient } from '../../host/client.ts'
import { LabContext } from '../../host/react.ts'
import { Scenario } from '../../host/scenarios/scenario.ts'
import { type LogPicture, labViews } from '../../host/views/index.ts'
import { LogsTab } from './LogsTab.tsx'
import { logLines } from './logLines.ts'

const view = labViews.find(({ name }) => name === 'logs')

function log({ headless }: Scenario, id: string, tail = 200): LogPicture | null {
  return view?.selectLab(headless.lab, { id, tail }) as LogPicture | null
}

/** A pod whose shell writes three lines and goes on. */
function talking(): { readonly world: Scenario; readonly id: string } {
  const world = new Scenario()
  world.run(
    `kubectl run talk --image=busybox:1.36 -- sh -c 'echo Hello; sleep 5; echo again; sleep 5; echo HELLO; sleep 9000'`,
  )
  world.wait(30)
  return { world, id: 'k8s.Container/default/talk/talk' }
}

describe('the log of a thing', () => {
  it('has its lines in order, each at the moment when it was written', () => {
    const { world, id } = talking()
    const { lines, left } = log(world, id) ?? { lines: [], left: -1 }
    expect(lines.map(({ text }) => text)).toEqual(['Hello', 'again', 'HELLO'])
    expect(left).toBe(0)
    const [first, second, third] = lines.map(({ at }) => at)
    expect((second ?? 0) - (first ?? 0)).toBe(5000)
    expect((third ?? 0) - (second ?? 0)).toBe(5000)
  })

  it('is cut at its beginning, and says how many lines are left out', () => {
    const { world, id } = talking()
    expect(log(world, id, 2)).toMatchObject({ left: 1, lines: [{ text: 'again' }, { text: 'HELLO' }] })
  })

  it('has only what had been written by the moment shown', () => {
    const { world, id } = talking()
    const [, second] = log(world, id)?.lines ?? []
    world.headless.lab.timeline.seek(second?.at ?? 0)
    expect(log(world, id)?.lines.map(({ text }) => text)).toEqual(['Hello', 'again'])
  })

  it('is none of a thing that never writes or is not there', () => {
    const { world } = talking()
    expect(log(world, 'k8s.Node/node-a1')).toBeNull()
    expect(log(world, 'k8s.Container/default/gone/gone')).toBeNull()
  })
})

describe('the search of a log', () => {
  const picture: LogPicture = {
    left: 0,
    lines: [
      { at: 1, text: 'Hello', from: 'web-1' },
      { at: 2, text: 'web-1 said it', from: 'web-2' },
      { at: 3, text: 'bye', from: 'web-10' },
    ],
  }
  it('finds words in any case, and everything from one writer, but not from others of a longer name', () => {
    expect(logLines(picture, 'HELLO').map(({ at }) => at)).toEqual([1])
    expect(logLines(picture, ' web-1 ').map(({ at }) => at)).toEqual([1, 2])
    expect(logLines(picture, '')).toHaveLength(3)
    expect(logLines(picture, 'nothing')).toEqual([])
    expect(logLines(null, 'x')).toEqual([])
  })
})

describe('the tab', () => {
  it('is empty but not wrong until the log has come', () => {
    const lab = { subscribe: () => () => {} } as unknown as LabClient
    const html = renderToStaticMarkup(
      <LabContext value={lab}>
        <LogsTab id="x/y" name="web" />
      </LabContext>,
    )
    expect(html).toContain('aria-busy="true"')
    expect(html).not.toContain('has written nothing')
  })
})
