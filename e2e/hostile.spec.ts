// Whatever comes in from outside is data: links, saves, files and lessons of strangers never blank the page, never take a kept world along, and
// never become part of the document.
import { expect, type Page, test } from '@playwright/test'
import type { Save } from '../src/host/save.ts'
import { packShare } from '../src/workspace/share.ts'
import { Bench } from './bench.ts'

const MARKUP =
  '<img src=x onerror="window.taken=1"><script>window.taken=1</script><a href="javascript:window.taken=1">x</a>'

/** Complaints of the page: errors that nobody caught, breaches of the policy, and boxes that a script opened. */
async function guarded(page: Page): Promise<readonly string[]> {
  const wrong: string[] = []
  page.on('pageerror', ({ message }) => wrong.push(`error: ${message}`))
  page.on('dialog', (dialog) => {
    wrong.push(`box: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('console', (message) => {
    if (/Content.Security.Policy|^policy:/.test(message.text())) wrong.push(message.text())
  })
  await page.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      console.error(`policy: ${violatedDirective} ${blockedURI}`),
    ),
  )
  return wrong
}

/** Nothing of what came in has become an element, and none of it ran. */
async function unmarked(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    taken: (window as unknown as { taken?: number }).taken ?? ({} as { polluted?: number }).polluted ?? null,
    elements: [
      ...document.querySelectorAll(
        'img[src="x"], a[href^="javascript:"], iframe, object, embed, body script:not([src])',
      ),
    ].map(({ outerHTML }) => outerHTML.slice(0, 100)),
  }))
  expect(found).toEqual({ taken: null, elements: [] })
}

/** Always the same chance. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** A world of one's own, changed so that it is worth keeping, and kept. Returns its link and what it is known by. */
async function kept(page: Page): Promise<{ bench: Bench; link: string; fingerprint: string }> {
  const bench = await Bench.open(page, 'shop')
  await bench.type('kubectl scale deployment web --replicas=4')
  await bench.runOn('10 s')
  await expect(bench.thing(/^Pod web-/)).toHaveCount(4)
  return { bench, ...(await bench.share()) }
}

/** The kept world is on the shelf, and opens as it was. */
async function unharmed(page: Page, fingerprint: string): Promise<void> {
  const bench = new Bench(page)
  await bench.find('Open an earlier world')
  const shelf = page.getByRole('dialog', { name: 'Earlier worlds' })
  await expect(shelf).toContainText('Shop')
  const open = shelf.getByRole('button', { name: 'Open Shop', exact: true })
  if (await open.isEnabled()) await open.click()
  else await page.keyboard.press('Escape')
  await expect(shelf).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
  await expect(bench.thing(/^Pod web-/)).toHaveCount(4)
  expect((await bench.share()).fingerprint).toBe(fingerprint)
}

/** Saves that are saves to the last field and mean harm. */
function harmful(): readonly Save[] {
  const of = (lines: readonly string[], more: Partial<Save> = {}): Save => ({
    version: 1,
    seed: 1,
    at: 1000,
    shown: 0,
    branches: [
      {
        id: 0,
        name: MARKUP,
        forkedAt: 0,
        end: 1000,
        history: lines.map((line, at) => ({ at, line, session: 'main' })),
      },
    ],
    ...more,
  })
  return [
    of([`echo '${MARKUP}'`, MARKUP, `cat > '${MARKUP.replaceAll('/', '')}' <<X\n${MARKUP}\nX`]),
    of(['while true; do :; done', 'f() { f; f; }; f', 'yes | cat']),
    of([
      'cat > __proto__ <<X\npolluted: 1\nX',
      'echo \'{"__proto__":{"polluted":1}}\' | kubectl apply -f -',
      'export __proto__=1 constructor=2',
    ]),
    of(['cat ../../../etc/passwd > ../../../../../x', 'cd ..; cd ..; cd ..; cd ..; rm -rf / *']),
    of([
      'lab cluster up',
      `kubectl create configmap x --from-literal='a=${MARKUP}'`,
      `kubectl run '${MARKUP}' --image='${MARKUP}'`,
    ]),
  ]
}

test('links of strangers, damaged and well made, leave the page and the kept world alone', async ({ page }) => {
  const wrong = await guarded(page)
  const { bench, link, fingerprint } = await kept(page)
  const chance = chanceOf(20_260)
  const sealed = link.slice(link.indexOf('#/s/') + 4)
  const damaged = Array.from({ length: 30 }, (_, i) => {
    const at = Math.floor(chance() * sealed.length)
    if (i % 5 === 0) return sealed.slice(0, at)
    if (i % 5 === 1) return `${sealed.slice(0, at)}${encodeURIComponent(MARKUP)}${sealed.slice(at)}`
    if (i % 5 === 2) return `${sealed.slice(0, at)}${sealed.slice(at + 1 + Math.floor(chance() * 9))}`
    if (i % 5 === 3) return `${sealed.slice(at)}${sealed.slice(0, at)}`
    return `${sealed.slice(0, at)}${sealed[at] === 'A' ? 'B' : 'A'}${sealed.slice(at + 1)}`
  })
  for (const one of [...damaged, '../../etc', '%', '__proto__', 'A'.repeat(20_000)]) {
    if (one === sealed) continue
    await page.evaluate((to) => {
      location.hash = to
    }, `#/s/${one}`)
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#/lab')
    await expect(bench.canvas).toBeVisible()
  }
  await expect(page.getByRole('heading', { name: 'Shop', level: 1 })).toBeVisible()
  await unmarked(page)
  for (const [i, save] of harmful().entries()) {
    const packed = packShare({ title: `${i} ${MARKUP}`, save })
    if ('wrong' in packed) throw new Error(packed.wrong)
    await page.evaluate((to) => {
      location.hash = to
    }, `#/s/${packed.link}`)
    await expect(page.getByRole('heading', { level: 1 })).toContainText(`${i} <img src=x`)
    await bench.settled()
    // It is a world like any other: whatever it began can be interrupted, and it answers.
    await bench.openDock('Terminal')
    await page.keyboard.press('Control+c')
    await expect(bench.output).toBeVisible()
    await unmarked(page)
  }
  await unharmed(page, fingerprint)
  expect(wrong).toEqual([])
})

test('a shelf that somebody has been at is read as far as it can be, and the good world on it opens', async ({
  page,
}) => {
  const wrong = await guarded(page)
  const { fingerprint } = await kept(page)
  const chance = chanceOf(7)
  for (let round = 0; round < 2; round++) {
    await page.evaluate(
      ([seed, markup]) =>
        new Promise<void>((done, failed) => {
          const opening = indexedDB.open('keyval-store')
          opening.onerror = () => failed(opening.error)
          opening.onsuccess = () => {
            const writing = opening.result.transaction('keyval', 'readwrite')
            const store = writing.objectStore('keyval')
            const reading = store.get('orrery.shelf')
            reading.onsuccess = () => {
              const shelf = reading.result as { title: string }[]
              const good = shelf.find(({ title }) => title === 'Shop')
              const text = JSON.stringify(good)
              let state = seed
              const next = () => {
                state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
                return state / 2 ** 32
              }
              const bad: unknown[] = [null, 7, markup, [], { __proto__: null }, { id: markup, title: markup, save: {} }]
              // One value of it after another is another sort of thing.
              const swaps = [markup, -1, 1e300, null, [], {}, 'x'.repeat(300_000)]
              for (let i = 0; i < 12; i++) {
                let at = Math.floor(next() * 24)
                const changed = JSON.parse(text, (key, value) => {
                  if (key === 'id' && typeof value === 'string') return `bad ${i}`
                  if (value === 'Shop') return 'Another'
                  return at-- === 0 ? swaps[i % swaps.length] : value
                })
                bad.push(changed)
              }
              const half = Math.floor(next() * bad.length)
              store.put([...bad.slice(0, half), good, ...bad.slice(half)], 'orrery.shelf')
            }
            writing.oncomplete = () => {
              opening.result.close()
              done()
            }
          }
        }),
      [Math.floor(chance() * 1e9), MARKUP] as const,
    )
    for (const key of ['orrery.progress', 'orrery.layout', 'orrery.taste', 'orrery.theme'])
      await page.evaluate(([key, value]) => localStorage.setItem(key, value), [
        key,
        [`{"state":${JSON.stringify(MARKUP)},"version":1}`, '{"state":{"__proto__":{"polluted":1}},"version":99}'][
          round
        ] ?? '',
      ] as const)
    // Away and back, so that the page is loaded with what is kept now, and the world that was open does not write over it.
    await page.goto('/icon.svg')
    await page.goto('/#/lab')
    const bench = new Bench(page)
    await bench.settled()
    await expect(bench.messages).toContainText('A kept world is damaged')
    await unmarked(page)
    await unharmed(page, fingerprint)
  }
  for (const [address, heading] of [
    ['', 'A clockwork model of the cloud'],
    ['learn', 'Lessons'],
    ['review', 'Reviews'],
  ] as const) {
    await page.goto(`/#/${address}`)
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible()
    await unmarked(page)
  }
  expect(wrong).toEqual([])
})

test('files of strangers are texts, and what does harm as a program harms nobody', async ({ page }) => {
  const wrong = await guarded(page)
  const { bench, fingerprint } = await kept(page)
  const chance = chanceOf(99)
  const save = JSON.stringify({ orrery: 1, title: MARKUP, save: harmful()[0] })
  const cut = () => {
    const at = Math.floor(chance() * save.length)
    return `${save.slice(0, at)}${MARKUP}${save.slice(at + Math.floor(chance() * 30))}`
  }
  const deep = 3000
  await bench.drop(bench.canvas, [
    ...Array.from({ length: 8 }, (_, i) => ({ name: `${i}.orrery.json`, text: cut() })),
    { name: 'proto.orrery.json', text: '{"orrery":1,"__proto__":{"polluted":1},"save":{"__proto__":{"polluted":1}}}' },
    { name: 'deep.orrery.json', text: `{"orrery":1,"save":${'['.repeat(deep)}${']'.repeat(deep)}}` },
    { name: 'deep.yaml', text: `${'['.repeat(deep)}${']'.repeat(deep)}\n` },
    {
      name: 'keys.yaml',
      text: 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: keys, __proto__: {polluted: 1}}\n__proto__: {polluted: 1}\n',
    },
    {
      name: 'markup.yaml',
      text: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: markup\ndata:\n  page: '${MARKUP}'\n`,
    },
    { name: `..-..-${MARKUP.replaceAll('/', '')}.yaml`, text: 'kind: [' },
    { name: '__proto__.yaml', text: MARKUP },
    { name: 'loop.sh', text: 'while true; do echo x; done\n' },
  ])
  await expect(bench.output).toContainText('configmap/markup created')
  await expect(bench.output).toContainText('loop.sh')
  await expect(bench.canvas).toBeVisible()
  await unmarked(page)
  // The program that never ends costs the world nothing: it can be stopped, and the prompt is there again.
  await bench.type('sh loop.sh')
  await bench.runOn('10 s')
  await bench.prompt.press('Control+c')
  await bench.type('kubectl get configmap markup -o yaml; echo still here')
  await bench.runOn('10 s')
  await expect(bench.output).toContainText('still here')
  await expect(bench.output).toContainText('onerror=')
  await unmarked(page)
  await page.goto('/#/lab/three-nodes')
  await bench.settled()
  await expect(page.getByRole('heading', { name: 'Three small nodes', level: 1 })).toBeVisible()
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
  await bench.find('Open an earlier world')
  await expect(page.getByRole('dialog', { name: 'Earlier worlds' })).toContainText('Shop')
  expect(wrong).toEqual([])
})

const lessonText = (body: string, id = 'a-trap') => `orrery lesson 1 99-${id}
===== lesson.md =====
---
id: ${id}
title: A trap <b>x</b>
topic: kubernetes
says: ${MARKUP}
minutes: 6
concepts: [k8s.pod]
scene: shop
---
${body}
===== solution.sh =====
true
`

test('a lesson of a stranger is read or refused, and does nothing', async ({ page }) => {
  const wrong = await guarded(page)
  const foreign: string[] = []
  page.on('request', (request) => {
    if (/^https?:/.test(request.url()) && new URL(request.url()).hostname !== '127.0.0.1') foreign.push(request.url())
  })
  const { fingerprint } = await kept(page)
  await page.goto('/#/learn')
  const file = page.locator('input[type=file]')
  const messages = page.getByRole('region', { name: 'Messages' })
  const beat = '\n## One\n\nText.\n'
  const bring = (text: string) =>
    file.setInputFiles({ name: 'lesson.txt', mimeType: 'text/plain', buffer: Buffer.from(text) })
  const refused: readonly (readonly [string, RegExp])[] = [
    [lessonText(`${MARKUP}\n${beat}`), /lesson\.md, line \d+/],
    [lessonText(`[press](javascript:window.taken=1)\n${beat}`), /a link leads to concept:/],
    [lessonText(`![see](https://example.com/x.png)\n${beat}`), /lesson\.md, line \d+/],
    [lessonText(beat).replace('concepts: [k8s.pod]', `concepts: ${'['.repeat(3000)}${']'.repeat(3000)}`), /lesson\.md/],
    [lessonText(beat).replace('scene: shop', 'scene: ../../../etc/passwd'), /./],
    [`orrery lesson 1 ../../x\n===== lesson.md =====\n${beat}`, /not a lesson of Orrery/],
    ['x'.repeat(5_000_000), /larger|too large/],
    [MARKUP, /not a lesson of Orrery/],
  ]
  for (const [text, why] of refused) {
    await bring(text)
    await expect(messages).toContainText(why)
    await expect(page.getByRole('heading', { name: 'Lessons', level: 1 })).toBeVisible()
    await unmarked(page)
    const close = messages.getByRole('button', { name: /^(Close|Dismiss)/ })
    while ((await close.count()) > 0) await close.first().click()
  }
  // Keys of every object and names that lead elsewhere are refused or left out, as it comes: they never have an effect.
  for (const text of [
    lessonText(beat).replace('scene: shop', '__proto__: {polluted: 1}\nscene: shop'),
    lessonText(beat).replace('scene: shop', 'constructor: {prototype: {polluted: 1}}\nscene: shop'),
    lessonText(beat).replace('===== solution.sh', '===== ../../solution.sh'),
    lessonText(beat).replace('===== solution.sh', '===== __proto__'),
  ]) {
    await bring(text)
    await expect(
      messages
        .getByText(/\w/)
        .or(page.getByRole('heading', { name: 'A trap <b>x</b>' }))
        .first(),
    ).toBeVisible()
    await unmarked(page)
    await page.goto('/#/learn')
    await expect(page.getByRole('heading', { name: 'Lessons', level: 1 })).toBeVisible()
    const close = messages.getByRole('button', { name: /^(Close|Dismiss)/ })
    while ((await close.count()) > 0) await close.first().click()
  }
  // One that is a lesson to the last letter, whose world never ends and whose words are markup.
  await bring(
    lessonText(
      `\`${MARKUP}\`\n\n## One\n\nText.\n\n\`\`\`html\n${MARKUP}\n\`\`\`\n\n\`\`\`world\nlines: |\n  while true; do echo x; done\npass: 20s\n\`\`\`\n`,
    ),
  )
  const lesson = page.getByRole('region', { name: 'Lesson' })
  await expect(lesson.getByRole('heading', { name: 'One', level: 3 })).toBeVisible()
  await expect(lesson).toContainText('onerror=')
  await unmarked(page)
  await page.goto('/#/lab')
  await new Bench(page).settled()
  await unharmed(page, fingerprint)
  expect(wrong).toEqual([])
  expect(foreign).toEqual([])
})
