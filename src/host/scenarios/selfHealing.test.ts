import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

const loop = `
apiVersion: v1
kind: Pod
metadata: {name: loop}
spec:
  containers:
  - {name: main, image: "busybox:1.36", command: [sh, -c, "echo starting; sleep 1; exit 1"]}`

function web(): Scenario {
  const lab = new Scenario()
  lab.run('kubectl create deployment web --image=nginx:1.27 --replicas=3 --port=80')
  lab.run('kubectl rollout status deployment/web')
  return lab
}

function placed(lab: Scenario, node: string): readonly string[] {
  return lab
    .rows(`pods -l app=web --field-selector=spec.nodeName=${node}`)
    .map(([name]) => name)
    .filter((name) => name !== undefined)
}

describe('self-healing', () => {
  it('restarts at once, then after 10, 20, 40 s', () => {
    const lab = new Scenario()
    lab.apply(loop)
    lab.wait(100)
    const id = 'k8s.Container/default/loop/main'
    const ends = lab.events.filter(({ to, type }) => to === id && type === 'Exited').map(({ at }) => at)
    const starts = lab.events.filter(({ to, into, from }) => to === id && into === 'Running' && from !== into)
    const waits = starts.slice(1).map(({ at }, i) => Math.round((at - (ends[i] ?? 0)) / 1000))
    expect(waits.slice(0, 4)).toEqual([0, 10, 20, 40])
    expect(lab.run('kubectl get pods')).toMatch(/loop +0\/1 +CrashLoopBackOff +4 \(\d+s ago\)/)
    expect(lab.run('kubectl get events')).toMatch(
      /Warning +BackOff +pod\/loop +Back-off restarting failed container main in pod loop_default\([-0-9a-f]{36}\)/,
    )
    lab.checkPromises()
  })

  it('restarts a killed container in its pod, and replaces a deleted pod', () => {
    const lab = web()
    const [name = ''] = lab.rows('pods')[0] ?? []
    expect(lab.run(`lab fault kill ${name}`)).toBe(`${name} killed\n`)
    lab.wait(2)
    expect(lab.run(`kubectl get pod ${name}`)).toMatch(/1\/1 +Running +1 \(\ds ago\)/)
    expect(lab.value(`pod ${name}`, '.status.containerStatuses[0].lastState.terminated.exitCode')).toBe('137')
    lab.wait(2)
    lab.run(`lab fault oom ${name}`)
    lab.wait(1)
    expect(lab.run(`kubectl get pod ${name}`)).toMatch(/OOMKilled|CrashLoopBackOff/)
    expect(lab.run(`lab fault kill ${name}`)).toBe(
      `lab fault: container nginx of ${name} does not run: it is in state CrashLoopBackOff\n`,
    )
    lab.run(`kubectl delete pod ${name}`)
    lab.wait(3)
    expect(lab.rows('pods')).toHaveLength(3)
    expect(lab.run('kubectl get pods')).not.toContain(name)
    lab.checkPromises()
  })

  it('gives up on a silent node after its grace, and on its pods after 300 s', () => {
    const lab = web()
    const [gone = ''] = placed(lab, 'node-a1')
    expect(gone).not.toBe('')
    lab.run('lab fault node node-a1')
    const crashed = lab.headless.lab.timeline.now
    lab.wait(60)
    expect(lab.run('kubectl get nodes')).toMatch(/node-a1 +NotReady/)
    const notReady =
      lab.events.findLast(({ to, type }) => to === 'k8s.Node/node-a1' && type === 'MarkedUnknown')?.at ?? 0
    expect(notReady - crashed).toBeGreaterThan(38_000)
    expect(notReady - crashed).toBeLessThan(56_000)
    expect(lab.run('kubectl describe node node-a1')).toContain('node.kubernetes.io/unreachable:NoExecute')
    expect(lab.run(`kubectl get pod ${gone}`)).toMatch(/Running/)
    lab.wait(300)
    expect(lab.run(`kubectl get pod ${gone}`)).toMatch(/Terminating/)
    expect(lab.run('kubectl get events')).toContain(`Marking for deletion Pod default/${gone}`)
    expect(lab.rows('deploy web')[0]).toContain('3/3')
    expect(lab.run('lab heal node node-a1')).toBe('node-a1 works again\n')
    lab.wait(60)
    expect(lab.run('kubectl get nodes')).not.toContain('NotReady')
    expect(lab.rows('pods')).toHaveLength(3)
    lab.checkPromises()
  })

  it('lets a node that was cut off come back with its pods', () => {
    const lab = web()
    const [pod = ''] = placed(lab, 'node-a1')
    lab.run('lab fault partition node-a1 --for 90s')
    lab.wait(70)
    expect(lab.run('kubectl get nodes')).toMatch(/node-a1 +NotReady/)
    lab.wait(40)
    expect(lab.run('kubectl get nodes')).not.toContain('NotReady')
    expect(lab.run(`kubectl get pod ${pod}`)).toMatch(/1\/1 +Running +0/)
    lab.checkPromises()
  })

  it('survives the outage of a zone', () => {
    const lab = web()
    lab.run('lab fault zone eu-west-1a')
    lab.wait(400)
    expect(lab.rows('deploy web')[0]).toContain('3/3')
    expect(placed(lab, 'node-b1').length).toBe(3)
    lab.run('lab heal zone eu-west-1a')
    lab.wait(60)
    expect(lab.run('kubectl get nodes')).not.toContain('NotReady')
    lab.checkPromises()
  })
})
