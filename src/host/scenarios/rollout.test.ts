import { describe, expect, it } from 'vitest'
import { Scenario } from './scenario.ts'

function counts(lab: Scenario): Record<string, string> {
  return Object.fromEntries(
    lab
      .run('kubectl get rs -o custom-columns=I:.spec.template.spec.containers[0].image,D:.spec.replicas --no-headers')
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/) as [string, string]),
  )
}

function web(replicas = 4): Scenario {
  const lab = new Scenario()
  lab.run(`kubectl create deployment web --image=nginx:1.27 --replicas=${replicas} --port=80`)
  lab.run('kubectl rollout status deployment/web')
  return lab
}

describe('a rolling update', () => {
  it('never has fewer available or more pods than it may, and says so step by step', () => {
    const lab = web()
    lab.run('kubectl set image deployment/web nginx=nginx:1.28')
    const from = lab.events.length
    expect(lab.run('kubectl rollout status deployment/web')).toMatch(
      /^Waiting for deployment "web" rollout to finish: 2 out of 4 new replicas have been updated\.\.\.\n[\s\S]*deployment "web" successfully rolled out\n$/,
    )
    for (const event of lab.events.slice(from)) {
      const { status } = (event.data ?? {}) as {
        status?: { replicas?: number; availableReplicas?: number; updatedReplicas?: number }
      }
      if (event.to !== 'k8s.Deployment/default/web' || !status) continue
      expect(status.availableReplicas ?? 0).toBeGreaterThanOrEqual(3)
      expect(status.replicas ?? 0).toBeLessThanOrEqual(5)
    }
    expect(counts(lab)).toEqual({ 'nginx:1.27': '0', 'nginx:1.28': '4' })
    const events = lab.run('kubectl get events')
    expect(events).toMatch(/Scaled up replica set web-\w+ from 0 to 1\n/)
    expect(events).toMatch(/Scaled down replica set web-\w+ from 4 to 3\n/)
    expect(events).toMatch(/Scaled up replica set web-\w+ from 1 to 2\n/)
    lab.checkPromises()
  })

  it('with a bad image keeps the old pods, passes its deadline, and is undone', () => {
    const lab = web()
    lab.run('kubectl set image deployment/web nginx=nginx:1.161')
    lab.wait(0)
    expect(lab.run('kubectl get pods')).toContain('ErrImagePull')
    lab.wait(4)
    expect(lab.run('kubectl get pods')).toContain('ImagePullBackOff')
    expect(counts(lab)).toEqual({ 'nginx:1.27': '3', 'nginx:1.161': '2' })
    expect(lab.rows('deploy web')[0]).toEqual(expect.arrayContaining(['3/4', '2', '3']))
    lab.wait(600)
    expect(lab.value('deploy web', '.status.conditions[?(@.type=="Progressing")].message')).toMatch(
      /^ReplicaSet "web-\w+" has timed out progressing\.$/,
    )
    expect(lab.run('kubectl rollout status deployment/web')).toBe(
      'error: deployment "web" exceeded its progress deadline\n',
    )
    expect(lab.run('kubectl rollout undo deployment/web')).toBe('deployment.apps/web rolled back\n')
    lab.run('kubectl rollout status deployment/web')
    expect(counts(lab)).toEqual({ 'nginx:1.27': '4', 'nginx:1.161': '0' })
    lab.checkPromises()
  })

  it('waits while paused, and scales in proportion meanwhile', () => {
    const lab = web(10)
    lab.run('kubectl set image deployment/web nginx=nginx:1.161')
    lab.wait(5)
    expect(counts(lab)).toEqual({ 'nginx:1.27': '8', 'nginx:1.161': '5' })
    lab.run('kubectl scale deployment web --replicas=15')
    lab.wait(1)
    expect(counts(lab)).toEqual({ 'nginx:1.27': '12', 'nginx:1.161': '7' })
    lab.run('kubectl rollout pause deployment/web')
    expect(lab.run('kubectl rollout undo deployment/web')).toBe(
      "error: you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again\n",
    )
    lab.run('kubectl set image deployment/web nginx=nginx:1.28')
    lab.wait(10)
    expect(counts(lab)).not.toHaveProperty('nginx:1.28')
    lab.run('kubectl rollout resume deployment/web')
    lab.run('kubectl rollout status deployment/web')
    expect(counts(lab)).toEqual({ 'nginx:1.27': '0', 'nginx:1.161': '0', 'nginx:1.28': '15' })
    lab.checkPromises()
  })

  it('by Recreate has no old pod left before the first new one is made', () => {
    const lab = web()
    lab.run(`kubectl patch deployment web -p '{"spec":{"strategy":{"type":"Recreate","rollingUpdate":null}}}'`)
    const from = lab.events.length
    lab.run('kubectl set image deployment/web nginx=nginx:1.28')
    lab.run('kubectl rollout status deployment/web')
    const pods = lab.events.slice(from).filter(({ kind }) => kind === 'k8s.Pod')
    const lastGone = pods.findLastIndex(({ type }) => type === 'Removed')
    const firstMade = pods.findIndex(({ type }) => type === 'Created')
    expect(pods.filter(({ type }) => type === 'Removed')).toHaveLength(4)
    expect(firstMade).toBeGreaterThan(lastGone)
    lab.checkPromises()
  })
})
