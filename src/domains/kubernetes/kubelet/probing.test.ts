import { describe, expect, it } from 'vitest'
import { NodeLab } from '../node/nodeLab.ts'
import { first, one } from '../node/podCases.ts'

describe('probes', () => {
  it('restarts the liveness server of the documentation', () => {
    const lab = new NodeLab()
    const probe = { httpGet: { path: '/healthz', port: 8080 }, initialDelaySeconds: 3, periodSeconds: 3 }
    const id = lab.pod(
      'live',
      one('registry.k8s.io/e2e-test-images/agnhost:2.40', { args: ['liveness'], livenessProbe: probe }),
    )
    lab.run(15_000)
    expect(first(lab, id)).toMatchObject({ restartCount: 0 })
    lab.run(10_000)
    expect(first(lab, id)).toMatchObject({ restartCount: 1 })
    expect(lab.told(id)).toContain('Warning Unhealthy Liveness probe failed: HTTP probe failed with statuscode: 500')
    expect(lab.told(id)).toContain('Normal Killing Container main failed liveness probe, will be restarted')
  })
  it('restarts the exec example of the documentation', () => {
    const lab = new NodeLab()
    const id = lab.pod(
      'exec',
      one('registry.k8s.io/busybox:1.27.2', {
        args: ['/bin/sh', '-c', 'touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600'],
        livenessProbe: { exec: { command: ['cat', '/tmp/healthy'] }, initialDelaySeconds: 5, periodSeconds: 5 },
      }),
    )
    lab.run(30_000)
    expect(lab.told(id).join('\n')).not.toContain('Unhealthy')
    lab.run(12_000)
    expect(lab.told(id).join('\n')).toContain(
      "Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory",
    )
    lab.run(60_000)
    expect(first(lab, id)?.restartCount).toBe(1)
    expect(first(lab, id)?.lastState.terminated).toMatchObject({ exitCode: 137 })
  })
  it('is not ready until the probe says so, and costs no event while nothing changes', () => {
    const lab = new NodeLab()
    const id = lab.pod('ready', one('nginx:1.27', { readinessProbe: { httpGet: { port: 80 }, periodSeconds: 1 } }))
    lab.run(10_000)
    expect(lab.entity(id).state).toBe('Ready')
    const before = lab.simulation.journal.length
    lab.run(600_000)
    expect(lab.simulation.journal.length).toBe(before)
  })
  it('flips readiness after three failures, and back after one success', () => {
    const lab = new NodeLab()
    const id = lab.pod('flip', one('nginx:1.27', { readinessProbe: { httpGet: { port: 80 } } }))
    lab.run(20_000)
    lab.emit([{ to: 'k8s.Container/default/flip/main', type: 'FaultBegan', data: { id: 'f', status: 500 } }])
    lab.run(15_000)
    expect(lab.entity(id).state).toBe('Ready')
    lab.run(20_000)
    expect(lab.entity(id).state).toBe('Running')
    lab.emit([{ to: 'k8s.Container/default/flip/main', type: 'FaultEnded', data: { id: 'f' } }])
    lab.run(11_000)
    expect(lab.entity(id).state).toBe('Ready')
  })
})

describe('hooks after the start', () => {
  it('hold readiness back, and kill the container when they fail', () => {
    const lab = new NodeLab()
    const good = lab.pod(
      'good',
      one('nginx:1.27', { lifecycle: { postStart: { exec: { command: ['sh', '-c', 'echo hi > /tmp/hi'] } } } }),
    )
    const bad = lab.pod('bad', one('nginx:1.27', { lifecycle: { postStart: { exec: { command: ['cat', '/nope'] } } } }))
    lab.run(20_000)
    expect(lab.entity(good).state).toBe('Ready')
    expect(lab.told(bad)).toContain('Warning FailedPostStartHook PostStartHook failed')
    expect(first(lab, bad)?.restartCount).toBeGreaterThan(0)
  })
})

describe('memory', () => {
  it('kills what takes more than its limit', () => {
    const lab = new NodeLab()
    const id = lab.pod(
      'stress',
      one('polinux/stress', {
        command: ['stress'],
        args: ['--vm', '1', '--vm-bytes', '250M', '--vm-hang', '1'],
        resources: { limits: { memory: '100Mi' } },
      }),
    )
    lab.run(5000)
    expect(first(lab, id)?.lastState.terminated).toMatchObject({ exitCode: 137, reason: 'OOMKilled' })
  })
})
