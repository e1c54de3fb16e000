import { defineLifecycle } from '../kernel/lifecycle.ts'

/** Models: an interactive bash at a terminal (read line, run it in the foreground, prompt again). */
export const sessionLifecycle = defineLifecycle({
  id: 'shell.Session',
  initial: 'Ready',
  states: {
    Ready: {
      description: 'The prompt waits for a command.',
      on: {
        Began: { target: 'Busy', description: 'A command line started to run in the foreground.' },
        Continued: { description: 'The line is not complete yet: more of it is awaited.' },
        Refused: { description: 'The line could not be read as a command.' },
      },
    },
    Busy: {
      description: 'A command runs in the foreground; lines typed now are kept for it or for later.',
      on: {
        Relayed: { description: 'What was typed went on to the command that runs.' },
        Finished: { target: 'Ready', description: 'The command in the foreground ended.' },
      },
    },
  },
  on: {
    Commanded: { description: 'A command line was given.' },
    Interrupted: { description: 'Ctrl-C was pressed.' },
    FilesChanged: { description: 'Files of the session changed.' },
    JobStarted: { description: 'A command went to the background.' },
    JobEnded: { description: 'A command in the background ended.' },
    EditorOpened: { description: 'A program opened a file in the editor.' },
    EditorClosed: { description: 'The editor was closed.' },
  },
})
