import type { Clock } from '../../../host/views/index.ts'
import type { Action } from './action.ts'

/** Lets the world run, or holds it. The timeline hears the key. */
export const playPause: Action = {
  id: 'play-pause',
  title: 'Play or pause',
  group: 'World',
  keys: 'Space',
  words: 'run stop hold',
  run: ({ lab }) => {
    void lab.ask('clock').then((clock) => ((clock as Clock).playing ? lab.pause() : lab.play()))
  },
}
