import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * The daemon of one machine.
 * Models: dockerd as a system service, without live-restore: its containers end with it.
 */
export const engineLifecycle = defineLifecycle({
  id: 'docker.Engine',
  initial: 'Running',
  states: {
    Running: {
      description: 'The daemon listens on its socket and looks after its containers.',
      tags: ['ok'],
      on: {
        DaemonStopped: {
          target: 'Stopped',
          description: 'The daemon or its machine stops, and its containers with it.',
        },
        Configured: { description: 'The daemon is told something that it keeps: a login, a label.' },
        Removed: { target: 'Gone', description: 'The machine is no more.' },
      },
    },
    Stopped: {
      description: 'The daemon does not run: no command reaches it, and none of its containers runs.',
      tags: ['err'],
      on: {
        DaemonStarted: { target: 'Running', description: 'The daemon starts, and starts the containers that want it.' },
        Removed: { target: 'Gone', description: 'The machine is no more.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
