import { defineLifecycle } from '../../../kernel/index.ts'

const removed = {
  target: 'Removed',
  description: 'Its pod is gone from the node, and the runtime removes it.',
} as const
const killed = {
  target: 'Exited',
  description: 'The process ends: it is killed, or the machine dies under it.',
} as const

/**
 * One container of a pod as the kubelet sees it through the runtime: the truth on the node, whatever the API server knows.
 * Models: kubernetes pkg/kubelet/kuberuntime
 */
export const containerLifecycle = defineLifecycle({
  id: 'container',
  initial: 'Waiting',
  on: {
    FilesChanged: { description: 'A process in it has written files.' },
    VolumeChanged: { description: 'Another container of the pod has written to a volume that they share.' },
    FaultBegan: { description: 'Something from outside goes wrong with it.' },
    FaultEnded: { description: 'What went wrong from outside is over.' },
  },
  delays: {
    pull: 'How long the image takes to arrive.',
    pullBackOff: 'How long the kubelet waits before it pulls again: 10 s, doubled each time, at most 5 min.',
    create: 'How long the runtime takes to make the container.',
    crashBackOff: 'How long the kubelet waits before the next start: 10 s, doubled each time, at most 5 min.',
    terminationGrace: 'How long the process may take to end by itself after SIGTERM.',
  },
  states: {
    Waiting: {
      description: 'The kubelet has not begun with it: something else must come first.',
      tags: ['pend'],
      on: {
        PullStarted: { target: 'Pulling', description: 'The kubelet asks the runtime for the image.' },
        ImagePresent: { target: 'Creating', description: 'The image is on the node already.' },
        ConfigFailed: {
          description: 'A ConfigMap, Secret or key that it needs is not there; the kubelet tries again.',
        },
        Removed: removed,
      },
    },
    Pulling: {
      description: 'The runtime fetches the image, layer by layer.',
      tags: ['prog'],
      on: {
        PullFailed: { target: 'ImagePullBackOff', description: 'The registry has no such image, or does not answer.' },
        Removed: removed,
      },
      after: { pull: { target: 'Creating', description: 'The image has arrived.' } },
    },
    ImagePullBackOff: {
      description: 'The pull failed. The kubelet waits longer each time before it tries again.',
      tags: ['err'],
      on: { Removed: removed },
      after: { pullBackOff: { target: 'Waiting', description: 'The wait is over; the kubelet tries again.' } },
    },
    Creating: {
      description: 'The runtime makes the container: its file system, its mounts, its process.',
      tags: ['prog'],
      on: {
        CreateFailed: { target: 'Exited', description: 'The runtime cannot start the process.' },
        ConfigFailed: { target: 'Waiting', description: 'A ConfigMap, Secret or key that it needs is not there.' },
        ImageStored: { description: 'The kubelet notes that the node has the image now.' },
        Removed: removed,
      },
      after: { create: { target: 'Running', description: 'The process starts.' } },
    },
    Running: {
      description: 'The process is alive.',
      tags: ['ok'],
      on: {
        ProbeTurned: { description: 'A probe answers otherwise than before; it must do so several times to count.' },
        Requested: { description: 'It answers a request that somebody sent by hand.' },
        HookRan: { description: 'The hook after the start has been run.' },
        ProbePassed: { description: 'A probe has passed as often as it must, and what it decides changes.' },
        ProbeFailed: { description: 'A probe has failed as often as it may, and what it decides changes.' },
        StopRequested: { target: 'Stopping', description: 'The kubelet runs the hook and sends SIGTERM.' },
        Exited: { target: 'Exited', description: 'The process ends by itself.' },
        OOMKilled: {
          target: 'Exited',
          description: 'The kernel kills the process: it used more memory than its limit.',
        },
        Killed: killed,
        Removed: removed,
      },
    },
    Stopping: {
      description: 'The process was asked to end, and has until the grace period is over.',
      tags: ['idle'],
      on: {
        Requested: { description: 'It still answers a request.' },
        Exited: { target: 'Exited', description: 'The process ends in time.' },
        Killed: killed,
        Removed: removed,
      },
      after: { terminationGrace: { target: 'Exited', description: 'The grace period is over: SIGKILL.' } },
    },
    Exited: {
      description: 'The process has ended, and the kubelet has not decided yet what comes next.',
      tags: ['warn'],
      on: {
        Restarted: { target: 'Waiting', description: 'The kubelet starts it again at once.' },
        RestartDelayed: {
          target: 'CrashLoopBackOff',
          description: 'It ended too soon after the last start; the kubelet makes it wait.',
        },
        Finished: { target: 'Terminated', description: 'It is not to be restarted.' },
        Removed: removed,
      },
    },
    CrashLoopBackOff: {
      description: 'It keeps failing. The kubelet waits longer each time before it tries again.',
      tags: ['err'],
      on: {
        Removed: removed,
        Finished: { target: 'Terminated', description: 'Its pod is being deleted: it will not be restarted.' },
      },
      after: { crashBackOff: { target: 'Waiting', description: 'The wait is over; the kubelet starts it again.' } },
    },
    Terminated: {
      description: 'It has ended and stays so; its last state and logs are kept while the pod exists.',
      tags: ['idle'],
      on: { Restarted: { target: 'Waiting', description: 'The pod starts anew, and so does it.' }, Removed: removed },
    },
    Removed: { description: 'The runtime no longer has it.', type: 'final' },
  },
})
