import { describe, expect, it } from 'vitest'
import { pictogramName, pictogramPath } from './Pictogram.tsx'

describe('pictogramName', () => {
  it.each([
    ['Pod', 'pod'],
    ['pods', 'pod'],
    ['apps/v1.ReplicaSet', 'replicaset'],
    ['k8s.daemonset', 'daemonset'],
    ['svc', 'service'],
    ['services', 'service'],
    ['Ingress', 'ingress'],
    ['ingresses', 'ingress'],
    ['load balancer', 'loadbalancer'],
    ['ALB', 'loadbalancer'],
    ['target group', 'targetgroup'],
    ['ecs.task', 'task'],
    ['NetworkPolicy', 'firewall'],
    ['networkpolicies', 'firewall'],
    ['PersistentVolumeClaim', 'claim'],
    ['HorizontalPodAutoscaler', 'hpa'],
    ['PodDisruptionBudget', 'pdb'],
    ['batch/v1.CronJob', 'cronjob'],
    ['repositories', 'repository'],
    ['availability zone', 'zone'],
    ['constructor', 'thing'],
    ['Frobnicator', 'thing'],
    ['', 'thing'],
  ])('%s is drawn as %s', (name, drawn) => {
    expect(pictogramName(name)).toBe(drawn)
  })

  it('gives a canvas renderer the same path', () => {
    expect(pictogramPath('Namespace')).toMatchObject({ dashed: true })
    expect(pictogramPath('Pod').line).toMatch(/^M/)
  })
})
