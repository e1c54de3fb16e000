import { defineLifecycle } from '../../../kernel/index.ts'

/** Models: moby daemon/pkg/plugin manager_linux.go */
export const pluginLifecycle = defineLifecycle({
  id: 'docker.Plugin',
  initial: 'Disabled',
  states: {
    Disabled: {
      description: 'It is installed but does not run; its settings can be changed.',
      tags: ['idle'],
      on: {
        Enabled: { target: 'Enabled', description: 'The engine starts it and offers what it can do.' },
        Configured: { description: 'Its settings are changed.' },
        Upgraded: { description: 'Another version of it takes its place; its name stays.' },
        Removed: { target: 'Gone', description: 'It is uninstalled.' },
      },
    },
    Enabled: {
      description: 'It runs beside the engine, with the privileges that it was granted.',
      tags: ['ok'],
      on: {
        Disabled: { target: 'Disabled', description: 'The engine stops it.' },
        Removed: { target: 'Gone', description: 'It is uninstalled by force while it runs.' },
      },
    },
    Gone: { description: 'It does not exist any more.', type: 'final' },
  },
})
