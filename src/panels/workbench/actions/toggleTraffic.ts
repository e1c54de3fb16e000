import { useLayout } from '../../../workspace/index.ts'
import type { Action } from './action.ts'

/** Shows requests on their way, or hides them. */
export const toggleTraffic: Action = {
  id: 'traffic',
  title: 'Show or hide traffic',
  group: 'View',
  words: 'requests dots flow',
  run: () => {
    const { traffic, setTraffic } = useLayout.getState()
    setTraffic(!traffic)
  },
}
