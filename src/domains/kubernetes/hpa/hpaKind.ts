import type { Fields, SimEvent, World } from '../../../kernel/index.ts'
import type { ObjectEntity } from '../object/object.ts'
import { objectKind, replaceParts } from '../object/objectKind.ts'
import { hpaLifecycle } from './hpa.lifecycle.ts'
import { type Autoscaler, SYNC_PERIOD } from './hpa.ts'

/** The kind of HorizontalPodAutoscalers. Its events may carry the `memory` of the controller. */
export const hpaKind = objectKind('HorizontalPodAutoscaler', {
  lifecycle: hpaLifecycle,
  delays: { sync: () => SYNC_PERIOD },
  apply: Object.fromEntries(
    ['Evaluated', 'Rescaled', 'Limited', 'Blinded', 'Disabled'].map((type) => [type, remember]),
  ),
  tell: {
    Rescaled: (event, entity) =>
      `The autoscaler [${event.to.split('/').pop()}](${event.to}) gives its target ${Number((entity as Autoscaler | undefined)?.status?.desiredReplicas ?? 0)} pods.`,
    Blinded: (event) => `The autoscaler [${event.to.split('/').pop()}](${event.to}) has no usable metric.`,
  },
})

function remember(entity: ObjectEntity, event: SimEvent, world: World): Fields {
  const { memory } = (event.data ?? {}) as { readonly memory?: object }
  return { ...replaceParts(entity, event, world), ...(memory === undefined ? {} : { memory }) }
}
