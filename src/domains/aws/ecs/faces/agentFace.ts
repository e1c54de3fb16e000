import type { Entity, Face } from '../../../../kernel/index.ts'

/** The agent of an instance: one of the wheels that turn when it acts. */
export const agentFace: Face<Entity & { readonly ec2InstanceId: string; readonly version: string }> = {
  label: 'ECS agent',
  plural: 'ECS agents',
  pictogram: 'process',
  shape: 'part',
  within: ({ owner }) => owner ?? null,
  look: (agent, world) => ({
    title: 'ECS agent',
    tone: agent.state === 'Connected' ? 'ok' : 'err',
    word: agent.state,
    detail: agent.state === 'Connected' ? undefined : 'The service hears nothing of this instance.',
    beat: world.deeds(agent.id),
    facts: [
      ['version', agent.version],
      ['has acted', `${world.deeds(agent.id)} times`],
    ],
  }),
  actions: ({ state, ec2InstanceId }) =>
    state === 'Connected'
      ? [{ id: 'stop', label: 'Stop it', line: `lab ecs fault agent ${ec2InstanceId}`, sort: 'fault' as const }]
      : [{ id: 'start', label: 'Start it', line: `lab ecs heal agent ${ec2InstanceId}` }],
  marks: { Stopped: 'fault' },
}
