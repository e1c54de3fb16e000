import { defineLifecycle } from '../../../kernel/index.ts'

/**
 * A process of the cluster itself: etcd, kube-apiserver, a kubelet.
 * Models: a static pod or a systemd unit with Restart=always; stopping it by hand keeps it stopped.
 */
export const componentLifecycle = defineLifecycle({
  id: 'component',
  initial: 'Running',
  on: {
    ImagePulled: { description: 'The runtime has fetched an image and keeps it.' },
    ImageRemoved: { description: 'The runtime drops an image that nothing uses.' },
    PullsSlowed: { description: 'The way to the registry becomes slow.' },
    PullsFailing: { description: 'The registry cannot be reached any more.' },
    PullsRestored: { description: 'The registry answers as usual again.' },
  },
  delays: { startUp: 'How long the process takes from its start until it works.' },
  states: {
    Running: {
      description: 'The process runs and does its part.',
      tags: ['ok'],
      on: {
        Stopped: { target: 'Stopped', description: 'Someone stops the process, and it stays stopped.' },
        Crashed: { target: 'Starting', description: 'The process dies, and whoever watches over it starts it again.' },
      },
    },
    Stopped: {
      description: 'The process does not run. Nothing of its work is done.',
      tags: ['err'],
      on: { Started: { target: 'Starting', description: 'Someone starts the process again.' } },
    },
    Starting: {
      description: 'The process has been started and reads what it needs to know.',
      tags: ['prog'],
      on: { Stopped: { target: 'Stopped', description: 'Someone stops the process before it works.' } },
      after: { startUp: { target: 'Running', description: 'The process has caught up and works again.' } },
    },
  },
})
