import type { World } from '../../../kernel/index.ts'
import { type LabelSelector, matches, selectorFromObject } from '../api/labels.ts'
import { objectsAt, textAt } from '../api/loose.ts'
import { compareQuantity, parseQuantity, type Quantity } from '../api/quantity.ts'
import { every, type ObjectEntity } from '../object/object.ts'

/** A reference from a volume to the claim that has it. */
export interface ClaimRef {
  readonly namespace?: string
  readonly name?: string
  readonly uid?: string
}

/** The claim that a volume is reserved for, if any. */
export function claimRefOf(volume: ObjectEntity): ClaimRef | undefined {
  return volume.spec?.claimRef as ClaimRef | undefined
}

/** Whether a volume is reserved for this claim: by name, and by uid where it has one. */
export function isReservedFor(volume: ObjectEntity, claim: ObjectEntity): boolean {
  const ref = claimRefOf(volume)
  if (!ref || ref.name !== claim.metadata.name || ref.namespace !== claim.metadata.namespace) return false
  return ref.uid === undefined || ref.uid === claim.metadata.uid
}

/**
 * The volume for a claim: one reserved for it, else the smallest free one of its class that is large enough, has its access modes and
 * volume mode and the labels that it asks for. Models: pkg/controller/volume/persistentvolume/index.go findBestMatchForClaim
 */
export function volumeFor(world: World, claim: ObjectEntity): ObjectEntity | undefined {
  const asked = sizeOf(claim, 'resources', 'requests', 'storage')
  const modes = (claim.spec?.accessModes ?? []) as readonly string[]
  let best: ObjectEntity | undefined
  let bestSize: Quantity | undefined
  for (const volume of every(world, 'PersistentVolume')) {
    if (volume.metadata.deletionTimestamp !== undefined) continue
    if (isReservedFor(volume, claim)) return volume
    if (claimRefOf(volume) || textAt(volume.status, 'phase') === 'Released') continue
    if (textAt(volume.spec, 'storageClassName') !== textAt(claim.spec, 'storageClassName')) continue
    const offered = (volume.spec?.accessModes ?? []) as readonly string[]
    if (!modes.every((mode) => offered.includes(mode)) || volumeMode(volume) !== volumeMode(claim)) continue
    if (!hasLabels(claim, volume)) continue
    const size = sizeOf(volume, 'capacity', 'storage')
    if (!size || (asked && compareQuantity(size, asked) < 0)) continue
    if (!bestSize || compareQuantity(size, bestSize) < 0) {
      best = volume
      bestSize = size
    }
  }
  return best
}

/** Names of the claims that a pod uses. */
export function claimsOfPod(pod: ObjectEntity): readonly string[] {
  const names: string[] = []
  for (const volume of objectsAt(pod.spec, 'volumes')) {
    const name = textAt(volume, 'persistentVolumeClaim', 'claimName')
    if (name !== '') names.push(name)
  }
  return names
}

function sizeOf(object: ObjectEntity, ...path: readonly string[]): Quantity | undefined {
  const text = textAt(object.spec, ...path)
  return text === '' ? undefined : parseQuantity(text)
}

function volumeMode(object: ObjectEntity): string {
  return textAt(object.spec, 'volumeMode') || 'Filesystem'
}

function hasLabels(claim: ObjectEntity, volume: ObjectEntity): boolean {
  const wanted = claim.spec?.selector as LabelSelector | undefined
  if (wanted === undefined) return true
  const answer = selectorFromObject(wanted)
  return answer.ok && matches(answer.selector, volume.metadata.labels)
}
