import { defineLifecycle } from '../../../kernel/index.ts'

const exited = { target: 'exited', description: 'The process ends by itself.' } as const
const killed = { target: 'exited', description: 'The process is killed from outside.' } as const
const oom = {
  target: 'exited',
  description: 'The kernel kills the process: it used more memory than its limit (exit code 137).',
} as const
const removal = { target: 'removing', description: 'The engine is told to remove it.' } as const

/**
 * A container in docker's own words. `stopping` is shown as running, as docker does.
 * Models: moby daemon/container/state.go
 */
export const containerLifecycle = defineLifecycle({
  id: 'docker.Container',
  initial: 'created',
  delays: {
    grace: 'How long the process may take to end by itself after the stop signal: 10 s unless told otherwise.',
    backOff: 'How long the engine waits before it starts it again: 100 ms, doubled each time, at most 1 min.',
    removal: 'How long its file system takes to be deleted.',
  },
  on: {
    FilesChanged: { description: 'A process in it has written files.' },
    Renamed: { description: 'It has another name.' },
    Updated: { description: 'Its limits or its restart policy are others.' },
    NetworkConnected: { description: 'It is connected to another network.' },
    NetworkDisconnected: { description: 'It is disconnected from a network.' },
    FaultBegan: { description: 'Something from outside goes wrong with it.' },
    FaultEnded: { description: 'What went wrong from outside is over.' },
  },
  states: {
    created: {
      description: 'It has its file system and its settings; its process was never started.',
      tags: ['idle'],
      on: {
        Started: { target: 'running', description: 'The runtime starts its process.' },
        StartFailed: { description: 'The runtime cannot start its process.' },
        RemovalRequested: removal,
      },
    },
    running: {
      description: 'Its process is alive.',
      tags: ['ok'],
      on: {
        StopRequested: { target: 'stopping', description: 'The engine sends the stop signal and waits.' },
        Paused: { target: 'paused', description: 'The kernel freezes all of its processes.' },
        HealthTurned: { description: 'Its health check answers otherwise than before.' },
        Requested: { description: 'It answers a request that somebody sent by hand.' },
        Signalled: { description: 'Its process gets a signal.' },
        Exited: exited,
        OOMKilled: oom,
        Killed: killed,
      },
    },
    paused: {
      description: 'Its processes are frozen: they keep their memory and get no time.',
      tags: ['warn'],
      on: {
        Unpaused: { target: 'running', description: 'The kernel lets its processes go on.' },
        StopRequested: { target: 'stopping', description: 'The engine thaws it and sends the stop signal.' },
        Killed: killed,
      },
    },
    stopping: {
      description: 'Its process was sent the stop signal, and has until the grace period is over.',
      tags: ['prog'],
      on: {
        Requested: { description: 'It still answers a request.' },
        HealthTurned: { description: 'Its health check answers otherwise than before.' },
        Exited: { target: 'exited', description: 'The process ends in time.' },
        OOMKilled: oom,
        Killed: killed,
      },
      after: { grace: { target: 'exited', description: 'The grace period is over: SIGKILL (exit code 137).' } },
    },
    restarting: {
      description: 'Its process has ended, and its restart policy starts it again after a wait that doubles each time.',
      tags: ['warn'],
      on: {
        StopRequested: { target: 'exited', description: 'It is stopped while it waits: it will not start again.' },
        Killed: { target: 'exited', description: 'It is stopped while it waits: it will not start again.' },
        Started: { target: 'running', description: 'It is started by hand before the wait is over.' },
        RemovalRequested: removal,
      },
      after: { backOff: { target: 'running', description: 'The wait is over; the runtime starts its process again.' } },
    },
    exited: {
      description: 'Its process has ended; its file system, logs and exit code are kept until it is removed.',
      tags: ['idle'],
      on: {
        Started: { target: 'running', description: 'The runtime starts its process again.' },
        StartFailed: { description: 'The runtime cannot start its process.' },
        RestartDelayed: { target: 'restarting', description: 'Its restart policy wants it to run.' },
        RemovalRequested: removal,
      },
    },
    removing: {
      description: 'The engine deletes its file system and forgets it.',
      tags: ['prog'],
      on: {
        RemovalFailed: {
          target: 'dead',
          description: 'Something still holds its file system: device or resource busy.',
        },
      },
      after: { removal: { target: 'gone', description: 'Nothing of it is left.' } },
    },
    dead: {
      description: 'Its removal failed half way: it can be removed again, and nothing else.',
      tags: ['err'],
      on: { RemovalRequested: removal },
    },
    gone: { description: 'The engine does not know it any more.', type: 'final' },
  },
})
