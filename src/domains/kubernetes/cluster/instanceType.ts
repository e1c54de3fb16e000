/** Sizes of machines as a cloud sells them: cpu in thousandths of a core, memory in bytes. */
export interface InstanceType {
  readonly name: string
  readonly cpuMilli: number
  readonly memoryBytes: number
}

const GI = 1024 ** 3

/** Models: aws.amazon.com/ec2/instance-types (the common sizes of the current families). */
export const instanceTypes: readonly InstanceType[] = [
  { name: 't4g.small', cpuMilli: 2000, memoryBytes: 2 * GI },
  { name: 't4g.medium', cpuMilli: 2000, memoryBytes: 4 * GI },
  { name: 'c7g.large', cpuMilli: 2000, memoryBytes: 4 * GI },
  { name: 'c7g.xlarge', cpuMilli: 4000, memoryBytes: 8 * GI },
  { name: 'm7g.large', cpuMilli: 2000, memoryBytes: 8 * GI },
  { name: 'm7g.xlarge', cpuMilli: 4000, memoryBytes: 16 * GI },
  { name: 'm7g.2xlarge', cpuMilli: 8000, memoryBytes: 32 * GI },
  { name: 'm7g.4xlarge', cpuMilli: 16000, memoryBytes: 64 * GI },
  { name: 'm7g.16xlarge', cpuMilli: 64000, memoryBytes: 256 * GI },
  { name: 'r7g.large', cpuMilli: 2000, memoryBytes: 16 * GI },
]
