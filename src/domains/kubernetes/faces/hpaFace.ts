import type { Face } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { sourceOf } from './source.ts'

interface Metric {
  readonly resource?: { readonly current?: { readonly averageUtilization?: number } }
}

/** A HorizontalPodAutoscaler: a card that says what it measures and where it stands. */
export const hpaFace: Face<ObjectEntity> = {
  label: 'HorizontalPodAutoscaler',
  plural: 'HorizontalPodAutoscalers',
  pictogram: 'hpa',
  shape: 'card',
  rank: 4,
  look(hpa) {
    const metrics = (hpa.status?.currentMetrics ?? []) as readonly Metric[]
    const now = metrics[0]?.resource?.current?.averageUtilization
    const { minReplicas = 1, maxReplicas } = (hpa.spec ?? {}) as { minReplicas?: number; maxReplicas?: number }
    const desired = Number(hpa.status?.desiredReplicas ?? 0)
    const atMost = desired > 0 && desired === maxReplicas
    return {
      title: hpa.metadata.name,
      note: now === undefined ? 'no metrics yet' : `cpu ${now} %`,
      tone: now === undefined ? 'idle' : atMost ? 'warn' : 'ok',
      word: now === undefined ? 'Waiting' : atMost ? 'At its most' : 'Watching',
      figures: [`${minReplicas} to ${maxReplicas}`],
    }
  },
  links: (hpa) => {
    const target = hpa.spec?.scaleTargetRef as { readonly kind: string; readonly name: string } | undefined
    return target ? [{ to: `k8s.${target.kind}/${hpa.metadata.namespace}/${target.name}`, kind: 'control' }] : []
  },
  actions: (hpa) => [
    {
      id: 'describe',
      label: 'Describe',
      line: `kubectl describe hpa ${hpa.metadata.name} -n ${hpa.metadata.namespace}`,
    },
    {
      id: 'delete',
      label: 'Delete',
      line: `kubectl delete hpa ${hpa.metadata.name} -n ${hpa.metadata.namespace}`,
      sort: 'danger',
    },
  ],
  source: sourceOf,
  palette: [
    {
      id: 'hpa',
      label: 'Autoscaler',
      pictogram: 'hpa',
      group: 'Workloads',
      into: ['k8s.Deployment'],
      line(into) {
        if (into?.kind !== 'k8s.Deployment') return { refuse: 'Drop it on the Deployment that it is to scale.' }
        const { name, namespace } = (into as ObjectEntity).metadata
        return { line: `kubectl autoscale deployment ${name} -n ${namespace} --min=1 --max=10 --cpu=50%` }
      },
    },
  ],
}
