import type { World } from '../../../kernel/index.ts'
import { fail, type Program, readOptions } from '../../../shell/index.ts'
import { INSTANCE, type Instance } from './instance.ts'

/** `lab ec2`: breaks and repairs the machine under an instance. */
export const ec2Verb: Program = {
  name: 'ec2',
  summary: 'break or repair the machine under an EC2 instance',
  usage: 'crash|repair INSTANCE-ID',
  operands: 'none',
  flags: [
    { name: 'os', says: 'break its operating system alone: the instance status check fails, not the system one' },
  ],
  subcommands: [
    { name: 'crash', summary: 'let the machine fail: nothing on it answers', usage: 'INSTANCE-ID [--os]' },
    { name: 'repair', summary: 'let it work again', usage: 'INSTANCE-ID' },
  ],
  examples: ['lab ec2 crash i-0123456789abcdef0', 'lab ec2 repair i-0123456789abcdef0'],
  run(call) {
    const options = readOptions(ec2Verb, call.argv)
    if ('exit' in options) return options
    const [verb, name = ''] = options.operands
    if (verb !== 'crash' && verb !== 'repair') return fail('lab ec2: what is to be done? crash or repair')
    const instance = instances(call.world).find(({ InstanceId }) => InstanceId === name)
    if (!instance) return fail(`lab ec2: there is no instance ${name}`)
    if (instance.state !== 'running') return fail(`lab ec2: ${name} is ${instance.state}`)
    const crash = verb === 'crash'
    const data = { check: options.given.os ? 'instance' : 'system' }
    return {
      exit: 0,
      stdout: `${name} ${crash ? 'crashed' : 'works again'}\n`,
      emit: [{ to: instance.id, type: crash ? 'Crashed' : 'Recovered', data, by: call.host.id }],
    }
  },
  complete: ({ world, word }) =>
    instances(world)
      .map(({ InstanceId }) => ({ text: InstanceId }))
      .filter(({ text }) => text.startsWith(word)),
}

function instances(world: World): readonly Instance[] {
  return [...world.all(INSTANCE)] as Instance[]
}
