import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LabClient } from '../host/client.ts'
import { labDomains } from '../host/composition.ts'
import { inProcess } from '../host/inProcess.ts'
import { type Inspection, labViews } from '../host/views/index.ts'
import { copied, duplicated, pasted } from './clipboard.ts'
import { useEdits } from './edits.ts'
import { usePositions } from './positions.ts'
import { runAction, runEdit } from './runEdit.ts'
import { redo, undo } from './undo.ts'

let lab: LabClient
let now = 0

/** Lets a while of virtual time pass. */
async function pass(): Promise<void> {
  now += 20_000
  await lab.seek(now)
}

async function look(id: string): Promise<Inspection | null> {
  return (await lab.ask('inspect', { id })) as Inspection | null
}

const web = 'k8s.Deployment/default/web'
const create = 'kubectl create deployment web --image=nginx:1.27 --replicas=2'

beforeEach(async () => {
  lab = inProcess({ domains: labDomains, views: labViews, complete: () => ({ from: 0, candidates: [] }) })
  await lab.command('lab cluster up', 'main', 'scene')
  now = 20_000
  await pass()
  useEdits.getState().clear()
})
afterEach(() => lab.close())

describe('undo', () => {
  it('takes away what a line made, but not what followed from it by itself', async () => {
    await runEdit(lab, [create], { by: 'palette' })
    await pass()
    expect(await look(web)).not.toBeNull()
    expect(await undo(lab)).toEqual({
      done: true,
      says: `Undid: ${create}. It is taken away again; that it was there stays in the past.`,
    })
    await pass()
    expect(await look(web)).toBeNull()
    expect(await redo(lab)).toMatchObject({ done: true })
    await pass()
    expect(await look(web)).not.toBeNull()
    expect(useEdits.getState().undone).toEqual([])
  })

  it('makes what was deleted again from its own file', async () => {
    await lab.command(create)
    await pass()
    await runEdit(lab, ['kubectl delete deployment web -n default'], { by: 'canvas', removes: [web] })
    await pass()
    expect(await look(web)).toBeNull()
    expect((await undo(lab)).says).toBe(
      'Undid: kubectl delete deployment web -n default. What is there now is new: time goes on.',
    )
    await pass()
    expect((await look(web))?.look?.figures).toEqual(['2 of 2'])
  })

  it('puts what was changed back as it was', async () => {
    await lab.command(create)
    await pass()
    await runEdit(lab, ['kubectl scale deployment web --replicas=5'], { by: 'canvas', changes: [web] })
    await pass()
    expect((await look(web))?.look?.figures).toEqual(['5 of 5'])
    expect((await undo(lab)).done).toBe(true)
    await pass()
    expect((await look(web))?.look?.figures).toEqual(['2 of 2'])
  })

  it('says why a pod that is owned needs no undoing', async () => {
    await lab.command(create)
    await pass()
    const [pod = ''] = ((await lab.ask('scene')) as { nodes: { id: string; kind: string }[] }).nodes
      .filter(({ kind }) => kind === 'k8s.Pod')
      .map(({ id }) => id)
    await runEdit(lab, [`kubectl delete pod ${pod.split('/')[2]} -n default`], { by: 'canvas', removes: [pod] })
    await pass()
    const { done, says } = await undo(lab)
    expect(done).toBe(false)
    expect(says).toContain('owned it and makes another by itself')
  })

  it('takes back what a menu of the thing itself does, and leaves what was broken on purpose to be mended', async () => {
    await lab.command(create)
    await pass()
    const { actions } = (await look(web)) ?? {}
    const remove = actions?.find(({ sort }) => sort === 'danger')
    const fault = actions?.find(({ sort }) => sort === 'fault')
    await runAction(lab, web, remove ?? { id: '', label: '', line: '' }, 'outline')
    await pass()
    expect(await look(web)).toBeNull()
    expect((await undo(lab)).done).toBe(true)
    await pass()
    expect(await look(web)).not.toBeNull()
    const before = useEdits.getState().done.length
    await runAction(lab, web, fault ?? { id: '', label: '', line: '' }, 'outline')
    expect(await undo(lab)).toMatchObject({ done: false, says: expect.stringContaining(String(fault?.line)) })
    expect(useEdits.getState().done).toHaveLength(before)
  })

  it('passes over lines that only asked something', async () => {
    await runEdit(lab, [create], { by: 'palette' })
    await pass()
    await runEdit(lab, ['kubectl describe deployment web'], { by: 'canvas', changes: [web] })
    await pass()
    expect((await undo(lab)).says).toContain(`Undid: ${create}`)
  })

  it('duplicates a Deployment and its Service as a pair of their own', async () => {
    await lab.command(create)
    await lab.command('kubectl expose deployment web --port=80')
    await pass()
    const made = await duplicated(lab, [web, 'k8s.Service/default/web'])
    expect(made.names).toEqual(['Deployment web-2', 'Service web-2'])
    await pass()
    expect((await look('k8s.Service/default/web-2'))?.look?.note).toBe('ClusterIP · 2 endpoints')
    expect((await look('k8s.Service/default/web'))?.look?.note).toBe('ClusterIP · 2 endpoints')
    const { text } = await copied(lab, [web, 'k8s.Service/default/web'])
    await lab.command('kubectl delete deployment,service web')
    await pass()
    expect((await pasted(lab, `${text}---\nnot: known\n`)).rest).toEqual([{ language: 'yaml', text: 'not: known\n' }])
    await pass()
    expect((await look('k8s.Service/default/web'))?.look?.note).toBe('ClusterIP · 2 endpoints')
  })

  it('leaves an edit alone that lies ahead of the moment shown', async () => {
    await runEdit(lab, [create], { by: 'palette' })
    await pass()
    await lab.seek(30_000)
    expect((await undo(lab)).says).toContain('was not given on this branch before this moment')
    expect(useEdits.getState().done).toHaveLength(1)
  })

  it('moves things on the canvas back and forth without a word to the world', async () => {
    usePositions.getState().restore({ a: { x: 1, y: 2 } })
    useEdits.getState().add({ sort: 'move', before: {}, after: { a: { x: 1, y: 2 } } })
    await undo(lab)
    expect(usePositions.getState().moved).toEqual({})
    await redo(lab)
    expect(usePositions.getState().moved).toEqual({ a: { x: 1, y: 2 } })
  })
})
