import type { PodShape } from './podShape.ts'

/** The numbers of all nodes in typed columns, indexed by a node's slot: cpu in millicores, the rest in bytes or counts. */
export class NodeColumns {
  allocatableCpu = new Float64Array(16)
  allocatableMemory = new Float64Array(16)
  allocatableEphemeral = new Float64Array(16)
  allocatablePods = new Float64Array(16)
  requestedCpu = new Float64Array(16)
  requestedMemory = new Float64Array(16)
  requestedEphemeral = new Float64Array(16)
  nonZeroCpu = new Float64Array(16)
  nonZeroMemory = new Float64Array(16)
  podCount = new Int32Array(16)
  /** Changes whenever anything about the node or its pods does: what was computed for a slot holds while this stays. */
  stamp = new Uint32Array(16)

  /** Adds (+1) or takes away (-1) a pod's requests at a slot. */
  protected charge(slot: number, shape: PodShape, sign: 1 | -1): void {
    this.requestedCpu[slot] = (this.requestedCpu[slot] as number) + sign * shape.cpu
    this.requestedMemory[slot] = (this.requestedMemory[slot] as number) + sign * shape.memory
    this.requestedEphemeral[slot] = (this.requestedEphemeral[slot] as number) + sign * shape.ephemeral
    this.nonZeroCpu[slot] = (this.nonZeroCpu[slot] as number) + sign * shape.nonZeroCpu
    this.nonZeroMemory[slot] = (this.nonZeroMemory[slot] as number) + sign * shape.nonZeroMemory
    this.podCount[slot] = (this.podCount[slot] as number) + sign
    this.touch(slot)
  }

  /** Says that what was computed for a slot no longer holds. */
  protected touch(slot: number): void {
    this.stamp[slot] = (this.stamp[slot] as number) + 1
  }

  protected grow(capacity: number): void {
    const wider = (old: Float64Array) => {
      const fresh = new Float64Array(capacity)
      fresh.set(old)
      return fresh
    }
    this.allocatableCpu = wider(this.allocatableCpu)
    this.allocatableMemory = wider(this.allocatableMemory)
    this.allocatableEphemeral = wider(this.allocatableEphemeral)
    this.allocatablePods = wider(this.allocatablePods)
    this.requestedCpu = wider(this.requestedCpu)
    this.requestedMemory = wider(this.requestedMemory)
    this.requestedEphemeral = wider(this.requestedEphemeral)
    this.nonZeroCpu = wider(this.nonZeroCpu)
    this.nonZeroMemory = wider(this.nonZeroMemory)
    const counts = new Int32Array(capacity)
    counts.set(this.podCount)
    this.podCount = counts
    const stamps = new Uint32Array(capacity)
    stamps.set(this.stamp)
    this.stamp = stamps
  }
}
