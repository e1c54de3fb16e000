import { useDialogs } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows architectures to begin with. */
export const openTemplates: Action = {
  id: 'templates',
  title: 'Add from a template…',
  group: 'World',
  words: 'architecture web app load balancer pipeline compose',
  run: () => useDialogs.getState().show('templates'),
}
