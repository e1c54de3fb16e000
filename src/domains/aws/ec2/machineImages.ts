import { digestOf } from '../../containerd/index.ts'

/** An Amazon Machine Image of the catalogue. */
export interface MachineImage {
  readonly ImageId: string
  readonly Name: string
  readonly Description: string
  readonly Architecture: 'x86_64' | 'arm64'
  /** What the ECS agent and the like ask: whether Docker and the agent are on it. */
  readonly ecs: boolean
  readonly user: string
  /** The public SSM parameters that name it. */
  readonly parameters: readonly string[]
  readonly platform?: 'windows' | undefined
}

interface Made {
  readonly name: string
  readonly says: string
  readonly arm?: true
  readonly ecs?: true
  readonly user: string
  readonly parameters: readonly string[]
  readonly windows?: true
}

const ECS = '/aws/service/ecs/optimized-ami'
const AL = '/aws/service/ami-amazon-linux-latest'

const MADE: readonly Made[] = [
  {
    name: 'al2023-ami-2023.9.20251208.0-kernel-6.1-x86_64',
    says: 'Amazon Linux 2023 AMI 2023.9.20251208.0 x86_64 HVM kernel-6.1',
    user: 'ec2-user',
    parameters: [`${AL}/al2023-ami-kernel-default-x86_64`, `${AL}/al2023-ami-kernel-6.1-x86_64`],
  },
  {
    name: 'al2023-ami-2023.9.20251208.0-kernel-6.1-arm64',
    says: 'Amazon Linux 2023 AMI 2023.9.20251208.0 arm64 HVM kernel-6.1',
    arm: true,
    user: 'ec2-user',
    parameters: [`${AL}/al2023-ami-kernel-default-arm64`, `${AL}/al2023-ami-kernel-6.1-arm64`],
  },
  {
    name: 'al2023-ami-ecs-hvm-2023.0.20251209-kernel-6.1-x86_64',
    says: 'Amazon Linux AMI 2023.0.20251209 x86_64 ECS HVM EBS',
    ecs: true,
    user: 'ec2-user',
    parameters: [`${ECS}/amazon-linux-2023/recommended`],
  },
  {
    name: 'al2023-ami-ecs-hvm-2023.0.20251209-kernel-6.1-arm64',
    says: 'Amazon Linux AMI 2023.0.20251209 arm64 ECS HVM EBS',
    arm: true,
    ecs: true,
    user: 'ec2-user',
    parameters: [`${ECS}/amazon-linux-2023/arm64/recommended`],
  },
  {
    name: 'amzn2-ami-ecs-hvm-2.0.20251209-x86_64-ebs',
    says: 'Amazon Linux AMI 2.0.20251209 x86_64 ECS HVM GP2',
    ecs: true,
    user: 'ec2-user',
    parameters: [`${ECS}/amazon-linux-2/recommended`],
  },
  {
    name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20251212',
    says: 'Canonical, Ubuntu, 24.04, amd64 noble image',
    user: 'ubuntu',
    parameters: ['/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id'],
  },
  {
    name: 'Windows_Server-2022-English-Full-Base-2025.12.10',
    says: 'Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon',
    user: 'Administrator',
    windows: true,
    parameters: ['/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base'],
  },
]

/** The images of a region: the same in every world. */
export function machineImages(region: string): readonly MachineImage[] {
  let known = byRegion.get(region)
  if (!known) {
    known = MADE.map(({ name, says, arm, ecs, user, parameters, windows }) => ({
      ImageId: `ami-0${digestOf(`ami ${region} ${name}`).slice(7, 23)}`,
      Name: name,
      Description: says,
      Architecture: arm ? 'arm64' : 'x86_64',
      ecs: ecs ?? false,
      user,
      parameters,
      ...(windows ? { platform: 'windows' as const } : {}),
    }))
    byRegion.set(region, known)
  }
  return known
}

const byRegion = new Map<string, readonly MachineImage[]>()

/** An image by its id, or by `resolve:ssm:` and a public parameter. */
export function machineImage(region: string, wanted: string): MachineImage | undefined {
  const parameter = /^resolve:ssm:(.+)$/.exec(wanted)?.[1]?.replace(/\/image_id$/, '')
  return machineImages(region).find(({ ImageId, parameters }) =>
    parameter === undefined ? ImageId === wanted : parameters.includes(parameter),
  )
}
